import { readFileSync } from 'node:fs';
import { type CallOptions, Client, credentials } from '@grpc/grpc-js';
import {
  connect,
  type Contract,
  type Gateway,
  hash,
  type Network,
  type SubmittedTransaction,
  type Transaction,
} from '@hyperledger/fabric-gateway';
import type { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeRequest, Endorsed, FabricClient, Proposal } from '../fabric/client';
import { type FabricNode, type FabricProfile, peersByOrganisation } from '../fabric/profile';
import { messageSigner } from '../fabric/signer';
import { endorsementProblems, evaluationProblem } from './gateway-errors';

interface Connection {
  rpc: Client;
  gateway: Gateway;
  network: Network;
}

/** Larger than the 10 MB that Fabric allows one transaction, which may stand alone in a block. */
const longestMessage = 100 * 1024 * 1024;

/** Fabric through `@hyperledger/fabric-gateway`: the own peer's gateway service asks the endorsers and orders. */
export class GatewayClient implements FabricClient {
  private readonly mspId: string;
  private readonly peers: Map<string, FabricNode>;
  private readonly connections = new Map<string, Connection>();
  private readonly identity: Pick<Parameters<typeof connect>[0], 'identity' | 'signer' | 'hash'>;

  private constructor(private readonly profile: FabricProfile) {
    this.mspId = profile.mspId;
    this.peers = peersByOrganisation(profile);
    const sign = messageSigner(readFileSync(profile.identity.privateKey, 'utf8'));
    this.identity = {
      identity: { mspId: profile.mspId, credentials: readFileSync(profile.identity.certificate) },
      // The signer takes the message itself, not its hash.
      hash: hash.none,
      signer: (message) => Promise.resolve(sign(message)),
    };
  }

  /** Connects to nobody yet. @throws Error when a file that the profile names cannot be used */
  static open(profile: FabricProfile): Promise<GatewayClient> {
    return Promise.resolve(new GatewayClient(profile));
  }

  async evaluate(mspId: string, request: ChaincodeRequest, timeoutMs: number): Promise<Uint8Array> {
    try {
      const proposal = newProposal(this.contract(mspId, request.chaincode), request, [mspId]);
      return await proposal.evaluate(within(timeoutMs));
    } catch (error) {
      throw evaluationProblem(error, mspId);
    }
  }

  propose(request: ChaincodeRequest, endorsers: readonly string[]): Proposal {
    const proposal = newProposal(this.contract(this.mspId, request.chaincode), request, endorsers);
    return {
      txId: proposal.getTransactionId(),
      endorsers,
      endorse: async (timeoutMs) => {
        try {
          return endorsed(await proposal.endorse(within(timeoutMs)));
        } catch (error) {
          return endorsementProblems(error, this.mspId);
        }
      },
    };
  }

  async *blocks(from: bigint, signal: AbortSignal): AsyncIterable<peer.BlockAndPrivateData> {
    const events = await this.connection(this.mspId).network.getBlockAndPrivateDataEvents({ startBlock: from });
    const stop = () => {
      events.close();
    };
    signal.addEventListener('abort', stop);
    try {
      if (!signal.aborted) yield* events;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  close(): void {
    for (const { gateway, rpc } of this.connections.values()) {
      gateway.close();
      rpc.close();
    }
    this.connections.clear();
  }

  private contract(mspId: string, chaincode: string): Contract {
    return this.connection(mspId).network.getContract(chaincode);
  }

  /** One connection for each peer, kept for ever; gRPC makes it anew when it breaks. */
  private connection(mspId: string): Connection {
    const known = this.connections.get(mspId);
    if (known !== undefined) return known;
    const node = this.peers.get(mspId);
    if (node === undefined) throw new Error(`the profile names no peer of ${mspId}`);
    const rpc = new Client(node.endpoint, credentials.createSsl(readFileSync(node.tlsRoot)), channelOptions(node));
    const gateway = connect({ client: rpc, ...this.identity });
    const connection = { rpc, gateway, network: gateway.getNetwork(this.profile.channel) };
    this.connections.set(mspId, connection);
    return connection;
  }
}

function newProposal(contract: Contract, request: ChaincodeRequest, endorsers: readonly string[]) {
  return contract.newProposal(request.fn, {
    arguments: request.args,
    transientData: request.transient ?? {},
    endorsingOrganizations: [...endorsers],
  });
}

function endorsed(transaction: Transaction): Endorsed {
  let sent: SubmittedTransaction | null = null;
  return {
    result: Buffer.from(transaction.getResult()).toString(),
    order: async (timeoutMs) => {
      sent = await transaction.submit(within(timeoutMs));
    },
    ended: (timeoutMs) => {
      if (sent === null) throw new Error('not sent to ordering');
      return sent.getStatus(within(timeoutMs));
    },
  };
}

function channelOptions({ tlsName }: FabricNode): Record<string, string | number> {
  return {
    'grpc.ssl_target_name_override': tlsName,
    'grpc.max_receive_message_length': longestMessage,
    'grpc.max_send_message_length': longestMessage,
    // A peer that is cut off without a word is noticed; peers turn away who asks more than once a minute.
    'grpc.keepalive_time_ms': 70_000,
    'grpc.keepalive_timeout_ms': 10_000,
    'grpc.keepalive_permit_without_calls': 1,
    // A peer that was restarted is found again soon.
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 2_000,
  };
}

function within(ms: number): CallOptions {
  return { deadline: Date.now() + ms };
}
