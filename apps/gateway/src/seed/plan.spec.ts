import {
  addDays,
  blackoutFrom,
  businessDaysBeforeDue,
  decideTenor,
  firstRulePack,
  instantAt,
  isBusinessDay,
  isUscc,
  parseAmount,
  rolledDueDate,
  sumFen,
} from '@tallystick/domain';
import { publishedCalendar } from '../platform/working-days';
import { CERTIFICATES } from './certificates';
import { Days } from './days';
import { FIRMS, peopleOf, type FirmName } from './firms';
import { certificateForm, withTax } from './paper';
import { LINES, type PlannedCertificate } from './plan';

const calendar = publishedCalendar([2025, 2026, 2027]);
const rules = firstRulePack(calendar, {
  id: 'rules',
  effectiveFrom: '2025-01-01',
  fingerprintKeyCommit: '0'.repeat(64),
  legacyTenorUntil: null,
});
const issuerOf = ({ line }: PlannedCertificate) => LINES[line].issuer;

/** Every day of two years on which somebody may start the trial. */
const TODAYS = Array.from({ length: 730 }, (_, index) => addDays('2026-01-01', index));

describe('the plan of the trial’s past', () => {
  it('names firms with valid codes, and people who can sign for each', () => {
    for (const name of Object.keys(FIRMS) as FirmName[]) {
      expect([name, isUscc(FIRMS[name].uscc)]).toEqual([name, true]);
      const roles = peopleOf(name).flatMap((person) => person.roles);
      expect(roles).toEqual(expect.arrayContaining(['maker', 'checker', 'viewer', 'admin']));
    }
    expect(new Set(Object.values(FIRMS).map(({ uscc }) => uscc)).size).toBe(13);
  });

  it('has thirty certificates, from both banks’ lines, that end in every way', () => {
    expect(CERTIFICATES).toHaveLength(30);
    expect(new Set(CERTIFICATES.map(({ line }) => LINES[line].bank))).toEqual(new Set(['river', 'mountain']));
    const acts = new Set(CERTIFICATES.flatMap((each) => each.acts.map(([, act]) => act.do)));
    expect(acts).toEqual(new Set(['accept', 'decline', 'withdraw', 'pass', 'finance', 'pay']));
  });

  it('adds tax to the cent, half up', () => {
    expect(withTax('100.00')).toBe('113.00');
    expect(withTax('0.05')).toBe('0.06');
    expect(withTax('1126947.82')).toBe('1273451.04');
  });

  it('is told by rules on whatever day it is told', () => {
    const broken: string[] = [];
    for (const today of TODAYS) {
      const days = new Days(today, calendar);
      for (const [index, planned] of CERTIFICATES.entries()) {
        for (const fault of faultsOf(planned, days)) broken.push(`${today}, certificate ${String(index)}: ${fault}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('has no issuer issue while it owes', () => {
    const broken: string[] = [];
    for (const today of TODAYS) {
      const days = new Days(today, calendar);
      const debts = CERTIFICATES.filter(isAccepted).map((each) => debtOf(each, days));
      for (const later of CERTIFICATES) {
        const date = days.on(later.issued);
        const owes = debts.some(({ issuer, due, paid }) => issuer === issuerOf(later) && due < date && paid > date);
        if (owes) broken.push(`${today}: ${later.goods}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('moves no more than is held', () => {
    for (const planned of CERTIFICATES) {
      const face = sumFen(planned.nets.map((net) => parseAmount(withTax(net))));
      const hands = new Map<string, bigint>([[planned.creditor, face]]);
      for (const [, act] of planned.acts) {
        if (act.do === 'pass') {
          for (const [to, amount] of act.to)
            move(hands, act.from, to, amount === undefined ? null : parseAmount(amount));
        }
        if (act.do === 'finance')
          move(hands, act.owner, 'bank', act.amount === undefined ? null : parseAmount(act.amount));
      }
      expect([planned.goods, [...hands.values()].every((fen) => fen >= 0n)]).toEqual([planned.goods, true]);
    }
  });

  it('writes invoices of twenty digits, none twice', () => {
    const days = new Days('2026-11-23', calendar);
    const forms = CERTIFICATES.map((each, index) => certificateForm(each, { line: 'x', days, index }));
    const numbers = forms.flatMap(({ invoices }) => invoices.map(({ number }) => number));
    expect(numbers.every((number) => /^\d{20}$/u.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

function move(hands: Map<string, bigint>, from: string, to: string, fen: bigint | null): void {
  const held = hands.get(from) ?? 0n;
  const moved = fen ?? held;
  hands.set(from, held - moved);
  hands.set(to, (hands.get(to) ?? 0n) + moved);
}

const isAccepted = ({ acts }: PlannedCertificate): boolean => acts.some(([, act]) => act.do === 'accept');

/** From when to when an issuer may owe on a certificate. */
function debtOf(planned: PlannedCertificate, days: Days): { issuer: string; due: string; paid: string } {
  const last = planned.acts.find(([, act]) => act.do === 'pay' && act.amount === undefined);
  return { issuer: issuerOf(planned), due: days.due(planned), paid: last === undefined ? '9999' : days.on(last[0]) };
}

/** What the rules would refuse of a certificate, told at nine in the morning of each day. */
function faultsOf(planned: PlannedCertificate, days: Days): string[] {
  const [issuedOn, dueDate] = [days.on(planned.issued), days.due(planned)];
  const faults: string[] = [];
  const tenor = decideTenor({ issuedOn, dueDate, longTenorReason: null, riskSigned: false }, rules);
  if (!tenor.ok) faults.push(tenor.refusal.code);
  if (!isBusinessDay(calendar, dueDate)) faults.push('due on a day off');
  const payFrom = businessDaysBeforeDue(dueDate, rules.prepareBusinessDays, rules);
  for (const [on, act] of planned.acts) {
    const date = days.on(on);
    if (date < issuedOn) faults.push(`${act.do} before it is issued`);
    if (date > days.today) faults.push(`${act.do} after today`);
    if (act.do === 'pay' && date < payFrom) faults.push(`paid on ${date}, before ${payFrom}`);
    const moves = act.do === 'pass' || act.do === 'finance';
    if (moves && instantAt(date, '20:00') >= blackoutFrom(dueDate, rules)) faults.push(`${act.do} in the blackout`);
    const isLast = act.do === 'pay' && act.amount === undefined && planned.acts.length < 3;
    if (isLast && date > rolledDueDate(dueDate, rules)) faults.push('paid late');
  }
  return faults;
}
