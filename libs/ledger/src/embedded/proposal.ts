import { common, msp, peer } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { Query } from '../port';

/** What a client asks peers to run: Fabric's own messages, so that the shim's stub reads them as on a real peer. */
export interface Proposal {
  channelId: string;
  txId: string;
  timestamp: Date;
  creatorMsp: string;
  contract: string;
  fn: string;
  args: string[];
  nonce: Buffer;
  input: peer.ChaincodeInput;
  signed: peer.SignedProposal;
}

export interface Client {
  mspId: string;
  /** X.509, PEM. */
  certificate: string;
  channelId: string;
}

/** Name of an embedded ledger's channel, unless it has another. */
export const EMBEDDED_CHANNEL = 'embedded';

export function propose(client: Client, query: Query, timestamp: Date, nonce: Buffer): Proposal {
  const creator = serializedIdentity(client);
  const txId = createHash('sha256').update(nonce).update(creator).digest('hex');
  const input = new peer.ChaincodeInput();
  input.setArgsList([`${query.contract}:${query.fn}`, ...query.args].map((arg) => Buffer.from(arg)));

  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposalBytes(creator, client.channelId, txId, input, query, timestamp, nonce));
  const { contract, fn, args } = query;
  const { channelId } = client;
  return { channelId, txId, timestamp, creatorMsp: client.mspId, contract, fn, args, nonce, input, signed };
}

function serializedIdentity(client: Client): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(client.mspId);
  identity.setIdBytes(Buffer.from(client.certificate));
  return identity.serializeBinary();
}

function proposalBytes(
  creator: Uint8Array,
  channelId: string,
  txId: string,
  input: peer.ChaincodeInput,
  query: Query,
  timestamp: Date,
  nonce: Buffer,
): Uint8Array {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(channelId);
  channelHeader.setTxId(txId);
  channelHeader.setTimestamp(Timestamp.fromDate(timestamp));

  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);

  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());

  const spec = new peer.ChaincodeSpec();
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  for (const [name, value] of Object.entries(query.transient ?? {})) payload.getTransientmapMap().set(name, value);

  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  return proposal.serializeBinary();
}
