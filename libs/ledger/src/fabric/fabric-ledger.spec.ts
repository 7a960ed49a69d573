import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import { ContractFailed, ContractRefusal, LedgerUnavailable } from '../refusal';
import { scriptCall } from '../testing/script-call';
import { blockOf, configurationOf, effectsIn, envelopeOf, TestOrganisation } from '../testing/fabric-blocks';
import { type ChaincodeRequest, type Endorsed, type FabricClient, PeerProblem } from './client';
import { FabricLedger } from './fabric-ledger';

const core = new TestOrganisation('CoreMSP');
const creator = core.signer('client');
const endorser = core.signer('peer');
const genesis = blockOf(0, [configurationOf([core])]);

function envelope(txId: string, change: Partial<Parameters<typeof envelopeOf>[0]> = {}) {
  const call = { txId, chaincode: 'script', fn: 'script:run', args: [], result: 'done' };
  return envelopeOf({ ...call, creator, endorsers: [endorser], ...change });
}

type Told = Uint8Array | Error;

/** A client whose peers answer system questions as told, by `mspId fn`; unknown ones as peers that are down. */
function ledgerOver(answers: Record<string, Told>, endorsed: Partial<Endorsed> = {}, own?: () => Told) {
  const asked: string[] = [];
  const sent: string[] = [];
  const troubles: string[] = [];
  const client: FabricClient = {
    evaluate: (mspId, { chaincode, fn }: ChaincodeRequest) => {
      asked.push(`${mspId} ${fn}`);
      const answer = chaincode === 'script' ? own?.() : answers[`${mspId} ${fn}`];
      if (answer instanceof Uint8Array) return Promise.resolve(answer);
      return Promise.reject(answer ?? new PeerProblem('unavailable', 'down', mspId));
    },
    propose: (_, endorsers) => ({
      txId: 't1',
      endorsers,
      endorse: () =>
        Promise.resolve({
          result: 'done',
          order: () => {
            sent.push('t1');
            return Promise.resolve();
          },
          ended: () => Promise.resolve({ blockNumber: 5n, code: 0 }),
          ...endorsed,
        }),
    }),
    blocks: async function* (from) {
      await Promise.resolve();
      const raw = new peer.BlockAndPrivateData();
      raw.setBlock(blockOf(Number(from), [envelope('t1')]));
      yield raw;
    },
    close: () => undefined,
  };
  const closed = new AbortController();
  const ledger = new FabricLedger({
    client,
    mspId: 'CoreMSP',
    organisations: ['CoreMSP', 'BankAMSP'],
    channel: 'trade',
    chaincode: 'script',
    times: { endorseMs: 200, heightMs: 50, commitMs: 200, systemMs: 50 },
    closed: closed.signal,
    onTrouble: (message) => troubles.push(message),
  });
  return { ledger, asked, sent, troubles, closed };
}

function chainInfo(height: number): Uint8Array {
  const info = new common.BlockchainInfo();
  info.setHeight(height);
  return info.serializeBinary();
}

const unknownTo = (mspId: string) =>
  new PeerProblem('unavailable', 'Failed to get block for txID t1, error no such transaction ID [t1] in index', mspId);
const own = { 'CoreMSP GetChainInfo': chainInfo(1), 'CoreMSP GetBlockByNumber': genesis.serializeBinary() };
const held = blockOf(5, [envelope('t0'), envelope('t1')], [0, 0]).serializeBinary();
const call = scriptCall(['CoreMSP'], { do: 'describe' });
const lost: Partial<Endorsed> = { ended: () => Promise.reject(new Error('14 UNAVAILABLE')) };

describe('submitting on Fabric', () => {
  it('tells the block and what the contract returned', async () => {
    const { ledger } = ledgerOver(own);
    expect(await ledger.submit(call)).toEqual({ kind: 'committed', txId: 't1', blockNumber: 5n, result: 'done' });
  });

  it('learns a lost outcome from the own peer', async () => {
    const { ledger, asked } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': held }, lost);
    expect(await ledger.submit(call)).toEqual({ kind: 'committed', txId: 't1', blockNumber: 5n, result: 'done' });
    expect(asked).not.toContain('BankAMSP GetBlockByTxID');
  });

  it('learns it from another organisation’s peer when the own one is down', async () => {
    const { ledger } = ledgerOver({ 'BankAMSP GetBlockByTxID': held }, lost);
    expect(await ledger.submit(call)).toMatchObject({ kind: 'committed', blockNumber: 5n });
  });

  it('looks for the outcome also when sending failed: it may have arrived', async () => {
    const order = () => Promise.reject(new Error('no answer from ordering'));
    const { ledger } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': held }, { ...lost, order });
    expect(await ledger.submit(call)).toMatchObject({ kind: 'committed' });
  });

  it('does not know the outcome while no block holds it', async () => {
    const { ledger } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': unknownTo('CoreMSP') }, lost);
    expect(await ledger.submit(call)).toEqual({ kind: 'unknown', txId: 't1' });
  });

  it('tells a conflict from a bad endorsement by the block', async () => {
    const policy = new Uint8Array([1]);
    const earlier = envelope('t0', { effects: [policySet(policy)] });
    const conflict = blockOf(5, [earlier, envelope('t1', { effects: [policySet(policy)] })], [0, 10]);
    const bad = blockOf(5, [envelope('t0'), envelope('t1', { effects: [policySet(policy)] })], [0, 10]);
    const ended = () => Promise.resolve({ blockNumber: 5n, code: 10 });
    for (const [block, isConflict] of [
      [conflict, true],
      [bad, false],
    ] as const) {
      const { ledger } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': block.serializeBinary() }, { ended });
      expect(await ledger.submit(call)).toMatchObject({ kind: 'rejected', code: 10, conflict: isConflict });
    }
  });

  it('sends nothing when its id could not be recorded, or the ledger is closed', async () => {
    const { ledger, sent, closed } = ledgerOver(own);
    const onEndorsed = () => Promise.reject(new Error('no disk'));
    expect(await ledger.submit({ ...call, onEndorsed })).toMatchObject({ kind: 'notEndorsed', cause: 'abandoned' });
    closed.abort();
    expect(await ledger.submit(call)).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
    expect(sent).toEqual([]);
  });
});

describe('outcomes on Fabric', () => {
  it('are those of the first transaction with that id', async () => {
    const block = blockOf(5, [envelope('t1'), envelope('t1')], [0, 9]).serializeBinary();
    const { ledger } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': block });
    expect(await ledger.outcome('t1')).toMatchObject({ kind: 'committed' });
  });

  it('are null when the own peer knows no such transaction; others are not asked', async () => {
    const { ledger, asked } = ledgerOver({ ...own, 'CoreMSP GetBlockByTxID': unknownTo('CoreMSP') });
    expect(await ledger.outcome('t1')).toBeNull();
    expect(asked).toEqual(['CoreMSP GetBlockByTxID']);
  });

  it('cannot be learnt when nobody answers', async () => {
    await expect(ledgerOver({}).ledger.outcome('t1')).rejects.toBeInstanceOf(LedgerUnavailable);
  });
});

describe('evaluating on Fabric', () => {
  const evaluating = (...answers: Told[]) => ledgerOver(own, {}, () => answers.shift() ?? Buffer.from('late')).ledger;

  it('throws what the contract said', async () => {
    const refusal = new PeerProblem('threw', '{"code":"NO","details":{}}', 'CoreMSP');
    await expect(evaluating(refusal).evaluate(call)).rejects.toBeInstanceOf(ContractRefusal);
    const broken = new PeerProblem('threw', 'the contract broke', 'CoreMSP');
    await expect(evaluating(broken).evaluate(call)).rejects.toBeInstanceOf(ContractFailed);
  });

  it('asks a busy peer again', async () => {
    expect(await evaluating(new PeerProblem('busy', 'too many requests', 'CoreMSP')).evaluate(call)).toBe('late');
  });

  it('throws when the peer is down, always busy, or behind', async () => {
    const down = evaluating(new PeerProblem('unavailable', 'down', 'CoreMSP'));
    await expect(down.evaluate(call)).rejects.toBeInstanceOf(LedgerUnavailable);
    const busy = evaluating(
      ...Array.from({ length: 9 }, () => new PeerProblem('busy', 'too many requests', 'CoreMSP')),
    );
    await expect(busy.evaluate(call)).rejects.toBeInstanceOf(LedgerUnavailable);
    await expect(evaluating().evaluate({ ...call, afterBlock: 7n })).rejects.toBeInstanceOf(LedgerUnavailable);
  });
});

describe('reading blocks on Fabric', () => {
  it('gives null for a block that the peer does not have, without waiting for it', async () => {
    const { ledger } = ledgerOver({ ...own, 'CoreMSP GetChainInfo': chainInfo(3) });
    expect(await ledger.block(3n)).toBeNull();
    expect(await ledger.block(-1n)).toBeNull();
    expect(await ledger.block(2n)).toMatchObject({ number: 2n, transactions: [{ txId: 't1' }] });
  });

  it('throws when the peer cannot be asked', async () => {
    const { ledger } = ledgerOver({});
    await expect(ledger.height()).rejects.toBeInstanceOf(LedgerUnavailable);
    await expect(ledger.block(0n)).rejects.toBeInstanceOf(LedgerUnavailable);
    await expect(ledger.transaction('t1')).rejects.toBeInstanceOf(LedgerUnavailable);
  });
});

function policySet(policy: Uint8Array) {
  const { kvrwset } = ledgerProtos.rwset;
  const entry = new kvrwset.KVMetadataEntry();
  entry.setName('VALIDATION_PARAMETER');
  entry.setValue(policy);
  const write = new kvrwset.KVMetadataWrite();
  write.setKey('k');
  write.setEntriesList([entry]);
  const set = new kvrwset.KVRWSet();
  set.setMetadataWritesList([write]);
  return effectsIn('script', set);
}
