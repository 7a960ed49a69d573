import './quiet-logging';
import { readFileSync } from 'node:fs';
import type { peer } from '@hyperledger/fabric-protos';
import type { Channel, Endorsement, Endorser, IdentityContext, Proposal as CommonProposal } from 'fabric-common';
import { Gateway, type X509Identity } from 'fabric-network';
import { type ChaincodeRequest, type Endorsed, type FabricClient, PeerProblem, type Proposal } from '../fabric/client';
import type { FabricProfile } from '../fabric/profile';
import { deliveredBlocks } from './block-stream';
import { CommitEvents, type TransactionEnd } from './commit-events';
import { connectionOptions, connectionProfile } from './connection-profile';
import { FastX509Provider } from './identity';
import { endorsementProblems, evaluated } from './peer-answers';

/**
 * Fabric through `fabric-network`: asks the named endorsers itself and sends to the orderers. Its `Transaction.submit`
 * sends what only some of the named endorsers signed, and tells the others' refusals as prose; so the steps are taken
 * one by one on the channel that it sets up.
 */
export class NetworkClient implements FabricClient {
  private readonly commits: CommitEvents;

  private constructor(
    private readonly mspId: string,
    private readonly gateway: Gateway,
    private readonly channel: Channel,
    private readonly identity: IdentityContext,
  ) {
    this.commits = new CommitEvents(channel, identity, mspId);
  }

  /** @throws Error when a file that the profile names cannot be used */
  static async open(profile: FabricProfile): Promise<NetworkClient> {
    const identity: X509Identity = {
      type: 'X.509',
      mspId: profile.mspId,
      credentials: {
        certificate: readFileSync(profile.identity.certificate, 'utf8'),
        privateKey: readFileSync(profile.identity.privateKey, 'utf8'),
      },
    };
    const gateway = new Gateway();
    await gateway.connect(connectionProfile(profile), {
      identity,
      identityProvider: new FastX509Provider(),
      discovery: { enabled: false },
      // Shown only to a peer that asks for a client's certificate; without it, one is made at a second's cost.
      tlsInfo: { certificate: identity.credentials.certificate, key: identity.credentials.privateKey },
      'connection-options': connectionOptions,
    });
    const network = await gateway.getNetwork(profile.channel);
    const { identityContext } = gateway;
    if (identityContext === undefined) throw new Error('fabric-network has no identity');
    return new NetworkClient(profile.mspId, gateway, network.getChannel(), identityContext);
  }

  async evaluate(mspId: string, request: ChaincodeRequest, timeoutMs: number): Promise<Uint8Array> {
    const endorser = this.endorser(mspId);
    await requireConnection(endorser);
    const query = this.channel.newQuery(request.chaincode);
    build(query, this.identity.calculateTransactionId(), request);
    return evaluated(await query.send({ targets: [endorser], requestTimeout: timeoutMs }), mspId);
  }

  propose(request: ChaincodeRequest, endorsers: readonly string[]): Proposal {
    const identity = this.identity.calculateTransactionId();
    const endorsement = this.channel.newEndorsement(request.chaincode);
    build(endorsement, identity, request);
    return {
      txId: identity.transactionId,
      endorsers,
      endorse: async (timeoutMs) => {
        try {
          const targets = endorsers.map((mspId) => this.endorser(mspId));
          await Promise.all(targets.map(requireConnection));
          const answers = await endorsement.send({ targets, requestTimeout: timeoutMs });
          const problems = endorsementProblems(answers, endorsers);
          const result = answers.responses[0]?.response.payload;
          return problems.length > 0 || result === undefined ? problems : this.endorsed(endorsement, identity, result);
        } catch (error) {
          if (error instanceof PeerProblem) return [error];
          throw error;
        }
      },
    };
  }

  blocks(from: bigint, signal: AbortSignal): AsyncIterable<peer.BlockAndPrivateData> {
    return deliveredBlocks(this.channel, this.identity.calculateTransactionId(), this.mspId, from, signal);
  }

  close(): void {
    this.commits.close();
    this.gateway.disconnect();
  }

  private endorsed(endorsement: Endorsement, identity: IdentityContext, result: Uint8Array): Endorsed {
    const commit = endorsement.newCommit();
    commit.build(identity);
    commit.sign(identity);
    let end: ((timeoutMs: number) => Promise<TransactionEnd>) | null = null;
    return {
      result: Buffer.from(result).toString(),
      order: async (timeoutMs) => {
        // Without the own peer's events the outcome is looked up.
        end = await this.commits.listen(identity.transactionId).catch(() => null);
        const targets = inAnyOrder(this.channel.getCommitters());
        const answer: unknown = await commit.send({ targets, requestTimeout: timeoutMs });
        const { status } = answer as { status?: unknown };
        if (status !== 'SUCCESS') throw new Error(`ordering answers ${String(status)}`);
      },
      ended: async (timeoutMs) => {
        if (end === null) throw new Error('the own peer tells no events');
        return end(timeoutMs);
      },
    };
  }

  private endorser(mspId: string): Endorser {
    const endorser = this.channel.getEndorsers().find(({ name }) => name === mspId);
    if (endorser === undefined) throw new PeerProblem('unavailable', `the profile names no peer of ${mspId}`, mspId);
    return endorser;
  }
}

function build(proposal: CommonProposal, identity: IdentityContext, { fn, args, transient }: ChaincodeRequest): void {
  const transientMap = Object.fromEntries(
    Object.entries(transient ?? {}).map(([name, value]) => [name, Buffer.from(value)]),
  );
  proposal.build(identity, { fcn: fn, args, transientMap, generateTransactionId: false });
  proposal.sign(identity);
}

async function requireConnection(endorser: Endorser): Promise<void> {
  if (!(await endorser.checkConnection()))
    throw new PeerProblem('unavailable', `peer of ${endorser.mspid} is not connected`, endorser.mspid);
}

/** So that no orderer is asked first by everybody. */
function inAnyOrder<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
