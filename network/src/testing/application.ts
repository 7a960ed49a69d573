import * as grpc from '@grpc/grpc-js';
import { connect, hash, signers, type Contract, type Gateway } from '@hyperledger/fabric-gateway';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Profile } from '../profile';

/** An organisation's application as plain as can be, known by nothing but a profile; it speaks with the first peer. */
export class Application {
  private readonly client: grpc.Client;
  private readonly gateway: Gateway;
  readonly profile: Profile;

  constructor(profile: string | Profile) {
    this.profile = typeof profile === 'string' ? (JSON.parse(readFileSync(profile, 'utf8')) as Profile) : profile;
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
