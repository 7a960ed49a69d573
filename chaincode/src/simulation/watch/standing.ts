import {
  verifyCertificateOpening,
  verifyHoldingOpening,
  verifyLineOpening,
  verifyOccupancyOpening,
  verifyPageOpening,
} from '@tallystick/protocol';
import { isDead, owedOn, sizeOf, type Claim } from '../book';
import type { World } from '../world';
import type { Image } from './image';

/** What must hold whenever nothing is under way: what is wrong, or null. */
export type Standing = (world: World, image: Image) => string | null;

const first = <T>(list: readonly T[], fault: (each: T) => string | null): string | null => {
  for (const each of list) {
    const found = fault(each);
    if (found !== null) return found;
  }
  return null;
};

/** The model’s certificates are the ledger’s, and their openings open. */
const certificates: Standing = ({ book }, image) =>
  first(book.claims, (claim) => {
    const record = image.get('Certificate', claim.id);
    if (record === null) return 'a certificate is not there';
    if (record.status !== claim.status) return `certificate ${record.status}, foreseen ${claim.status}`;
    if (record.paidInFull !== claim.full || record.settling !== (claim.settling?.id ?? null))
      return 'paid otherwise than foreseen';
    if (record.lateFrom !== claim.lateFrom || (claim.opening.carried?.fen ?? '0') !== String(claim.carried))
      return 'late interest counted otherwise';
    if ((claim.opening.paid?.fen ?? '0') !== String(claim.paid)) return 'another amount paid';
    return verifyCertificateOpening(record, claim.opening) ? null : 'a certificate’s opening does not open it';
  });

const holdings: Standing = ({ book }, image) =>
  first(book.parts, (part) => {
    const record = image.get('Holding', part.id);
    if (record === null) return 'a holding is not there';
    if (record.status !== part.status) return `holding ${record.status}, foreseen ${part.status}`;
    if (record.depth !== part.depth || record.host !== part.owner.record.host)
      return 'a holding of another depth or host';
    if ((record.lock?.order ?? null) !== (part.lock?.id ?? null)) return 'locked otherwise than foreseen';
    if (part.opening.owner !== part.owner.record.id || (part.opening.paid?.fen ?? '0') !== String(part.paid))
      return 'owned or paid otherwise';
    return verifyHoldingOpening(record, part.opening) ? null : 'a holding’s opening does not open it';
  });

const orders: Standing = ({ book }, image) => {
  const states = [...book.offers, ...book.deals, ...book.payments];
  return (
    first(states, ({ id, state }) => {
      const record = image.get('Order', id);
      return record?.state === state ? null : `order ${record?.state ?? 'missing'}, foreseen ${state}`;
    }) ??
    first(book.deals, (deal) => {
      const state = image.get('Agreement', deal.id)?.state ?? null;
      return state === (deal.agreement?.state ?? null) ? null : `agreement ${state ?? 'missing'}`;
    }) ??
    first(book.prices, ({ opening, withdrawn }) =>
      (image.get('Quote', opening.quote)?.state === 'withdrawn') === withdrawn ? null : 'a quote stands otherwise',
    )
  );
};

/** I1: live and redeemed holdings tile the certificate, by public cuts alone and in cents. */
const tiled: Standing = ({ book }, image) =>
  first(book.claims, (claim) => {
    const record = image.get('Certificate', claim.id);
    const kept = image
      .all('Holding')
      .filter(({ certificate, status }) => certificate === claim.id && status !== 'consumed');
    if (claim.status !== 'active' && claim.status !== 'settled')
      return kept.length === 0 ? null : 'holdings of what was not accepted';
    let at = record?.public.lo;
    for (const _ of kept) at = kept.find(({ lo }) => lo === at)?.hi;
    if (at !== record?.public.hi) return 'the cuts leave a gap or overlap';
    const parts = book.partsOf(claim);
    const sum = parts.reduce((total, part) => total + sizeOf(part), 0n);
    const isDense = parts.every(({ lo }, index) => index === 0 || parts[index - 1]?.hi === lo);
    if (sum !== claim.face || !isDense || parts.length !== kept.length) return 'the sizes do not sum to the face';
    const share = (claim.face + 9_999n) / 10_000n;
    const smallest = share > 100n ? share : 100n;
    return parts.some((part) => sizeOf(part) < smallest) ? 'a holding below the smallest' : null;
  });

/** I4: no holding is paid above its size, no certificate above its face, and what was shared out is what came in. */
const paid: Standing = ({ book }) =>
  first(book.parts, (part) => (part.paid > sizeOf(part) ? 'a holding paid above its size' : null)) ??
  first(book.claims, (claim) => {
    const sum = book.partsOf(claim).reduce((total, part) => total + part.paid, 0n);
    if (claim.paid > claim.face) return 'paid above the face';
    return claim.settling === null && sum !== claim.paid
      ? `${sum} paid on holdings, ${claim.paid} on the certificate`
      : null;
  });

/** I4, I14: the pages of a payment share out exactly what was received, and each line says what the model reckoned. */
const shared: Standing = ({ book }, image) =>
  first(book.payments, (payment) => {
    const shares = payment.pages.flat();
    const principal = shares.reduce((sum, share) => sum + share.payout, 0n);
    const interest = shares.reduce((sum, share) => sum + share.interest, 0n);
    const isDone = payment.state === 'allocated' || payment.state === 'closed';
    if (isDone && (principal !== payment.principal || interest !== payment.interest))
      return 'money was lost or made in the sharing';
    const { previous } = payment;
    if (previous !== null) {
      const record = image.get('Page', payment.id, String(previous.page));
      if (record === null || !verifyPageOpening(record, previous, payment.claim.id))
        return 'a page’s opening does not open it';
      const reckoned = payment.pages[previous.page] ?? [];
      const same = previous.lines.every(
        (line, index) =>
          line.holding === reckoned[index]?.part.id &&
          line.payoutFen === String(reckoned[index].payout) &&
          line.interestFen === String(reckoned[index].interest),
      );
      if (!same) return 'a page shares otherwise than reckoned';
    }
    return first([...payment.pages.entries()], ([number, page]) => {
      const lines = image.get('Page', payment.id, String(number))?.lines ?? [];
      const same = page.every(
        ({ state, redeems }, index) => lines[index]?.state === state && lines[index].redeems === redeems,
      );
      return same && lines.length === page.length ? null : 'a payout stands otherwise than foreseen';
    });
  });

/** I14: a settled certificate leaves nothing behind. */
const settled: Standing = ({ book }) =>
  first(
    book.claims.filter(({ status }) => status === 'settled'),
    (claim) =>
      book.partsOf(claim).every(({ status }) => status === 'redeemed')
        ? null
        : 'a live holding of a settled certificate',
  );

/** Quality I14: nothing is paid on a claim twice, whoever held it when. */
const paidOnce: Standing = ({ book }) =>
  first(book.claims, (claim) => {
    const shares = book.payments.filter((payment) => payment.claim === claim).flatMap(({ pages }) => pages.flat());
    return shares.reduce((sum, { payout }) => sum + payout, 0n) <= claim.face ? null : 'paid out above the face';
  });

const isOnLine = (claim: Claim): boolean => claim.status !== 'declined' && claim.status !== 'withdrawn';

/** I5: a line’s used is at least what stands out on it, and never above the limit. */
const lines: Standing = ({ book, now }, image) =>
  first(book.lines, (line) => {
    const record = image.get('Line', line.id);
    if (record === null || !verifyLineOpening(record, line.book.opening)) return 'a line’s opening does not open it';
    const claims = book.claims.filter((claim) => claim.line === line);
    const outstanding = claims
      .filter(isOnLine)
      .filter((claim) => !isDead(claim, now))
      .reduce((sum, claim) => sum + owedOn(claim), 0n);
    if (line.used < outstanding) return 'less used than stands out';
    if (line.used > line.limit) return 'used above the limit';
    const unreleased = claims.reduce((sum, claim) => sum + claim.face - (claim.released ?? 0n), 0n);
    return line.used === unreleased ? null : 'used is not what was drawn and not given back';
  });

/** Domain I6, quality I4: living uses of an invoice never exceed it. */
const invoices: Standing = ({ book }, image) =>
  first(book.invoices, ({ fingerprint, gross }) => {
    const record = image.get('Occupancy', fingerprint);
    const opening = book.lines.map((line) => line.book.occupancies.get(fingerprint)).find((each) => each !== undefined);
    if (record === null || opening === undefined) return 'an invoice in use is not on the ledger';
    if (!verifyOccupancyOpening(record, opening)) return 'an invoice’s opening does not open it';
    const living = opening.uses.filter(({ certificate }) =>
      book.claims.some(({ id, status }) => id === certificate && (status === 'active' || status === 'settled')),
    );
    const sum = living.reduce((total, { amount }) => total + BigInt(amount.fen), 0n);
    return sum <= gross ? null : 'an invoice used above its amount';
  });

/** All of them, by the names of the design. */
export const STANDINGS: Readonly<Record<string, Standing>> = {
  'the model’s certificates are the ledger’s': certificates,
  'the model’s holdings are the ledger’s': holdings,
  'the model’s orders are the ledger’s': orders,
  'I1 holdings tile the certificate': tiled,
  'I4 nothing is paid above what is owed': paid,
  'I4 I14 a payment is shared out to the cent': shared,
  'I14 a settled certificate leaves nothing': settled,
  'I14 nothing is paid twice': paidOnce,
  'I5 a line covers what stands out': lines,
  'I6 no invoice is used above its amount': invoices,
};
