import * as grpc from '@grpc/grpc-js';
import { connect, hash, signers, type Contract, type Gateway } from '@hyperledger/fabric-gateway';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Profile } from '../profile';

/** An organisation's application as plain as can be, known by nothing but the organisation's profile. */
export class Application {
  private readonly client: grpc.Client;
  private readonly gateway: Gateway;
  readonly profile: Profile;

  constructor(profileFile: string) {
    this.profile = JSON.parse(readFileSync(profileFile, 'utf8')) as Profile;
    const { identity, mspId, peers } = this.profile;
    const own = peers[0]!;
    this.client = new grpc.Client(own.endpoint, grpc.credentials.createSsl(readFileSync(own.tlsRoot)));
    this.gateway = connect({
      client: this.client,
      identity: { mspId, credentials: readFileSync(identity.certificate) },
      signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(identity.privateKey))),
      hash: hash.sha256,
    });
  }

  contract(chaincode: string, name?: string): Contract {
    return this.gateway.getNetwork(this.profile.channel).getContract(chaincode, name);
  }

  close(): void {
    this.gateway.close();
    this.client.close();
  }
}
