import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import type { CertificateView } from '../certificate';
import { availableFen, decideDraw, decideLineEnd, decideRelease, releasableFen, type LineView } from './line';

const million = 100_000_000n;
const line: LineView = { issuer: 'core', limitFen: 10n * million, usedFen: 0n, until: '2026-12-31' };
const now = '2026-06-01T02:00:00.000Z';
const certificate: CertificateView = {
  status: 'offered',
  dueDate: '2026-11-30',
  acceptBy: '2026-06-05T16:00:00.000Z',
  paidInFull: false,
  settling: false,
};

describe('credit lines', () => {
  it('T24: issue draws; declined, lapsed and paid give back; acceptance changes nothing', () => {
    const amounts = { faceFen: 3n * million, paidFen: 0n, releasedFen: 0n };
    const drawn = { ...line, usedFen: expectAccepted(decideDraw(line, 'core', [3n * million], now)) };
    expect(availableFen(drawn)).toBe(7n * million);

    expect(releasableFen(certificate, amounts, now)).toBe(0n);
    expect(releasableFen({ ...certificate, status: 'active' }, amounts, now)).toBe(0n);
    for (const status of ['declined', 'withdrawn'] as const) {
      const freed = releasableFen({ ...certificate, status }, amounts, now);
      expect(availableFen({ ...drawn, usedFen: expectAccepted(decideRelease(drawn, [freed])) })).toBe(10n * million);
    }
    expect(releasableFen(certificate, amounts, certificate.acceptBy)).toBe(3n * million);

    const paid = releasableFen({ ...certificate, status: 'active' }, { ...amounts, paidFen: million }, now);
    expect(availableFen({ ...drawn, usedFen: expectAccepted(decideRelease(drawn, [paid])) })).toBe(8n * million);
  });

  it('give nothing back twice', () => {
    const amounts = { faceFen: 3n * million, paidFen: million, releasedFen: million };
    expect(releasableFen({ ...certificate, status: 'active' }, amounts, now)).toBe(0n);
    expectRefusal(decideRelease({ usedFen: million }, [million, 1n]), 'RELEASE_EXCEEDS_USED');
    expectRefusal(decideRelease({ usedFen: million }, [-1n]), 'RELEASE_EXCEEDS_USED');
    expect(expectAccepted(decideRelease({ usedFen: million }, [0n, million]))).toBe(0n);
  });

  it('refuse a batch whole and name the first face that does not fit (I5)', () => {
    expect(expectAccepted(decideDraw(line, 'core', [6n * million, 4n * million], now))).toBe(10n * million);
    const refusal = expectRefusal(decideDraw(line, 'core', [6n * million, 4n * million, 1n], now), 'LINE_EXCEEDED');
    expect(refusal.details).toEqual({ neededFen: '1', availableFen: '0', index: 2 });
  });

  it('are drawn by their issuer only, until their last day', () => {
    expectRefusal(decideDraw(line, 'other', [1n], now), 'LINE_NOT_OWN');
    expectAccepted(decideDraw(line, 'core', [1n], '2026-12-31T15:59:59.999Z'));
    expectRefusal(decideDraw(line, 'core', [1n], '2026-12-31T16:00:00.000Z'), 'LINE_EXPIRED');
    expectRefusal(decideLineEnd('2026-05-31', now), 'LINE_EXPIRED');
    expectAccepted(decideLineEnd('2026-06-01', now));
  });

  it('may be cut below what is used: nothing is available then', () => {
    expect(availableFen({ limitFen: 1n, usedFen: 2n })).toBe(0n);
    expectRefusal(decideDraw({ ...line, limitFen: 1n, usedFen: 2n }, 'core', [1n], now), 'LINE_EXCEEDED');
  });
});
