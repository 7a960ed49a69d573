import fc from 'fast-check';
import { isOverdue, type CertificateView } from '../certificate';
import { decideRelease, releasableFen } from '../line';
import type { RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { testRules } from '../rule-pack/rule-pack.testing';
import { decideReportOverdue, isBlockedFromIssuing } from '../standing';
import { decideClose } from './close';
import { decideFunds, decidePrepare, type OwedView } from './funds';
import { lateInterestFen } from './late-interest';
import { firstPage, decideAllocatePage, decidePayout, type FundedView, type PageHolding } from './page';

const at = (date: string, utc = '02:00') => `${date}T${utc}:00.000Z`;
const certificate: CertificateView = {
  status: 'active',
  dueDate: '2026-06-30',
  acceptBy: at('2026-01-10'),
  paidInFull: false,
  settling: false,
};
const fresh = { lateFrom: null, carriedFen: 0n };
const owed: OwedView = { dueDate: '2026-06-30', latePpmPerDay: 500, ...fresh, faceFen: 40_000_000n, paidFen: 0n };
const prepared = { state: 'prepared' as const };
const funds = (receivedFen: bigint, paidOn: string, change: Partial<OwedView> = {}) =>
  decideFunds(prepared, certificate, { ...owed, ...change }, { receivedFen, paidOn }, at('2026-12-31'), testRules);

describe('late interest', () => {
  it('T18: whole days from the rolled due date', () => {
    expect(lateInterestFen(owed, fresh, 40_000_000n, '2026-07-10', testRules)).toBe(200_000n);
    expect(lateInterestFen(owed, fresh, 40_000_000n, '2026-06-30', testRules)).toBe(0n);
    expect(lateInterestFen(owed, fresh, 40_000_000n, '2026-06-01', testRules)).toBe(0n);
    expect(lateInterestFen({ ...owed, dueDate: '2026-06-27' }, fresh, 40_000_000n, '2026-06-30', testRules)).toBe(
      20_000n,
    );
  });

  it('T19: a checkpoint at each payment keeps what was owed before it', () => {
    const first = expectAccepted(funds(39_200_000n, '2026-07-10'));
    expect(first).toMatchObject({
      interestFen: 200_000n,
      principalFen: 39_000_000n,
      paidFen: 39_000_000n,
      full: false,
    });
    expect(first.checkpoint).toEqual({ lateFrom: '2026-07-10', carriedFen: 0n });
    const rest = { paidFen: first.paidFen, ...first.checkpoint };
    const last = expectAccepted(funds(1_005_000n, '2026-07-20', rest));
    expect(last).toMatchObject({ interestFen: 5_000n, principalFen: 1_000_000n, full: true });
    expect(first.interestFen + last.interestFen).toBe(205_000n);
  });

  it('carries over what a small payment leaves unpaid, and bears no interest itself', () => {
    const small = expectAccepted(funds(50_000n, '2026-07-10'));
    expect(small).toMatchObject({ interestFen: 50_000n, principalFen: 0n });
    expect(small.checkpoint).toEqual({ lateFrom: '2026-07-10', carriedFen: 150_000n });
    const next = expectAccepted(funds(370_000n, '2026-07-20', small.checkpoint));
    expect(next).toMatchObject({ interestFen: 350_000n, principalFen: 20_000n });
  });

  it('does not begin with a payment in time', () => {
    expect(expectAccepted(funds(10_000_000n, '2026-06-30')).checkpoint).toEqual(fresh);
  });
});

describe('preparing', () => {
  const command = { caller: 'core', issuer: 'core', amountFen: 1n };
  const onTime = at('2026-06-25');
  const prepare = (
    change: Partial<CertificateView>,
    changeCommand: Partial<typeof command>,
    now = onTime,
    outstanding = 1n,
  ) => decidePrepare({ ...certificate, ...change }, { ...command, ...changeCommand }, outstanding, now, testRules);

  it('is possible from three business days before the due date, and long after', () => {
    expect(expectAccepted(prepare({}, {}))).toBe('prepared');
    expectAccepted(prepare({}, {}, at('2027-06-25')));
    expect(expectRefusal(prepare({}, {}, at('2026-06-24', '15:59')), 'SETTLEMENT_TOO_EARLY').details['from']).toBe(
      '2026-06-25',
    );
  });

  it('is refused otherwise', () => {
    expectRefusal(prepare({}, { caller: 'other' }), 'NOT_ISSUER');
    expectRefusal(prepare({ status: 'settled' }, {}), 'CERTIFICATE_STATE');
    expectRefusal(prepare({ settling: true }, {}), 'CERTIFICATE_SETTLING');
    expectRefusal(prepare({}, { amountFen: 0n }), 'AMOUNT_TOO_SMALL');
    expectRefusal(prepare({}, {}, onTime, 0n), 'FUNDS_EXCEED_OUTSTANDING');
  });
});

describe('funds', () => {
  it('are divided to the cent, whatever comes in', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 45_000_000n), fc.integer({ min: 1, max: 31 }), (received, day) => {
        const outcome = funds(received, `2026-07-${day.toString().padStart(2, '0')}`);
        const late = BigInt(day) * 20_000n;
        if (received > 40_000_000n + late) return void expectRefusal(outcome, 'FUNDS_EXCEED_OUTSTANDING');
        const value = expectAccepted(outcome);
        expect(value.interestFen + value.principalFen).toBe(received);
        expect(value.interestFen + value.checkpoint.carriedFen).toBe(late);
        expect(value.full).toBe(value.paidFen === 40_000_000n && value.checkpoint.carriedFen === 0n);
      }),
    );
  });

  it('are refused otherwise', () => {
    const receipt = { receivedFen: 1n, paidOn: '2026-07-01' };
    const now = at('2026-07-01');
    const decide = (state: 'prepared' | 'funded', change: Partial<CertificateView>) =>
      decideFunds({ state }, { ...certificate, ...change }, owed, receipt, now, testRules);
    expectAccepted(decide('prepared', {}));
    expectRefusal(decide('funded', {}), 'SETTLEMENT_STATE');
    expectRefusal(decide('prepared', { status: 'settled' }), 'CERTIFICATE_STATE');
    expectRefusal(decide('prepared', { settling: true }), 'CERTIFICATE_SETTLING');
    expectRefusal(funds(0n, '2026-07-01'), 'AMOUNT_TOO_SMALL');
    expectRefusal(funds(1n, '2027-01-01'), 'BAD_INPUT');
    expectRefusal(funds(1n, '2026-07-09', { lateFrom: '2026-07-10' }), 'BAD_INPUT');
    expectAccepted(funds(1n, '2026-07-10', { lateFrom: '2026-07-10' }));
    expectRefusal(funds(40_000_001n, '2026-06-30'), 'FUNDS_EXCEED_OUTSTANDING');
  });
});

describe('allocation pages', () => {
  const sizes = (...list: bigint[]): PageHolding[] => {
    let lo = 1000n;
    return list.map((size) => ({ lo, hi: (lo += size), paidFen: 0n }));
  };
  const funded: FundedView = {
    state: 'funded',
    principalFen: 10_000_001n,
    interestFen: 7n,
    outstandingFen: 100_000_000n,
  };
  const holdings = sizes(33_333_333n, 33_333_333n, 33_333_334n);
  const START = firstPage(1000n);

  it('T15 on one page: the sum is the payment, and the page is the last', () => {
    const page = expectAccepted(decideAllocatePage(funded, START, { number: 0, holdings }, testRules));
    expect(page.lines.map(({ payoutFen }) => payoutFen)).toEqual([3_333_333n, 3_333_334n, 3_333_334n]);
    expect(page.lines.map(({ interestFen }) => interestFen)).toEqual([2n, 2n, 3n]);
    expect(page).toMatchObject({ state: 'allocated', last: true });
  });

  it('chain to the same shares however they are divided (I4)', () => {
    const parts = fc.array(fc.tuple(fc.bigInt(1n, 10_000n), fc.bigInt(0n, 9_999n)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        parts,
        fc.bigInt(0n, 1_000_000n),
        fc.bigInt(0n, 1000n),
        fc.integer({ min: 1, max: 20 }),
        (list, ppm, interestFen, size) => {
          const all = sizes(...list.map(([amount]) => amount)).map((holding, index) => {
            const paidFen = list[index]?.[1] ?? 0n;
            return { ...holding, paidFen: paidFen < holding.hi - holding.lo ? paidFen : 0n };
          });
          const outstandingFen = all.reduce((sum, { lo, hi, paidFen }) => sum + hi - lo - paidFen, 0n);
          const settlement: FundedView = {
            state: 'funded',
            principalFen: (outstandingFen * ppm) / 1_000_000n,
            interestFen,
            outstandingFen,
          };
          let progress = START;
          let principal = 0n;
          let interest = 0n;
          for (let number = 0; number * size < all.length; number += 1) {
            const page = expectAccepted(
              decideAllocatePage(
                settlement,
                progress,
                { number, holdings: all.slice(number * size, (number + 1) * size) },
                testRules,
              ),
            );
            page.lines.forEach((line, index) => {
              const holding = all[number * size + index];
              expect(holding && line.paidFen <= holding.hi - holding.lo).toBe(true);
              expect(line.redeemed).toBe(holding && line.paidFen === holding.hi - holding.lo);
              principal += line.payoutFen;
              interest += line.interestFen;
            });
            expect(page.last).toBe((number + 1) * size >= all.length);
            progress = page.progress;
          }
          expect(principal).toBe(settlement.principalFen);
          expect(interest).toBe(interestFen);
        },
      ),
    );
  });

  it.each<[string, Partial<FundedView>, number, PageHolding[], RefusalCode]>([
    ['before the funds', { state: 'prepared' }, 0, holdings, 'SETTLEMENT_STATE'],
    ['out of order', {}, 1, holdings, 'PAGE_OUT_OF_ORDER'],
    ['without holdings', {}, 0, [], 'ALLOCATION_MISMATCH'],
    ['with one holding twice', {}, 0, [...holdings, ...holdings.slice(2)], 'ALLOCATION_MISMATCH'],
    ['out of position', {}, 0, [...holdings].reverse(), 'ALLOCATION_MISMATCH'],
    ['with the first left out', {}, 0, holdings.slice(1), 'ALLOCATION_MISMATCH'],
    ['with one left out', {}, 0, holdings.filter((_, index) => index !== 1), 'ALLOCATION_MISMATCH'],
    ['with an empty holding', {}, 0, [{ lo: 1000n, hi: 1000n, paidFen: 0n }, ...holdings], 'ALLOCATION_MISMATCH'],
    ['paid above its size', {}, 0, [{ lo: 1000n, hi: 1001n, paidFen: 2n }], 'ALLOCATION_MISMATCH'],
    ['with more than is outstanding', { outstandingFen: 99_999_999n }, 0, holdings, 'ALLOCATION_MISMATCH'],
    ['longer than a page', {}, 0, sizes(...Array.from({ length: 101 }, () => 1n)), 'ALLOCATION_MISMATCH'],
  ])('are refused %s', (_, change, number, list, code) => {
    expectRefusal(decideAllocatePage({ ...funded, ...change }, START, { number, holdings: list }, testRules), code);
  });

  it('hold a hundred lines', () => {
    const list = sizes(...Array.from({ length: 100 }, () => 1n));
    expectAccepted(decideAllocatePage(funded, START, { number: 0, holdings: list }, testRules));
  });

  it('go on exactly where the page before ended', () => {
    const first = expectAccepted(
      decideAllocatePage(funded, START, { number: 0, holdings: holdings.slice(0, 1) }, testRules),
    );
    expect(first).toMatchObject({ state: 'funded', last: false });
    for (const list of [holdings.slice(0, 1), holdings.slice(2)]) {
      expectRefusal(
        decideAllocatePage(funded, first.progress, { number: 1, holdings: list }, testRules),
        'ALLOCATION_MISMATCH',
      );
    }
    const second = decideAllocatePage(funded, first.progress, { number: 1, holdings: holdings.slice(1) }, testRules);
    expect(expectAccepted(second).last).toBe(true);
  });

  it('give nothing to a holding that is paid, and end with the last that is owed something', () => {
    const [a, b, c] = holdings as [PageHolding, PageHolding, PageHolding];
    const paid = { ...a, paidFen: a.hi - a.lo };
    const settlement = { ...funded, principalFen: 66_666_667n, outstandingFen: 66_666_667n };
    const page = expectAccepted(
      decideAllocatePage(settlement, START, { number: 0, holdings: [paid, b, c] }, testRules),
    );
    expect(page.lines.map(({ payoutFen }) => payoutFen)).toEqual([0n, 33_333_333n, 33_333_334n]);
    const alone = expectAccepted(decideAllocatePage(settlement, START, { number: 0, holdings: [paid] }, testRules));
    expect(alone).toMatchObject({ last: false, state: 'funded' });
    const after = expectAccepted(
      decideAllocatePage(settlement, alone.progress, { number: 1, holdings: [b, c] }, testRules),
    );
    expect(after.last).toBe(true);
  });

  it('payouts may come back after a credit and be sent again', () => {
    expect(expectAccepted(decidePayout('instructed', 'credit'))).toBe('credited');
    expect(expectAccepted(decidePayout('credited', 'return'))).toBe('returned');
    expect(expectAccepted(decidePayout('returned', 'credit'))).toBe('credited');
    expectRefusal(decidePayout('credited', 'credit'), 'LINE_STATE');
  });
});

describe('closing', () => {
  const allocated = { state: 'allocated' as const, pages: 2, creditedPages: 2 };

  it('settles the certificate when it is paid in full, else leaves it active', () => {
    expect(expectAccepted(decideClose(allocated, { ...certificate, paidInFull: true })).certificate).toBe('settled');
    expect(expectAccepted(decideClose(allocated, certificate))).toEqual({ state: 'closed', certificate: 'active' });
  });

  it('waits for the last page and the last credit', () => {
    expectRefusal(decideClose({ ...allocated, state: 'funded' }, certificate), 'SETTLEMENT_STATE');
    expectRefusal(decideClose({ ...allocated, creditedPages: 1 }, certificate), 'SETTLEMENT_STATE');
    expectRefusal(decideClose(allocated, { status: 'settled', paidInFull: true }), 'CERTIFICATE_STATE');
  });
});

describe('T37: overdue, then paid', () => {
  const late = at('2026-07-10');

  it('blocks the issuer, and lifts by rule once the receipt in full is there', () => {
    const onRecord = expectAccepted(decideReportOverdue({ overdue: [] }, 'certificate', certificate, late, testRules));
    expect(onRecord).toEqual(['certificate']);
    expect(isBlockedFromIssuing([certificate])).toBe(true);

    const paid = expectAccepted(funds(40_200_000n, '2026-07-10'));
    expect(paid.full).toBe(true);
    const paidCertificate = { ...certificate, paidInFull: true };
    expect(isOverdue(paidCertificate, late, testRules)).toBe(false);
    expect(isBlockedFromIssuing([paidCertificate])).toBe(false);
    const closed = expectAccepted(decideClose({ state: 'allocated', pages: 1, creditedPages: 1 }, paidCertificate));
    expect(closed.certificate).toBe('settled');
    const released = releasableFen(
      { ...paidCertificate, status: closed.certificate },
      { faceFen: 40_000_000n, paidFen: paid.paidFen, releasedFen: 0n },
      late,
    );
    expect(expectAccepted(decideRelease({ usedFen: 40_000_000n }, [released]))).toBe(0n);
  });

  it('records only what is overdue, once', () => {
    const standing = { overdue: [] };
    expectRefusal(
      decideReportOverdue(standing, 'certificate', certificate, at('2026-06-30', '08:59'), testRules),
      'NOT_OVERDUE',
    );
    expectAccepted(decideReportOverdue(standing, 'certificate', certificate, at('2026-06-30', '09:00'), testRules));
    expectRefusal(
      decideReportOverdue(standing, 'certificate', { ...certificate, paidInFull: true }, late, testRules),
      'NOT_OVERDUE',
    );
    expectRefusal(
      decideReportOverdue({ overdue: ['certificate'] }, 'certificate', certificate, late, testRules),
      'RECORD_EXISTS',
    );
  });
});
