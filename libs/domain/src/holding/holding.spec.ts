import fc from 'fast-check';
import { endOfDay } from '../calendar';
import type { CertificateView } from '../certificate';
import type { RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { testRules } from '../rule-pack/rule-pack.testing';
import { decideCut, evenParts, smallestHoldingFen } from './cut';
import { activeLock, holdingOutstandingFen, sizeFen, type HoldingView } from './holding';
import type { HoldingContext } from './move';
import {
  decideAcceptTransfer,
  decideDeclineTransfer,
  decideOffer,
  decideWithdrawTransfer,
  offerDeadline,
  type OfferCommand,
  type OfferView,
} from './offer';

const at = (date: string, utc = '02:00') => `${date}T${utc}:00.000Z`;
const face = 100_000_000n;
const whole = { lo: 0n, hi: face };

describe('cuts', () => {
  it('T11: three even parts, the last takes the remainder', () => {
    expect(evenParts(face, 3)).toEqual([33_333_333n, 33_333_333n, 33_333_334n]);
    const { pieces, remainder } = expectAccepted(decideCut(whole, evenParts(face, 3), face, testRules));
    expect(pieces).toEqual([
      { lo: 0n, hi: 33_333_333n },
      { lo: 33_333_333n, hi: 66_666_666n },
      { lo: 66_666_666n, hi: 100_000_000n },
    ]);
    expect(remainder).toBeNull();
    for (const parts of [0, -1, 1.5]) expect(() => evenParts(1n, parts)).toThrow(/parts/);
    expect(evenParts(face, 1)).toEqual([face]);
  });

  it.each<[string, bigint[], RefusalCode]>([
    ['nothing', [0n], 'AMOUNT_TOO_SMALL'],
    ['a negative amount', [face, -1n], 'AMOUNT_TOO_SMALL'],
    ['no pieces', [], 'AMOUNT_TOO_SMALL'],
    ['more than there is', [face, 1n], 'AMOUNT_EXCEEDS_HOLDING'],
    ['a piece below the smallest', [9_999n], 'HOLDING_TOO_SMALL'],
    ['a remainder below the smallest', [face - 9_999n], 'HOLDING_TOO_SMALL'],
    ['a piece below the smallest when nothing is left', [9_999n, face - 9_999n], 'HOLDING_TOO_SMALL'],
    ['51 pieces', Array.from({ length: 51 }, () => 10_000n), 'TOO_MANY_PIECES'],
  ])('refuse %s (T12)', (_, amounts, code) => {
    expectRefusal(decideCut(whole, amounts, face, testRules), code);
  });

  it('take the smallest pieces themselves, and the interval whole however small', () => {
    expectAccepted(decideCut(whole, [10_000n, face - 20_000n], face, testRules));
    expectAccepted(decideCut({ lo: 5n, hi: 6n }, [1n], face, testRules));
    expectAccepted(
      decideCut(
        whole,
        Array.from({ length: 50 }, () => 10_000n),
        face,
        testRules,
      ),
    );
  });

  it('keep a certificate below ten thousand holdings, rounding the smallest up', () => {
    expect(smallestHoldingFen(face, testRules)).toBe(10_000n);
    expect(smallestHoldingFen(face + 1n, testRules)).toBe(10_001n);
    expect(smallestHoldingFen(50_000n, testRules)).toBe(100n);
  });

  it('tile the interval: no gap, no overlap, sizes as asked (I1)', () => {
    const amounts = fc.array(fc.bigInt(10_000n, 3_000_000n), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 48n), amounts, (origin, asked) => {
        const cut = decideCut({ lo: origin, hi: origin + face }, asked, face, testRules);
        if (!cut.ok) {
          expect(['AMOUNT_EXCEEDS_HOLDING', 'HOLDING_TOO_SMALL']).toContain(cut.refusal.code);
          return;
        }
        const { pieces, remainder } = cut.value;
        expect(pieces.map(sizeFen)).toEqual(asked);
        const all = remainder ? [...pieces, remainder] : pieces;
        let reached = origin;
        for (const { lo, hi } of all) {
          expect(lo).toBe(reached);
          expect(hi > lo).toBe(true);
          reached = hi;
        }
        expect(reached).toBe(origin + face);
      }),
    );
  });
});

const certificate: CertificateView = {
  status: 'active',
  dueDate: '2026-06-30',
  acceptBy: at('2026-01-10'),
  paidInFull: false,
  settling: false,
};
const holding: HoldingView = { ...whole, status: 'live', owner: 'sender', depth: 0, paidFen: 0n, lock: null };
const context: HoldingContext = { certificate, faceFen: face, now: at('2026-05-05'), rules: testRules };
const receiver = { id: 'receiver', kinds: ['SUPPLIER' as const], status: 'active' as const };
const command: OfferCommand = {
  caller: 'sender',
  pieces: [{ receiver, amountFen: 40_000_000n }],
  until: endOfDay('2026-05-08'),
};
const wholePiece = { pieces: [{ receiver, amountFen: face }] };

describe('locks', () => {
  it('count as gone from the moment they expire (I9)', () => {
    const until = at('2026-05-08', '16:00');
    const locked = { lock: { order: 'o', until } };
    expect(activeLock(locked, at('2026-05-08', '15:59'))).toEqual(locked.lock);
    expect(activeLock(locked, until)).toBeNull();
    expect(activeLock({ lock: { order: 'o', until: null } }, at('2099-01-01'))).not.toBeNull();
    expect(activeLock({ lock: null }, until)).toBeNull();
  });
});

describe('offers', () => {
  it('cut one piece per receiver and a remainder', () => {
    const other = { ...receiver, id: 'other' };
    const pieces = [...command.pieces, { receiver: other, amountFen: 10_000_000n }];
    expect(expectAccepted(decideOffer(holding, { ...command, pieces }, context))).toEqual({
      pieces: [
        { lo: 0n, hi: 40_000_000n },
        { lo: 40_000_000n, hi: 50_000_000n },
      ],
      remainder: { lo: 50_000_000n, hi: face },
    });
  });

  it.each<[string, Partial<HoldingView>, Partial<OfferCommand>, Partial<HoldingContext>, RefusalCode]>([
    ['by another than the owner', { owner: 'other' }, {}, {}, 'NOT_OWNER'],
    ['of a consumed holding (T13)', { status: 'consumed' }, {}, {}, 'HOLDING_ALREADY_SPENT'],
    ['of a holding paid in full', { paidFen: face }, {}, {}, 'HOLDING_ALREADY_SPENT'],
    ['of a locked holding (T12)', { lock: { order: 'o', until: null } }, {}, {}, 'HOLDING_LOCKED'],
    ['on a settled certificate', {}, {}, { certificate: { ...certificate, status: 'settled' } }, 'CERTIFICATE_STATE'],
    ['while it is paid out', {}, {}, { certificate: { ...certificate, settling: true } }, 'CERTIFICATE_SETTLING'],
    ['in the blackout', {}, {}, { now: at('2026-06-26') }, 'IN_BLACKOUT'],
    ['after ten changes of owner', { depth: 10 }, {}, {}, 'DEPTH_EXCEEDED'],
    [
      'to itself',
      {},
      { pieces: [{ receiver: { ...receiver, id: 'sender' }, amountFen: face }] },
      {},
      'RECEIVER_IS_OWNER',
    ],
    [
      'to a suspended member',
      {},
      { pieces: [{ receiver: { ...receiver, status: 'suspended' }, amountFen: face }] },
      {},
      'MEMBER_SUSPENDED',
    ],
    ['above the available amount', {}, { pieces: [{ receiver, amountFen: face + 1n }] }, {}, 'AMOUNT_EXCEEDS_HOLDING'],
    ['of a part of an overdue holding', {}, {}, { now: at('2026-07-01') }, 'OVERDUE_MOVES_WHOLE'],
    ['of a part of a part-paid holding', { paidFen: 1n }, {}, {}, 'OVERDUE_MOVES_WHOLE'],
    [
      'of more than an overdue holding',
      {},
      { pieces: [{ receiver, amountFen: face + 1n }] },
      { now: at('2026-07-01') },
      'AMOUNT_EXCEEDS_HOLDING',
    ],
    ['that are over', {}, { until: context.now }, {}, 'OFFER_OVER'],
    ['longer than three business days', {}, { until: endOfDay('2026-05-09') }, {}, 'BAD_INPUT'],
    ['into the blackout', {}, { until: endOfDay('2026-06-26') }, { now: at('2026-06-25') }, 'BAD_INPUT'],
  ])('are refused %s', (_, holdingChange, commandChange, contextChange, code) => {
    expectRefusal(
      decideOffer({ ...holding, ...holdingChange }, { ...command, ...commandChange }, { ...context, ...contextChange }),
      code,
    );
  });

  it('name the receiver they are refused for', () => {
    const pieces = [...command.pieces, { receiver: { ...receiver, status: 'suspended' as const }, amountFen: 1n }];
    const refusal = expectRefusal(decideOffer(holding, { ...command, pieces }, context), 'MEMBER_SUSPENDED');
    expect(refusal.field).toBe('pieces.1');
  });

  it('are possible again when a lock has expired, after nine changes of owner, and whole when overdue', () => {
    expectAccepted(decideOffer({ ...holding, lock: { order: 'o', until: context.now } }, command, context));
    expectAccepted(decideOffer({ ...holding, depth: 9 }, command, context));
    const overdue = { ...context, now: at('2026-07-01') };
    expectAccepted(
      decideOffer({ ...holding, paidFen: 1n }, { ...command, ...wholePiece, until: endOfDay('2026-07-06') }, overdue),
    );
  });

  it('last three business days, and end where the blackout begins', () => {
    expect(offerDeadline(context)).toBe(endOfDay('2026-05-08'));
    expect(offerDeadline({ ...context, now: at('2026-06-25') })).toBe(endOfDay('2026-06-25'));
    expect(offerDeadline({ ...context, now: at('2026-07-01') })).toBe(endOfDay('2026-07-06'));
  });
});

describe('accepting an offer', () => {
  const offer: OfferView = { state: 'open', sender: 'sender', receiver: 'receiver', until: endOfDay('2026-05-08') };
  const piece: HoldingView = { ...holding, hi: 40_000_000n, lock: { order: 'o', until: offer.until }, depth: 2 };

  it('makes the holding one owner deeper', () => {
    expect(expectAccepted(decideAcceptTransfer(offer, piece, 'receiver', context))).toEqual({
      state: 'accepted',
      depth: 3,
    });
  });

  it.each<[string, Partial<OfferView>, Partial<HoldingView>, string, Partial<HoldingContext>, RefusalCode]>([
    ['by another', {}, {}, 'other', {}, 'NOT_RECEIVER'],
    ['twice', { state: 'accepted' }, {}, 'receiver', {}, 'OFFER_STATE'],
    ['when it is over', {}, {}, 'receiver', { now: offer.until }, 'OFFER_OVER'],
    ['when the piece is spent', {}, { status: 'consumed' }, 'receiver', {}, 'HOLDING_ALREADY_SPENT'],
    ['when the piece is paid in full', {}, { paidFen: face }, 'receiver', {}, 'HOLDING_ALREADY_SPENT'],
    [
      'while it is paid out',
      {},
      {},
      'receiver',
      { certificate: { ...certificate, settling: true } },
      'CERTIFICATE_SETTLING',
    ],
    [
      'of a settled certificate',
      {},
      {},
      'receiver',
      { certificate: { ...certificate, status: 'settled' } },
      'CERTIFICATE_STATE',
    ],
    ['in the blackout', { until: at('2026-12-31') }, {}, 'receiver', { now: at('2026-06-26') }, 'IN_BLACKOUT'],
    ['beyond the depth', {}, { depth: 10 }, 'receiver', {}, 'DEPTH_EXCEEDED'],
  ])('is refused %s', (_, offerChange, pieceChange, caller, contextChange, code) => {
    const outcome = decideAcceptTransfer({ ...offer, ...offerChange }, { ...piece, ...pieceChange }, caller, {
      ...context,
      ...contextChange,
    });
    expectRefusal(outcome, code);
  });

  it('T36: a declined, withdrawn or lapsed offer leaves the piece free to its sender', () => {
    expect(expectAccepted(decideDeclineTransfer(offer, 'receiver', context.now))).toBe('declined');
    expect(expectAccepted(decideWithdrawTransfer(offer, 'sender', context.now))).toBe('withdrawn');
    expectRefusal(decideDeclineTransfer(offer, 'sender', context.now), 'NOT_RECEIVER');
    expectRefusal(decideWithdrawTransfer(offer, 'receiver', context.now), 'NOT_OWNER');
    expectRefusal(decideDeclineTransfer({ ...offer, state: 'withdrawn' }, 'receiver', context.now), 'OFFER_STATE');
    expectRefusal(decideWithdrawTransfer(offer, 'sender', offer.until), 'OFFER_OVER');
    expectRefusal(decideWithdrawTransfer({ ...offer, state: 'accepted' }, 'sender', offer.until), 'OFFER_STATE');
    const later = { ...context, now: offer.until };
    const again = { ...command, pieces: [{ receiver, amountFen: 40_000_000n }], until: endOfDay('2026-05-11') };
    expectAccepted(decideOffer(piece, again, later));
  });
});

it('a holding owes its size less what was paid', () => {
  expect(holdingOutstandingFen({ lo: 10n, hi: 30n, paidFen: 5n })).toBe(15n);
});
