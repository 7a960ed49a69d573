import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { certificate } from '../embedded/certificate';

const now = new Date('2026-03-02T02:00:00.123Z');
const { kvrwset, NsReadWriteSet, TxReadWriteSet, TxPvtReadWriteSet } = ledger.rwset;

interface Authority {
  subject: { organisation: string; unit: string; name: string };
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** An organisation of a channel with a certificate authority of its own. */
export class TestOrganisation {
  private readonly issuer: Authority;
  private readonly root: string;
  private readonly intermediates: string[] = [];

  constructor(
    readonly mspId: string,
    { hasIntermediate = false } = {},
  ) {
    const root = this.authority('root');
    this.root = issue(root.subject, root.publicKey, root, true);
    this.issuer = hasIntermediate ? this.authority('intermediate') : root;
    if (hasIntermediate) this.intermediates.push(issue(this.issuer.subject, this.issuer.publicKey, root, true));
  }

  /** Somebody with a certificate of this organisation. */
  signer(unit: 'peer' | 'client'): TestSigner {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const subject = { organisation: this.mspId, unit, name: unit };
    return new TestSigner(this.mspId, issue(subject, publicKey, this.issuer, false), privateKey);
  }

  /** Its entry in the channel's configuration. */
  group(): common.ConfigGroup {
    const config = new msp.FabricMSPConfig();
    config.setName(this.mspId);
    config.setRootCertsList([Buffer.from(this.root)]);
    config.setIntermediateCertsList(this.intermediates.map((pem) => Buffer.from(pem)));
    const peerUnit = new msp.FabricOUIdentifier();
    peerUnit.setOrganizationalUnitIdentifier('peer');
    const units = new msp.FabricNodeOUs();
    units.setEnable(true);
    units.setPeerOuIdentifier(peerUnit);
    config.setFabricNodeOus(units);
    const wrapped = new msp.MSPConfig();
    wrapped.setConfig(config.serializeBinary());
    const value = new common.ConfigValue();
    value.setValue(wrapped.serializeBinary());
    const group = new common.ConfigGroup();
    group.getValuesMap().set('MSP', value);
    return group;
  }

  private authority(name: string): Authority {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { subject: { organisation: this.mspId, unit: 'ca', name }, ...keys };
  }
}

function issue(subject: Authority['subject'], publicKey: KeyObject, by: Authority, isAuthority: boolean): string {
  return certificate({ subject, publicKey, issuer: by.subject, issuerKey: by.privateKey, isAuthority, now });
}

export class TestSigner {
  readonly identity: Uint8Array;

  constructor(
    mspId: string,
    pem: string,
    private readonly privateKey: KeyObject,
  ) {
    const serialized = new msp.SerializedIdentity();
    serialized.setMspid(mspId);
    serialized.setIdBytes(Buffer.from(pem));
    this.identity = serialized.serializeBinary();
  }

  /** @param payload what it signs; another one than the transaction's makes a forged endorsement */
  endorse(payload: Uint8Array): peer.Endorsement {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(this.identity);
    endorsement.setSignature(sign('sha256', Buffer.concat([payload, this.identity]), this.privateKey));
    return endorsement;
  }
}

export interface TestTransaction {
  txId: string;
  chaincode: string;
  /** With the contract's name before a colon. */
  fn: string;
  args: string[];
  result: string;
  creator: TestSigner;
  endorsers: TestSigner[];
  /** Endorsements that are not what they seem. */
  forged?: peer.Endorsement[];
  effects?: ledger.rwset.NsReadWriteSet[];
  event?: { name: string; payload: string };
}

/** The bytes that an envelope of this transaction has in a block. */
export function envelopeOf(transaction: TestTransaction): Uint8Array {
  const payload = responsePayload(transaction);
  const action = new peer.ChaincodeEndorsedAction();
  action.setProposalResponsePayload(payload);
  const endorsements = transaction.endorsers.map((endorser) => endorser.endorse(payload));
  action.setEndorsementsList([...endorsements, ...(transaction.forged ?? [])]);
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposalPayload(transaction));
  actionPayload.setAction(action);
  const transactionAction = new peer.TransactionAction();
  transactionAction.setPayload(actionPayload.serializeBinary());
  const body = new peer.Transaction();
  body.setActionsList([transactionAction]);
  return envelope(common.HeaderType.ENDORSER_TRANSACTION, transaction.txId, transaction.creator.identity, body);
}

/** A configuration of the channel with these organisations. */
export function configurationOf(organisations: TestOrganisation[]): Uint8Array {
  const application = new common.ConfigGroup();
  for (const each of organisations) application.getGroupsMap().set(each.mspId, each.group());
  const channel = new common.ConfigGroup();
  channel.getGroupsMap().set('Application', application);
  const config = new common.Config();
  config.setChannelGroup(channel);
  const body = new common.ConfigEnvelope();
  body.setConfig(config);
  return envelope(common.HeaderType.CONFIG, '', new Uint8Array(), body);
}

/** A block of these envelopes; `codes` are what peers found of each, valid if left out. */
export function blockOf(number: number, envelopes: Uint8Array[], codes = envelopes.map(() => 0)): common.Block {
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setPreviousHash(number === 0 ? new Uint8Array() : createHash('sha256').update(String(number)).digest());
  header.setDataHash(createHash('sha256').update(Buffer.concat(envelopes)).digest());
  const data = new common.BlockData();
  data.setDataList(envelopes);
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList([new Uint8Array(), new Uint8Array(), Buffer.from(codes)]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

/** What a transaction did in one namespace. */
export function effectsIn(
  namespace: string,
  set: ledger.rwset.kvrwset.KVRWSet,
  collections: ledger.rwset.CollectionHashedReadWriteSet[] = [],
): ledger.rwset.NsReadWriteSet {
  const space = new NsReadWriteSet();
  space.setNamespace(namespace);
  space.setRwset(set.serializeBinary());
  space.setCollectionHashedRwsetList(collections);
  return space;
}

/** Clear private writes as a peer delivers them beside a block. */
export function privateSetOf(namespace: string, collection: string, key: string, value: string) {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  write.setValue(Buffer.from(value));
  const set = new kvrwset.KVRWSet();
  set.setWritesList([write]);
  const inCollection = new ledger.rwset.CollectionPvtReadWriteSet();
  inCollection.setCollectionName(collection);
  inCollection.setRwset(set.serializeBinary());
  const space = new ledger.rwset.NsPvtReadWriteSet();
  space.setNamespace(namespace);
  space.setCollectionPvtRwsetList([inCollection]);
  const all = new TxPvtReadWriteSet();
  all.setNsPvtRwsetList([space]);
  return all;
}

function responsePayload({ chaincode, txId, result, effects = [], event }: TestTransaction): Uint8Array {
  const sets = new TxReadWriteSet();
  sets.setNsRwsetList(effects);
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(Buffer.from(result));
  const done = new peer.ChaincodeAction();
  done.setResults(sets.serializeBinary());
  done.setResponse(response);
  if (event !== undefined) {
    const told = new peer.ChaincodeEvent();
    told.setChaincodeId(chaincode);
    told.setTxId(txId);
    told.setEventName(event.name);
    told.setPayload(Buffer.from(event.payload));
    done.setEvents(told.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setExtension$(done.serializeBinary());
  return payload.serializeBinary();
}

function proposalPayload({ chaincode, fn, args }: TestTransaction): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setArgsList([fn, ...args].map((arg) => Buffer.from(arg)));
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return payload.serializeBinary();
}

function envelope(
  type: common.HeaderTypeMap[keyof common.HeaderTypeMap],
  txId: string,
  creator: Uint8Array,
  body: { serializeBinary(): Uint8Array },
): Uint8Array {
  const channel = new common.ChannelHeader();
  channel.setType(type);
  channel.setTxId(txId);
  channel.setTimestamp(Timestamp.fromDate(now));
  const signature = new common.SignatureHeader();
  signature.setCreator(creator);
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(body.serializeBinary());
  const result = new common.Envelope();
  result.setPayload(payload.serializeBinary());
  return result.serializeBinary();
}
