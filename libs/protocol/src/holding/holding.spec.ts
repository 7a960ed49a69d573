import fc from 'fast-check';
import { hashParts } from '@tallystick/crypto';
import { cutHolding, movedOpening, paidCommitment, pieceOf, pieceOpening } from './holding.build';
import type { HoldingOpening, HoldingRecord } from './holding.records';
import { holdingSize, verifyHoldingOpening } from './holding.verify';

let drawn = 0;
const random = (bytes: number): string => hashParts('test-random', String(drawn++)).slice(0, bytes * 2);
const id = (text: string): string => hashParts('test', text);

const parent: HoldingOpening = {
  holding: id('parent'),
  certificate: id('certificate'),
  lo: '0',
  loSalt: random(16),
  hi: '100000000',
  hiSalt: random(16),
  owner: '91310000MA00UP1A06',
  ownerSalt: random(16),
  paid: null,
};

function recordOf(opening: HoldingOpening): HoldingRecord {
  const piece = pieceOf(opening.holding, opening.certificate, opening.owner, opening);
  return {
    schema: 1,
    ...piece,
    certificate: opening.certificate,
    parent: null,
    host: 'OperatorMSP',
    depth: 0,
    status: 'live',
    lock: null,
    paid: paidCommitment(opening),
    madeBy: id('instruction'),
    spentBy: null,
  };
}

describe('cutting a holding', () => {
  it('cuts 1,000,000.00 in three neighbours (T11)', () => {
    const { secrets } = cutHolding(parent, [33_333_333n, 33_333_333n], [id('a'), id('b'), id('c')], random);
    expect(secrets.map(({ lo, hi }) => [lo, hi])).toEqual([
      ['0', '33333333'],
      ['33333333', '66666666'],
      ['66666666', '100000000'],
    ]);
  });

  it('refuses pieces of zero, of a negative size and beyond the end (T12)', () => {
    for (const sizes of [[0n], [-1n], [100_000_001n], [60_000_000n, 40_000_001n]]) {
      expect(() => cutHolding(parent, sizes, [id('a'), id('b'), id('c')], random)).toThrow(RangeError);
    }
  });

  it('tiles the parent with chained commitments, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 2_000_000n), { minLength: 1, maxLength: 50 }), (sizes) => {
        const ids = Array.from({ length: 51 }, (_, index) => id(String(index)));
        const { pieces, secrets } = cutHolding(parent, sizes, ids, random);
        const whole = recordOf(parent);
        expect(pieces[0]!.lo).toBe(whole.lo);
        expect(pieces[pieces.length - 1]!.hi).toBe(whole.hi);
        for (let index = 1; index < pieces.length; index++) expect(pieces[index]!.lo).toBe(pieces[index - 1]!.hi);
        const openings = pieces.map((piece, index) => pieceOpening(parent, piece.id, secrets[index]!));
        expect(openings.reduce((sum, opening) => sum + holdingSize(opening), 0n)).toBe(holdingSize(parent));
        expect(openings.every((opening) => verifyHoldingOpening(recordOf(opening), opening))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the opening of a holding', () => {
  const paid = { fen: '5', salt: random(16) };

  it('is proven by its record, paid amount included, after a move too', () => {
    const opening = { ...parent, paid };
    expect(verifyHoldingOpening(recordOf(opening), opening)).toBe(true);
    const moved = movedOpening(opening, id('moved'), '91440300MA00UP2B0F', random(16));
    expect(verifyHoldingOpening(recordOf(moved), moved)).toBe(true);
    expect(recordOf(moved).paid).not.toBe(recordOf(opening).paid);
  });

  const changes: [string, Partial<HoldingOpening>][] = [
    ['another id', { holding: id('other') }],
    ['another certificate', { certificate: id('other') }],
    ['another start', { lo: '1' }],
    ['another end', { hi: '100000001' }],
    ['another salt of its start', { loSalt: '0'.repeat(32) }],
    ['another salt of its end', { hiSalt: '0'.repeat(32) }],
    ['another owner', { owner: '91440300MA00UP2B0F' }],
    ['another salt of its owner', { ownerSalt: '0'.repeat(32) }],
    ['another paid amount', { paid: { fen: '6', salt: paid.salt } }],
    ['no paid amount', { paid: null }],
  ];
  it.each(changes)('is refused with %s', (_name, change) => {
    const opening = { ...parent, paid };
    expect(verifyHoldingOpening(recordOf(opening), { ...opening, ...change })).toBe(false);
  });

  it('is refused when it is empty, though its commitments open', () => {
    const empty = { ...parent, hi: parent.lo };
    expect(verifyHoldingOpening(recordOf(empty), empty)).toBe(false);
  });
});
