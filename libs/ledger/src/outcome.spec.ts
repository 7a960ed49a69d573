import { describeOutcome, lostRace } from './outcome';
import type { Block, Tx } from './port';

function tx(validationCode: number, keys: { writes?: string[]; policies?: string[] }): Tx {
  return {
    txId: 't',
    timestamp: '2026-03-01T00:00:00.000Z',
    validationCode,
    contract: 'c',
    fn: 'f',
    args: [],
    result: 'r',
    creatorMsp: 'AMSP',
    endorsers: [],
    reads: [],
    writes: (keys.writes ?? []).map((key) => ({ key, value: new Uint8Array(), isDelete: false })),
    policies: (keys.policies ?? []).map((key) => ({ key, policy: new Uint8Array() })),
    privateWrites: [],
    privateHashes: [],
    event: null,
  };
}

const block = (...transactions: Tx[]): Block => ({ number: 3n, previousHash: '', hash: '', transactions });

describe('a lost race', () => {
  it.each<[string, boolean, Tx[]]>([
    ['stale versions', true, [tx(11, {})]],
    ['missing endorsers', false, [tx(10, { writes: ['k'] })]],
    ['a policy set earlier in the block', true, [tx(0, { policies: ['k'] }), tx(10, { writes: ['k'] })]],
    ['a policy set earlier by one that lost', true, [tx(11, { policies: ['k'] }), tx(10, { policies: ['k'] })]],
    ['a policy of one that was not endorsed', false, [tx(10, { policies: ['k'] }), tx(10, { writes: ['k'] })]],
    ['a policy of another key', false, [tx(0, { policies: ['j'] }), tx(10, { writes: ['k'] })]],
    ['a repeated id', false, [tx(0, { policies: ['k'] }), tx(9, { writes: ['k'] })]],
    ['success', false, [tx(0, { policies: ['k'] }), tx(0, { writes: ['k'] })]],
  ])('by %s: %s', (_, expected, transactions) => {
    expect(lostRace(block(...transactions), transactions.length - 1)).toBe(expected);
  });
});

describe('an outcome', () => {
  it('names the code of what was rejected', () => {
    expect(describeOutcome(block(tx(11, {})), 0)).toMatchObject({ kind: 'rejected', reason: 'mvccReadConflict' });
    expect(describeOutcome(block(tx(25, {})), 0)).toMatchObject({ kind: 'rejected', reason: 'validation code 25' });
  });

  it('is not made of a transaction that is not there', () => {
    expect(() => describeOutcome(block(), 0)).toThrow(RangeError);
  });
});
