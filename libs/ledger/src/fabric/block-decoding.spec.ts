import { createHash } from 'node:crypto';
import { type common, ledger, peer } from '@hyperledger/fabric-protos';
import {
  blockOf,
  configurationOf,
  effectsIn,
  envelopeOf,
  privateSetOf,
  TestOrganisation,
  type TestTransaction,
} from '../testing/fabric-blocks';
import { decodeBlock } from './block-decoding';
import { ChannelMembers } from './channel-members';

const { kvrwset } = ledger.rwset;
const sha256 = (text: string) => createHash('sha256').update(text).digest();
const [core, bank, stranger] = ['CoreMSP', 'BankAMSP', 'StrangerMSP'].map((mspId) => new TestOrganisation(mspId)) as [
  TestOrganisation,
  TestOrganisation,
  TestOrganisation,
];
const [corePeer, bankPeer] = [core.signer('peer'), bank.signer('peer')];
const plain: TestTransaction = {
  txId: 'a1',
  chaincode: 'receivables',
  fn: 'certificate:issueMany',
  args: ['{}', 'two'],
  result: '"done"',
  creator: core.signer('client'),
  endorsers: [bankPeer, corePeer],
};

function knowing(...organisations: TestOrganisation[]) {
  const members = new ChannelMembers();
  members.learn(blockOf(0, [configurationOf(organisations)]));
  return { chaincode: 'receivables', members };
}

function onlyTx(block: common.Block, context = knowing(core, bank)) {
  const [tx] = decodeBlock(block, [], context).transactions;
  if (tx === undefined) throw new Error('no transaction');
  return tx;
}

describe('a block of Fabric', () => {
  it('tells who called what, and what came of it', () => {
    const event = { name: 'applied', payload: '{"a":1}' };
    const tx = onlyTx(blockOf(7, [envelopeOf({ ...plain, event })]));
    expect(tx).toEqual({
      txId: 'a1',
      timestamp: '2026-03-02T02:00:00.123Z',
      validationCode: 0,
      contract: 'certificate',
      fn: 'issueMany',
      args: ['{}', 'two'],
      result: '"done"',
      creatorMsp: 'CoreMSP',
      endorsers: ['BankAMSP', 'CoreMSP'],
      reads: [],
      writes: [],
      policies: [],
      privateWrites: [],
      privateHashes: [],
      event: { name: 'applied', payload: Buffer.from('{"a":1}') },
    });
  });

  it('tells reads, writes, key policies and private hashes of its chaincode, and of no other', () => {
    const set = new kvrwset.KVRWSet();
    const version = new kvrwset.Version();
    version.setBlockNum(3);
    version.setTxNum(2);
    const [known, unknown] = [new kvrwset.KVRead(), new kvrwset.KVRead()];
    known.setKey('known');
    known.setVersion(version);
    unknown.setKey('unknown');
    set.setReadsList([known, unknown]);
    const [write, remove] = [new kvrwset.KVWrite(), new kvrwset.KVWrite()];
    write.setKey('\u0000Holding\u0000h1\u0000');
    write.setValue(Buffer.from([0, 255]));
    remove.setKey('gone');
    remove.setIsDelete(true);
    set.setWritesList([write, remove]);
    const [policy, other] = [new kvrwset.KVMetadataEntry(), new kvrwset.KVMetadataEntry()];
    policy.setName('VALIDATION_PARAMETER');
    policy.setValue(Buffer.from([1, 2]));
    other.setName('OTHER');
    const metadata = new kvrwset.KVMetadataWrite();
    metadata.setKey('known');
    metadata.setEntriesList([other, policy]);
    set.setMetadataWritesList([metadata]);
    const foreign = new kvrwset.KVRWSet();
    foreign.setWritesList([write]);

    const tx = onlyTx(
      blockOf(7, [
        envelopeOf({
          ...plain,
          effects: [effectsIn('_lifecycle', foreign), effectsIn('receivables', set, [hashedWrites()])],
        }),
      ]),
    );
    expect(tx.reads).toEqual([
      { key: 'known', version: { block: 3n, tx: 2 } },
      { key: 'unknown', version: null },
    ]);
    expect(tx.writes).toEqual([
      { key: '\u0000Holding\u0000h1\u0000', value: Buffer.from([0, 255]), isDelete: false },
      { key: 'gone', value: null, isDelete: true },
    ]);
    expect(tx.policies).toEqual([{ key: 'known', policy: Buffer.from([1, 2]) }]);
    const hex = (text: string) => sha256(text).toString('hex');
    expect(tx.privateHashes).toEqual([
      { collection: 'secrets', keyHash: hex('k'), valueHash: hex('v'), isDelete: false },
      { collection: 'secrets', keyHash: hex('deleted'), valueHash: null, isDelete: true },
      { collection: 'secrets', keyHash: hex('purged'), valueHash: null, isDelete: true },
    ]);
  });

  it('gives the clear private writes of its chaincode with a valid transaction only', () => {
    const envelopes = ['a1', 'a2', 'a3'].map((txId) => envelopeOf({ ...plain, txId }));
    const sets: [number, ledger.rwset.TxPvtReadWriteSet][] = [
      [0, privateSetOf('receivables', 'secrets', 'k', 'lost')],
      [1, privateSetOf('receivables', 'secrets', 'k', 'kept')],
      [2, privateSetOf('other', 'secrets', 'k', 'foreign')],
    ];
    const { transactions } = decodeBlock(blockOf(7, envelopes, [11, 0, 0]), sets, knowing(core, bank));
    expect(transactions.map(({ privateWrites }) => privateWrites)).toEqual([
      [],
      [{ collection: 'secrets', key: 'k', value: Buffer.from('kept') }],
      [],
    ]);
  });

  it('has the codes that peers gave its transactions', () => {
    const envelopes = ['a1', 'a2', 'a3'].map((txId) => envelopeOf({ ...plain, txId }));
    const { transactions } = decodeBlock(blockOf(7, envelopes, [0, 11, 10]), [], knowing(core, bank));
    expect(transactions.map(({ validationCode }) => validationCode)).toEqual([0, 11, 10]);
  });

  it('takes a transaction that no peer has judged for invalid', () => {
    const block = blockOf(7, [envelopeOf(plain)]);
    block.clearMetadata();
    expect(onlyTx(block).validationCode).toBe(254);
  });

  it('shows a call of another chaincode in its place, without its arguments', () => {
    const install = {
      ...plain,
      chaincode: '_lifecycle',
      fn: 'Approve',
      args: ['x'],
      event: { name: 'e', payload: '' },
    };
    const tx = onlyTx(blockOf(7, [envelopeOf(install)]));
    expect(tx).toMatchObject({ contract: '_lifecycle', fn: 'Approve', args: [], event: null });
  });

  it('of a configuration has no transactions', () => {
    expect(decodeBlock(blockOf(0, [configurationOf([core])]), [], knowing(core)).transactions).toEqual([]);
  });

  it('with a transaction that nobody can read shows that one empty, if peers refused it', () => {
    const garbage = Buffer.from('no envelope');
    const { transactions } = decodeBlock(blockOf(7, [garbage, envelopeOf(plain)], [1, 0]), [], knowing(core, bank));
    expect(transactions).toMatchObject([{ txId: '', validationCode: 1, writes: [] }, { txId: 'a1' }]);
    expect(() => decodeBlock(blockOf(7, [envelopeOf(plain), garbage], [0, 0]), [], knowing(core, bank))).toThrow();
  });
});

describe('endorsers', () => {
  const endorsersOf = (change: Partial<TestTransaction>, ...organisations: TestOrganisation[]) =>
    onlyTx(blockOf(7, [envelopeOf({ ...plain, ...change })]), knowing(...organisations)).endorsers;

  it('are those whose signature is over this very answer', () => {
    const forged = [bankPeer.endorse(Buffer.from('another answer'))];
    expect(endorsersOf({ endorsers: [corePeer], forged }, core, bank)).toEqual(['CoreMSP']);
  });

  it('are peers, not clients', () => {
    expect(endorsersOf({ endorsers: [bank.signer('client'), corePeer] }, core, bank)).toEqual(['CoreMSP']);
  });

  it('have a certificate that their organisation’s authority issued', () => {
    const impostor = new TestOrganisation('BankAMSP').signer('peer');
    expect(endorsersOf({ endorsers: [impostor, corePeer] }, core, bank)).toEqual(['CoreMSP']);
  });

  it('may have a certificate from an intermediate authority of their organisation', () => {
    const large = new TestOrganisation('BankAMSP', { hasIntermediate: true });
    expect(endorsersOf({ endorsers: [large.signer('peer')] }, large)).toEqual(['BankAMSP']);
    expect(endorsersOf({ endorsers: [large.signer('peer')] }, bank)).toEqual([]);
  });

  it('belong to an organisation of the channel', () => {
    expect(endorsersOf({ endorsers: [stranger.signer('peer'), corePeer] }, core, bank)).toEqual(['CoreMSP']);
    expect(endorsersOf({ endorsers: [stranger.signer('peer')] }, core, stranger)).toEqual(['StrangerMSP']);
  });

  it('are not signed for by a certificate that is no authority’s', () => {
    const forged = new peer.Endorsement();
    forged.setEndorser(Buffer.from('no identity'));
    expect(endorsersOf({ endorsers: [corePeer], forged: [forged] }, core)).toEqual(['CoreMSP']);
  });

  it('of an organisation that joined count from its configuration block on', () => {
    const context = knowing(core);
    const block = blockOf(7, [envelopeOf(plain)]);
    expect(onlyTx(block, context).endorsers).toEqual(['CoreMSP']);
    decodeBlock(blockOf(8, [configurationOf([core, bank])]), [], context);
    expect(onlyTx(block, context).endorsers).toEqual(['BankAMSP', 'CoreMSP']);
  });

  it('are not believed by a configuration that peers refused', () => {
    const context = knowing(core);
    decodeBlock(blockOf(8, [configurationOf([core, bank])], [6]), [], context);
    expect(onlyTx(blockOf(9, [envelopeOf(plain)]), context).endorsers).toEqual(['CoreMSP']);
  });
});

function hashedWrites(): ledger.rwset.CollectionHashedReadWriteSet {
  const [write, remove, purge] = [new kvrwset.KVWriteHash(), new kvrwset.KVWriteHash(), new kvrwset.KVWriteHash()];
  write.setKeyHash(sha256('k'));
  write.setValueHash(sha256('v'));
  remove.setKeyHash(sha256('deleted'));
  remove.setIsDelete(true);
  purge.setKeyHash(sha256('purged'));
  purge.setIsPurge(true);
  const set = new kvrwset.HashedRWSet();
  set.setHashedWritesList([write, remove, purge]);
  const collection = new ledger.rwset.CollectionHashedReadWriteSet();
  collection.setCollectionName('secrets');
  collection.setHashedRwset(set.serializeBinary());
  return collection;
}
