import {
  acceptCertificate,
  acceptQuote,
  acceptTransfer,
  applyForCash,
  approve,
  cny,
  grantLine,
  issue,
  inStep,
  moveClock,
  offer,
  quote,
  settle,
  signAndDisburse,
  type CertificateForm,
  type Firm,
  type GatewayOf,
  type Money,
  type Quoted,
} from '@tallystick/client';
import {
  addBusinessDays,
  addDays,
  allocate,
  formatAmount,
  parseAmount,
  RulePackSchema,
  sumFen,
  type RulePack,
} from '@tallystick/domain';
import type { Login } from '../platform/logins';
import { joiningCore, openCast, players, type Cast } from './cast';
import { Storyteller, type StoryLine } from './storyteller';

export interface StoryInput {
  gatewayOf: GatewayOf;
  logins: readonly Login[];
  tell: (line: StoryLine) => void;
}

const LIMIT = '2000000.00';
const INVOICES = ['678000.45', '452000.30'];
const FACE = sumFen(INVOICES.map(parseAmount));
/** What the first supplier pays its own two suppliers, and what one of them passes on. */
const TO_SECOND = parseAmount('400000.25');
const TO_THIRD = parseAmount('250000.50');
const TO_FOURTH = parseAmount('150000.10');
const PART_PAYMENT = '500000.00';
/** From issue to maturity; and how late the rest is paid. */
const BUSINESS_DAYS = 12;
const DAYS_LATE = 10;
/** 0.05 % a day, in ppm. */
const LATE_PPM = 500n;

/** Everything on one certificate, as the story goes on. */
interface Plot {
  teller: Storyteller;
  cast: Cast;
  core: Firm;
  line: string;
  certificate: string;
  dueDate: string;
}

/**
 * The whole life of a payable on a running trial instance, through its HTTP API, every member signing for itself. Each run
 * admits a firm of its own and moves the trial's date forward.
 * @throws StoryMismatch where a figure is not what the rules make it; ProblemAnswer, NotRecorded where somebody is refused
 */
export async function tellStory({ gatewayOf, logins, tell }: StoryInput): Promise<void> {
  const teller = new Storyteller(tell);
  const cast = await openCast(gatewayOf, logins);
  const core = await joiningCore(gatewayOf, cast.operator);
  await inStep([core, ...players(cast)]);
  teller.step('admit', { firm: core.id }, cast.operator);
  const plot = await begin({ teller, cast, core });
  const pieces = await passOn(plot);
  await finance(plot, pieces.thirds);
  await payInPart(plot);
  await payLate(plot);
}

async function begin({ teller, cast, core }: Pick<Plot, 'teller' | 'cast' | 'core'>): Promise<Plot> {
  const { businessDate, rules } = await networkOf(core);
  const dueDate = addBusinessDays(rules.calendar, businessDate, BUSINESS_DAYS).date;
  const line = await grantLine(cast.river, { issuer: core.id, limit: cny(LIMIT), until: addDays(dueDate, 30) });
  teller.step('line', { amount: LIMIT, bank: cast.river.id }, cast.river);
  await core.awaits(`/lines/${line}`);
  const [certificate = ''] = await issue(core, [
    certificateForm({ line, creditor: cast.first.id, dueDate, today: businessDate }),
  ]);
  teller.step('issue', { amount: formatAmount(FACE), certificate, dueDate }, core);
  const drawn = await core.awaits<{ used: Money }>(`/lines/${line}`);
  teller.check('the line is drawn by the face', formatAmount(FACE), drawn.used.amount);
  return { teller, cast, core, line, certificate, dueDate };
}

function certificateForm(of: { line: string; creditor: string; dueDate: string; today: string }): CertificateForm {
  const { line, creditor, dueDate, today } = of;
  const stamp = creditor.slice(10) + line.slice(0, 8).toUpperCase();
  return {
    line,
    creditor,
    dueDate,
    contractNo: `HT-${stamp}`,
    note: '整机铸件',
    invoices: INVOICES.map((amount, index) => ({
      number: `${stamp}${String(index + 1)}`,
      date: addDays(today, -3),
      grossAmount: cny(amount),
      amount: cny(amount),
      deliveredOn: addDays(today, -4),
    })),
  };
}

/** Accept, split to two, and one of them passes a part on. */
async function passOn({ teller, cast, certificate }: Plot): Promise<{ thirds: string }> {
  const { first, second, third, fourth } = cast;
  const whole = await acceptCertificate(first, certificate);
  teller.step('accept', { amount: formatAmount(FACE) }, first);
  await amountIs(teller, first, whole, FACE);
  const background = { contractNo: `CG-${certificate.slice(0, 8)}`, invoiceNo: '', note: '' };
  const { orders, remainder } = await offer(first, whole, [
    { member: second.id, amount: cny(formatAmount(TO_SECOND)), background },
    { member: third.id, amount: cny(formatAmount(TO_THIRD)), background },
  ]);
  teller.step('split', { amount: `${formatAmount(TO_SECOND)} + ${formatAmount(TO_THIRD)}` }, first);
  await amountIs(teller, first, remainder, FACE - TO_SECOND - TO_THIRD);
  const [toSecond = '', toThird = ''] = orders;
  const seconds = await acceptTransfer(second, toSecond);
  teller.step('acceptTransfer', { amount: formatAmount(TO_SECOND), by: second.id }, second);
  const thirds = await acceptTransfer(third, toThird);
  teller.step('acceptTransfer', { amount: formatAmount(TO_THIRD), by: third.id }, third);
  const passed = await offer(second, seconds, [
    { member: fourth.id, amount: cny(formatAmount(TO_FOURTH)), background },
  ]);
  const fourths = await acceptTransfer(fourth, passed.orders[0] ?? '');
  teller.step('passOn', { amount: formatAmount(TO_FOURTH), from: second.id, to: fourth.id }, fourth);
  await amountIs(teller, fourth, fourths, TO_FOURTH);
  await amountIs(teller, second, passed.remainder, TO_SECOND - TO_FOURTH);
  return { thirds };
}

/** Two banks are asked, the better quote is taken, and the money goes out. */
async function finance({ teller, cast, certificate }: Plot, holding: string): Promise<void> {
  const { third, river, mountain } = cast;
  const banks = [river, mountain];
  const form = { amount: cny(formatAmount(TO_THIRD)), recourse: false, interestBearer: 'supplier' as const, note: '' };
  const { order } = await applyForCash(third, holding, { ...form, banks: banks.map(({ id }) => id) });
  teller.step('apply', { amount: formatAmount(TO_THIRD) }, third);
  const dear = await quote(river, order, {
    rate: '4.35',
    basis: 'ACT_360',
    fees: [{ name: '手续费', payee: river.id, amount: cny('50.00') }],
  });
  teller.step('quote', { rate: '4.35', by: river.id }, river);
  const cheap = await quote(mountain, order, { rate: '3.90', basis: 'ACT_360', fees: [] });
  teller.step('quote', { rate: '3.90', by: mountain.id }, mountain);
  const { quotes } = await third.awaits<{ quotes: Quoted[] }>(
    `/financings/${order}`,
    ({ quotes: seen }) => seen.length === 2,
  );
  const [best] = [...quotes].sort((a, b) => (parseAmount(a.net.amount) > parseAmount(b.net.amount) ? -1 : 1));
  teller.check('the better quote', cheap, best?.id);
  teller.check(
    'each bank sees its own quote only',
    [[dear], [cheap]],
    await Promise.all(banks.map((bank) => quotesSeenBy(bank, order))),
  );
  await acceptQuote(third, order, cheap);
  teller.step('acceptQuote', { net: best?.net.amount ?? '', apr: best?.apr ?? '' }, third);
  await approve(mountain, order);
  teller.step('approve', {}, mountain);
  await signAndDisburse(third, mountain, order);
  teller.step('fund', { amount: formatAmount(TO_THIRD), by: mountain.id }, mountain);
  const held = await mountain.all<{ amount?: Money }>(`/holdings?state=free&certificate=${certificate}`);
  teller.check(
    'the bank holds the piece',
    [formatAmount(TO_THIRD)],
    held.map(({ amount }) => amount?.amount),
  );
}

async function quotesSeenBy(bank: Firm, order: string): Promise<string[]> {
  return (await bank.get<{ quotes: Quoted[] }>(`/financings/${order}`)).quotes.map(({ id }) => id);
}

interface Owed {
  state: string;
  paid: Money;
  outstanding: Money;
  lateInterest: Money;
}

/** Who is owed what, in order of position. */
function shares({ cast: { first, second, fourth, mountain } }: Plot): [Firm, bigint][] {
  return [
    [fourth, TO_FOURTH],
    [second, TO_SECOND - TO_FOURTH],
    [mountain, TO_THIRD],
    [first, FACE - TO_SECOND - TO_THIRD],
  ];
}

async function payInPart(plot: Plot): Promise<void> {
  const { teller, cast, core, certificate, dueDate } = plot;
  await moveClock(cast.operator, dueDate, [core, ...players(cast)]);
  teller.step('maturity', { date: dueDate }, cast.operator);
  const settlement = await settle(core, certificate, cny(PART_PAYMENT));
  teller.step('payInPart', { amount: PART_PAYMENT, settlement }, core);
  const payouts = allocate(
    parseAmount(PART_PAYMENT),
    shares(plot).map(([, fen]) => fen),
  );
  await paidTo(plot, settlement, { principal: payouts, interest: payouts.map(() => 0n) });
  await holdingsPaid(plot, payouts);
  const { paid, outstanding } = await core.get<Owed>(`/certificates/${certificate}`);
  teller.check('paid', PART_PAYMENT, paid.amount);
  teller.check('outstanding', formatAmount(FACE - parseAmount(PART_PAYMENT)), outstanding.amount);
}

async function payLate(plot: Plot): Promise<void> {
  const { teller, cast, core, certificate, dueDate, line } = plot;
  const date = addDays(dueDate, DAYS_LATE);
  await moveClock(cast.operator, date, [core, ...players(cast)]);
  const left = FACE - parseAmount(PART_PAYMENT);
  const late = (left * LATE_PPM * BigInt(DAYS_LATE) + 500_000n) / 1_000_000n;
  const owed = await core.awaits<Owed>(
    `/certificates/${certificate}`,
    ({ lateInterest }) => lateInterest.amount !== '0.00',
  );
  teller.check('late interest', formatAmount(late), owed.lateInterest.amount);
  teller.step('overdue', { date, outstanding: formatAmount(left), lateInterest: formatAmount(late) }, cast.operator);
  const settlement = await settle(core, certificate);
  teller.step('payInFull', { amount: formatAmount(left + late), settlement }, core);
  const payouts = allocate(
    parseAmount(PART_PAYMENT),
    shares(plot).map(([, fen]) => fen),
  );
  const rest = shares(plot).map(([, fen], index) => fen - (payouts[index] ?? 0n));
  // Late interest is shared like principal.
  await paidTo(plot, settlement, { principal: rest, interest: allocate(late, rest) });
  await holdingsPaid(
    plot,
    shares(plot).map(([, fen]) => fen),
  );
  const settled = await core.awaits<Owed>(`/certificates/${certificate}`, ({ state }) => state === 'settled');
  teller.check('outstanding', '0.00', settled.outstanding.amount);
  await core.awaits<{ used: Money }>(`/lines/${line}`, ({ used }) => used.amount === '0.00');
  teller.step('settled', { lineAvailable: LIMIT }, core);
}

interface Line {
  owner?: { id: string };
  payout: Money | null;
  interest: Money | null;
  state: string;
}

/** What the paying bank credited, to the cent: line by line as the issuer sees it, and at each payee's as it holds it. */
async function paidTo(
  plot: Plot,
  settlement: string,
  payouts: { principal: bigint[]; interest: bigint[] },
): Promise<void> {
  const { teller, core } = plot;
  const payees = shares(plot).map(([firm]) => firm);
  const { lines } = await core.get<{ lines: Line[] }>(`/settlements/${settlement}`);
  for (const [index, firm] of payees.entries()) {
    const principal = formatAmount(payouts.principal[index] ?? 0n);
    const interest = formatAmount(payouts.interest[index] ?? 0n);
    const line = lines[index];
    const found = {
      owner: line?.owner?.id,
      payout: line?.payout?.amount,
      interest: line?.interest?.amount,
      state: line?.state,
    };
    teller.check('a line of the settlement', { owner: firm.id, payout: principal, interest, state: 'credited' }, found);
    teller.check(`what ${firm.id} received`, { principal, interest }, await receivedBy(firm, settlement));
    teller.step('credited', { to: firm.id, principal, interest });
  }
}

interface Payment {
  settlement: string;
  principal: Money | null;
  interest: Money | null;
  state: string;
}

/** A payee's own gateway shows it the same payment: nobody has to take the issuer's word. */
async function receivedBy(firm: Firm, settlement: string): Promise<{ principal: string; interest: string }> {
  const ofIt = ({ items }: { items: Payment[] }): Payment | undefined =>
    items.find((each) => each.settlement === settlement && each.state === 'credited' && each.principal !== null);
  const page = await firm.awaits<{ items: Payment[] }>('/payments?direction=in', (each) => ofIt(each) !== undefined);
  const found = ofIt(page);
  return { principal: found?.principal?.amount ?? '', interest: found?.interest?.amount ?? '' };
}

/** What each payee's own gateway says that its part has brought so far. */
async function holdingsPaid(plot: Plot, paid: bigint[]): Promise<void> {
  for (const [index, [firm]] of shares(plot).entries()) {
    const expected = formatAmount(paid[index] ?? 0n);
    const isPaid = ({ items }: { items: { paid?: Money }[] }): boolean =>
      items.length === 1 && items[0]?.paid?.amount === expected;
    await firm.awaits(`/holdings?state=all&certificate=${plot.certificate}`, isPaid);
  }
}

async function amountIs(teller: Storyteller, firm: Firm, holding: string | null, fen: bigint): Promise<void> {
  const { amount } = await firm.awaits<{ amount?: Money }>(`/holdings/${holding ?? ''}`);
  teller.check(`the holding of ${firm.id}`, formatAmount(fen), amount?.amount);
}

async function networkOf(firm: Firm): Promise<{ businessDate: string; rules: RulePack }> {
  const { businessDate, rulePack } = await firm.get<{ businessDate: string; rulePack: unknown }>('/network');
  return { businessDate, rules: RulePackSchema.parse(rulePack) };
}
