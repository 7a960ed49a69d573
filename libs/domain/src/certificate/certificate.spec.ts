import { addDays, endOfDay } from '../calendar';
import type { Outcome, RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import type { RulePack } from '../rule-pack';
import { testRules } from '../rule-pack/rule-pack.testing';
import { decideAccept, decideDecline, decideWithdraw, type Actor } from './acceptance';
import { certificatePhase, isDead, isOverdue, type CertificateView } from './certificate';
import { blackoutFrom, businessDaysBeforeDue, interestEndDate, isInBlackout, rolledDueDate } from './due';
import { acceptanceDeadline, decideBatch, decideIssue, type IssueCommand } from './issue';
import { decideTenor, paymentTermWarning } from './tenor';

const at = (date: string, utc = '02:00') => `${date}T${utc}:00.000Z`;

describe('tenor (T22)', () => {
  const rules: RulePack = { ...testRules, legacyTenorUntil: '2028-12-31', calendar: { years: {} } };
  const tenor = (issuedOn: string, dueDate: string, reviewed = false, pack = rules) =>
    decideTenor(
      { issuedOn, dueDate, longTenorReason: reviewed ? 'custom of the industry' : null, riskSigned: reviewed },
      pack,
    );

  it.each([
    ['2025-12-31', '2026-06-30', false],
    ['2025-12-31', '2026-07-01', true],
    ['2025-12-31', '2026-12-31', true],
    ['2025-08-31', '2026-02-28', false],
    ['2027-08-31', '2028-02-29', false],
    ['2025-12-31', '2026-01-01', false],
  ])('%s to %s is allowed (reviewed: %s)', (issuedOn, dueDate, reviewed) => {
    expectAccepted(tenor(issuedOn, dueDate, reviewed));
  });

  it.each<[string, string, boolean, RefusalCode]>([
    ['2025-12-31', '2026-07-01', false, 'TENOR_NEEDS_REVIEW'],
    ['2025-12-31', '2027-01-01', true, 'TENOR_EXCEEDED'],
    ['2025-08-31', '2026-03-01', false, 'TENOR_NEEDS_REVIEW'],
    ['2027-08-31', '2028-03-01', false, 'TENOR_NEEDS_REVIEW'],
    ['2025-12-31', '2025-12-31', true, 'DUE_DATE_PAST'],
  ])('%s to %s is refused (reviewed: %s)', (issuedOn, dueDate, reviewed, code) => {
    expectRefusal(tenor(issuedOn, dueDate, reviewed), code);
  });

  it('needs both the written reason and the risk signature', () => {
    const long = { issuedOn: '2025-12-31', dueDate: '2026-07-01' };
    expectRefusal(decideTenor({ ...long, longTenorReason: 'custom', riskSigned: false }, rules), 'TENOR_NEEDS_REVIEW');
    expectRefusal(decideTenor({ ...long, longTenorReason: '  ', riskSigned: true }, rules), 'TENOR_NEEDS_REVIEW');
  });

  it('is six months for all once the longer one has ended, and without end while no date is set', () => {
    const ended = { ...rules, legacyTenorUntil: '2025-12-30' };
    expect(expectRefusal(tenor('2025-12-31', '2026-07-01', true, ended), 'TENOR_EXCEEDED').details['latest']).toBe(
      '2026-06-30',
    );
    expectAccepted(tenor('2025-12-30', '2026-07-01', true, ended));
    expectAccepted(tenor('2025-12-31', '2026-07-01', true, { ...rules, legacyTenorUntil: null }));
  });

  it('refuses a day off and names the next business day; a year not yet published passes', () => {
    const refusal = expectRefusal(tenor('2026-06-01', '2026-06-19', false, testRules), 'DUE_DATE_NOT_BUSINESS_DAY');
    expect(refusal.details['nextBusinessDay']).toBe('2026-06-22');
    expectAccepted(tenor('2027-12-01', '2028-01-01', false, testRules));
  });
});

it('warns when the due date is more than 60 days after delivery (T23)', () => {
  expect(paymentTermWarning('2026-03-01', '2026-04-30', testRules)).toBeNull();
  expect(paymentTermWarning('2026-03-01', '2026-05-01', testRules)).toMatchObject({ lastDay: '2026-04-30' });
});

describe('issue', () => {
  const command: IssueCommand = {
    issuer: 'core',
    creditor: 'supplier',
    faceFen: 10_000_000n,
    issuedOn: '2026-03-02',
    dueDate: '2026-06-30',
    acceptBy: endOfDay('2026-03-12'),
    longTenorReason: null,
    riskSigned: false,
    invoices: [
      { amountFen: 6_000_000n, deliveredOn: '2026-03-01' },
      { amountFen: 4_000_000n, deliveredOn: '2026-03-02' },
    ],
  };
  const context = { now: at('2026-03-02'), rules: testRules, issuerOverdue: false };
  const issue = (change: Partial<IssueCommand>, now = context.now) =>
    decideIssue({ ...command, ...change }, { ...context, now });
  const invoice = (change: object) => [{ amountFen: 10_000_000n, deliveredOn: '2026-03-01', ...change }];

  it('is accepted, with a warning for each invoice whose term is long', () => {
    const { warnings } = expectAccepted(issue({}));
    expect(warnings.map(({ deliveredOn }) => deliveredOn)).toEqual(['2026-03-01', '2026-03-02']);
    expect(expectAccepted(issue({ dueDate: '2026-04-30' })).warnings).toEqual([]);
  });

  it.each<[string, Partial<IssueCommand>, RefusalCode, string]>([
    ['a face below the least', { faceFen: 99n }, 'FACE_OUT_OF_RANGE', 'faceFen'],
    ['a face above the most', { faceFen: 100_000_000_001n }, 'FACE_OUT_OF_RANGE', 'faceFen'],
    ['itself as creditor', { creditor: 'core' }, 'RECEIVER_IS_ISSUER', 'creditor'],
    ['a due date in the past', { dueDate: '2026-02-27' }, 'DUE_DATE_PAST', 'dueDate'],
    ['a date before yesterday', { issuedOn: '2026-02-28' }, 'BAD_INPUT', 'issuedOn'],
    ['a date of tomorrow', { issuedOn: '2026-03-03' }, 'BAD_INPUT', 'issuedOn'],
    ['a window longer than the rules', { acceptBy: endOfDay('2026-03-13') }, 'BAD_INPUT', 'acceptBy'],
    ['a window that is over', { acceptBy: at('2026-03-02') }, 'BAD_INPUT', 'acceptBy'],
    ['nothing of an invoice', { invoices: invoice({ amountFen: 0n }) }, 'AMOUNT_TOO_SMALL', 'invoices.0'],
    ['goods not delivered', { invoices: invoice({ deliveredOn: null }) }, 'INVOICE_NOT_DELIVERED', 'invoices.0'],
    [
      'goods to be delivered',
      { invoices: invoice({ deliveredOn: '2026-03-03' }) },
      'INVOICE_NOT_DELIVERED',
      'invoices.0',
    ],
    ['more than its invoices', { invoices: invoice({ amountFen: 9_999_999n }) }, 'FACE_NOT_BACKED', 'invoices'],
    ['less than its invoices', { invoices: invoice({ amountFen: 10_000_001n }) }, 'FACE_NOT_BACKED', 'invoices'],
    ['no invoice', { invoices: [] }, 'FACE_NOT_BACKED', 'invoices'],
  ])('refuses %s', (_, change, code, field) => expect(expectRefusal(issue(change), code).field).toBe(field));

  it('takes the limits of the face themselves', () => {
    for (const faceFen of [100n, 100_000_000_000n]) {
      expectAccepted(issue({ faceFen, invoices: invoice({ amountFen: faceFen }) }));
    }
  });

  it('takes a signature given just before midnight', () => {
    expectAccepted(issue({}, at('2026-03-02', '16:30')));
  });

  it('refuses an issuer with an overdue certificate', () => {
    expectRefusal(decideIssue(command, { ...context, issuerOverdue: true }), 'ISSUER_OVERDUE');
  });

  it('gives ten days to accept, but never the due date itself', () => {
    expect(acceptanceDeadline('2026-03-02', '2026-06-30', testRules)).toBe(endOfDay('2026-03-12'));
    expect(acceptanceDeadline('2026-03-02', '2026-03-05', testRules)).toBe(endOfDay('2026-03-04'));
  });

  it('goes in batches of at most fifty', () => {
    expectAccepted(decideBatch(50, testRules));
    expectRefusal(decideBatch(51, testRules), 'TOO_MANY_CERTIFICATES');
  });
});

const offered: CertificateView = {
  status: 'offered',
  dueDate: '2026-06-19',
  acceptBy: endOfDay('2026-03-12'),
  paidInFull: false,
  settling: false,
};
const active: CertificateView = { ...offered, status: 'active' };

describe('acceptance', () => {
  const inTime = at('2026-03-12');
  type Decide = (certificate: CertificateView, actor: Actor, now: string) => Outcome<string>;
  const cases: [string, Decide, string, RefusalCode][] = [
    ['accept', decideAccept, 'active', 'NOT_RECEIVER'],
    ['decline', decideDecline, 'declined', 'NOT_RECEIVER'],
    ['withdraw', decideWithdraw, 'withdrawn', 'NOT_ISSUER'],
  ];

  it.each(cases)('%s: by the one entitled, while it is offered, in time', (_, decide, state, notEntitled) => {
    const right = { caller: 'a', entitled: 'a' };
    expect(expectAccepted(decide(offered, right, inTime))).toBe(state);
    expectRefusal(decide(offered, { caller: 'b', entitled: 'a' }, inTime), notEntitled);
    expectRefusal(decide(active, right, inTime), 'CERTIFICATE_STATE');
    expectRefusal(decide(offered, right, offered.acceptBy), 'WINDOW_OVER');
    expectRefusal(decide(active, right, offered.acceptBy), 'CERTIFICATE_STATE');
  });
});

describe('phases', () => {
  it.each([
    ['offered', offered, at('2026-03-12', '15:59')],
    ['lapsed', offered, at('2026-03-12', '16:00')],
    ['declined', { ...offered, status: 'declined' as const }, at('2027-01-01')],
    ['withdrawn', { ...offered, status: 'withdrawn' as const }, at('2027-01-01')],
    ['active', active, at('2026-06-21', '15:59')],
    ['due', active, at('2026-06-21', '16:00')],
    ['due', active, at('2026-06-22', '08:59')],
    ['overdue', active, at('2026-06-22', '09:00')],
    ['overdue', active, at('2026-07-21', '15:59')],
    ['defaulted', active, at('2026-07-21', '16:00')],
    ['paid', { ...active, paidInFull: true }, at('2026-07-22')],
    ['settled', { ...active, status: 'settled' as const }, at('2026-07-22')],
  ])('%s', (phase, certificate, now) => {
    expect(certificatePhase(certificate, now, testRules)).toBe(phase);
    expect(isOverdue(certificate, now, testRules)).toBe(phase === 'overdue' || phase === 'defaulted');
    expect(isDead(certificate, now)).toBe(['lapsed', 'declined', 'withdrawn'].includes(phase));
  });

  it('count days of grace when the rules give some', () => {
    expect(certificatePhase(active, at('2026-06-23', '08:59'), { ...testRules, graceDays: 1 })).toBe('due');
  });
});

describe('the due date', () => {
  it('rolls, and interest runs to the rolled day unless the rules say otherwise (T07)', () => {
    expect(rolledDueDate('2026-06-27', testRules)).toBe('2026-06-29');
    expect(interestEndDate('2026-06-27', testRules)).toBe('2026-06-29');
    expect(interestEndDate('2026-06-27', { ...testRules, countRolledDays: false })).toBe('2026-06-27');
  });

  it('has a blackout from two business days before it to its cut-off', () => {
    expect(businessDaysBeforeDue('2026-06-30', 2, testRules)).toBe('2026-06-26');
    expect(blackoutFrom('2026-06-30', testRules)).toBe(endOfDay(addDays('2026-06-26', -1)));
    for (const [now, inside] of [
      [at('2026-06-25', '15:59'), false],
      [at('2026-06-25', '16:00'), true],
      [at('2026-06-30', '08:59'), true],
      [at('2026-06-30', '09:00'), false],
    ] as const) {
      expect(isInBlackout('2026-06-30', now, testRules)).toBe(inside);
    }
  });
});
