import { common, type ledger, msp, peer } from '@hyperledger/fabric-protos';
import type { Block, Tx, ValidationCode } from '../port';
import { blockHash } from './block-hash';
import type { ChannelMembers } from './channel-members';
import { privateEffects, publicEffects } from './read-write-set';

/** What decoding must know of the channel. */
export interface DecodingContext {
  /** Name of the chaincode whose reads and writes count. */
  chaincode: string;
  members: ChannelMembers;
}

/** Fabric's code for a transaction that no peer has judged. */
const notValidated = 254;

/**
 * A block of Fabric as the port describes it. Transactions of other chaincodes keep their place, without our reads and
 * writes; a malformed one (anybody may send one to ordering, and peers mark it invalid) is an empty one with its code.
 * @throws Error when the block itself is malformed
 */
export function decodeBlock(
  block: common.Block,
  privateSets: Iterable<[number, ledger.rwset.TxPvtReadWriteSet]>,
  context: DecodingContext,
): Block {
  const header = block.getHeader();
  if (header === undefined) throw new Error('a block without a header');
  context.members.learn(block);
  const number = BigInt(header.getNumber());
  const previousHash = header.getPreviousHash_asU8();
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  const sets = new Map(privateSets);
  const transactions = (block.getData()?.getDataList_asU8() ?? []).flatMap((envelope, index) => {
    const tx = decodeTx(envelope, codes?.[index] ?? notValidated, context);
    const privateSet = sets.get(index);
    if (tx === null) return [];
    if (privateSet !== undefined && tx.validationCode === 0)
      tx.privateWrites = privateEffects(privateSet, context.chaincode);
    return [tx];
  });
  return {
    number,
    previousHash: Buffer.from(previousHash).toString('hex'),
    hash: blockHash({ number, previousHash, dataHash: header.getDataHash_asU8() }),
    transactions,
  };
}

/** The transaction, or null when the envelope holds a configuration. */
function decodeTx(envelope: Uint8Array, code: ValidationCode, context: DecodingContext): Tx | null {
  const tx: Tx = {
    txId: '',
    timestamp: '',
    validationCode: code,
    contract: '',
    fn: '',
    args: [],
    result: '',
    creatorMsp: '',
    endorsers: [],
    reads: [],
    writes: [],
    policies: [],
    privateWrites: [],
    privateHashes: [],
    event: null,
  };
  try {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
    const header = payload.getHeader();
    const channel = common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array());
    const isConfiguration = channel.getType() !== common.HeaderType.ENDORSER_TRANSACTION;
    if (isConfiguration && code === 0) return null;
    tx.txId = channel.getTxId();
    tx.timestamp = channel.getTimestamp()?.toDate().toISOString() ?? '';
    const creator = common.SignatureHeader.deserializeBinary(header?.getSignatureHeader_asU8() ?? new Uint8Array());
    tx.creatorMsp = msp.SerializedIdentity.deserializeBinary(creator.getCreator_asU8()).getMspid();
    if (!isConfiguration) Object.assign(tx, decodeAction(payload.getData_asU8(), context));
  } catch (error) {
    if (code === 0) throw error; // what peers found valid, we must understand
  }
  return tx;
}

function decodeAction(bytes: Uint8Array, { chaincode, members }: DecodingContext): Partial<Tx> {
  const [action] = peer.Transaction.deserializeBinary(bytes).getActionsList();
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array());
  const response = payload.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array();
  const extension = peer.ProposalResponsePayload.deserializeBinary(response).getExtension_asU8();
  const done = peer.ChaincodeAction.deserializeBinary(extension);
  const endorsements = payload.getAction()?.getEndorsementsList() ?? [];
  return {
    ...decodeCall(payload.getChaincodeProposalPayload_asU8(), chaincode),
    ...publicEffects(done.getResults_asU8(), chaincode),
    result: Buffer.from(done.getResponse()?.getPayload_asU8() ?? []).toString(),
    endorsers: endorsements.flatMap((endorsement) => members.endorserOf(endorsement, response) ?? []),
    event: decodeEvent(done.getEvents_asU8(), chaincode),
  };
}

/** Of another chaincode only its name and function are told. */
function decodeCall(bytes: Uint8Array, chaincode: string): Pick<Tx, 'contract' | 'fn' | 'args'> {
  const input = peer.ChaincodeProposalPayload.deserializeBinary(bytes).getInput_asU8();
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(input).getChaincodeSpec();
  const [called = '', ...args] = (spec?.getInput()?.getArgsList_asU8() ?? []).map((arg) => Buffer.from(arg).toString());
  const name = spec?.getChaincodeId()?.getName() ?? '';
  if (name !== chaincode) return { contract: name, fn: called, args: [] };
  const colon = called.lastIndexOf(':');
  return { contract: called.slice(0, Math.max(colon, 0)), fn: called.slice(colon + 1), args };
}

function decodeEvent(bytes: Uint8Array, chaincode: string): Tx['event'] {
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  if (event.getEventName() === '' || event.getChaincodeId() !== chaincode) return null;
  return { name: event.getEventName(), payload: Buffer.from(event.getPayload_asU8()) };
}
