import { inOneBlock, openScriptNetwork } from '../testing/embedded-fixture';
import { scriptCall } from '../testing/script-call';
import { MemoryStore } from './memory-store';

const two = ['OperatorMSP', 'CoreMSP'];
const put = (key: string) => scriptCall(two, { do: 'put', key, value: 'x' });

describe('ordering', () => {
  it('cuts a block when enough transactions wait, without waiting for the time', async () => {
    const network = await openScriptNetwork({ batching: { maxTransactions: 3, timeoutMs: 60_000 } });
    const operator = network.ledgerFor('OperatorMSP');
    const results = await Promise.all(['a', 'b', 'c'].map((key) => operator.submit(put(key))));
    expect(results).toMatchObject([{ blockNumber: 1n }, { blockNumber: 1n }, { blockNumber: 1n }]);
    await network.close();
  });

  it('cuts a smaller block when the time is up', async () => {
    const network = await openScriptNetwork({ batching: { maxTransactions: 100, timeoutMs: 5 } });
    expect(await network.ledgerFor('OperatorMSP').submit(put('a'))).toMatchObject({ blockNumber: 1n });
    await network.close();
  });

  it('puts no more than the maximum into a block', async () => {
    const network = await openScriptNetwork({ batching: { maxTransactions: 2, timeoutMs: null } });
    const operator = network.ledgerFor('OperatorMSP');
    const results = await inOneBlock(
      network,
      ['a', 'b', 'c', 'd', 'e'].map((key) => () => operator.submit(put(key))),
    );
    expect(results.map((result) => result.kind === 'committed' && result.blockNumber)).toEqual([1n, 1n, 2n, 2n, 3n]);
    await network.close();
  });

  it('turns transactions away when too many wait', async () => {
    const network = await openScriptNetwork({ maxBacklog: 1 });
    const operator = network.ledgerFor('OperatorMSP');
    const waiting = operator.submit(put('a'));
    while (network.backlog < 1) await new Promise((resolve) => setImmediate(resolve));
    expect(await operator.submit(put('b'))).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
    await network.cutBlock();
    expect(await waiting).toMatchObject({ kind: 'committed' });
    await network.close();
  });
});

describe('a ledger that is closed', () => {
  it('leaves what waits in doubt, and takes nothing more', async () => {
    const network = await openScriptNetwork();
    const operator = network.ledgerFor('OperatorMSP');
    const waiting = operator.submit(put('a'));
    while (network.backlog < 1) await new Promise((resolve) => setImmediate(resolve));
    await network.close();
    expect(await waiting).toMatchObject({ kind: 'unknown' });
    expect(await operator.submit(put('b'))).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
  });

  it('while a caller records its id sends nothing', async () => {
    const network = await openScriptNetwork();
    const operator = network.ledgerFor('OperatorMSP');
    expect(await operator.submit({ ...put('a'), onEndorsed: () => network.close() })).toMatchObject({
      kind: 'notEndorsed',
      cause: 'unavailable',
    });
  });

  it('ends the reading of its blocks', async () => {
    const network = await openScriptNetwork();
    const numbers: bigint[] = [];
    const reading = (async () => {
      const signal = new AbortController().signal;
      for await (const block of network.ledgerFor('OperatorMSP').blocks(0n, signal)) numbers.push(block.number);
    })();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await network.close();
    await reading;
    expect(numbers).toEqual([0n]);
  });
});

describe('a store that takes no more blocks', () => {
  class FullStore extends MemoryStore {
    isFull = false;
    override append(...block: Parameters<MemoryStore['append']>): Promise<void> {
      return this.isFull ? Promise.reject(new Error('no')) : super.append(...block);
    }
  }

  it('leaves the outcome in doubt, shows no effect, and ends endorsement', async () => {
    const store = new FullStore();
    const network = await openScriptNetwork({ store, commitTimeoutMs: 50 });
    const operator = network.ledgerFor('OperatorMSP');
    store.isFull = true;
    const [result] = await inOneBlock(network, [() => operator.submit(put('a'))]);
    expect(result).toMatchObject({ kind: 'unknown' });
    expect(await operator.height()).toBe(1n);
    expect(await operator.outcome(result?.txId ?? '')).toBeNull();
    expect(await operator.evaluate(scriptCall([], { do: 'get', key: 'a' }))).toBe('[""]');
    expect(await operator.submit(put('b'))).toMatchObject({ kind: 'notEndorsed', cause: 'unavailable' });
    await network.close();
  });
});
