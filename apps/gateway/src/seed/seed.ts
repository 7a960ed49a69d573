import { cny, grantLine, issue, moveClock, type Firm, type GatewayOf } from '@tallystick/client';
import { addDays, businessDateOf } from '@tallystick/domain';
import type { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
import { publishedCalendar } from '../platform/working-days';
import { atMost } from './at-most';
import { CERTIFICATES, FOR_THE_CHECKER } from './certificates';
import { Days } from './days';
import { FIRMS, type FirmName } from './firms';
import { onboard, openFirms } from './onboarding';
import { certificateForm } from './paper';
import { LINES, type Day, type LineName, type PlannedCertificate } from './plan';
import { Teller, type Firms } from './teller';

export interface SeedInput {
  gatewayOf: GatewayOf;
  /** Passwords of the operator's people are in it; those of the firms are added. */
  logins: Logins;
  progress: (line: string) => void;
  /** What is told; the whole plan when left out. */
  certificates?: readonly PlannedCertificate[];
}

/** Certificates that are told at the same time: more would only wait for each other. */
const AT_ONCE = 6;
/** The plan counts days from it. */
const TODAY: Day = 0;
/** Lines run this long from the trial's first day. */
const LINE_DAYS = 400;

/**
 * Tells the trial's past, day by day on its own clock, through the API alone: every firm's people sign with their own keys,
 * the contract decides, the projection shows.
 * @throws what any of the firms was refused: the plan keeps the rules, so that is a fault
 */
export async function seedTrial({
  gatewayOf,
  logins,
  progress,
  certificates = CERTIFICATES,
}: SeedInput): Promise<void> {
  const operator = await openFirm(gatewayOf, logins.all(), 'operator');
  const names = Object.keys(FIRMS) as FirmName[];
  await onboard(names, { logins, operator, gatewayOf, progress });
  const firms = await openFirms({ operator, gatewayOf, logins });
  const today = businessDateOf(new Date().toISOString());
  const year = Number(today.slice(0, 4));
  const days = new Days(today, publishedCalendar([year - 1, year, year + 1]));
  const lines = await grantLines(firms, days);
  progress(`${String(Object.keys(lines).length)} credit lines granted`);
  await tellAll({ operator, firms, lines, days, certificates, progress });
  const place = { line: lines[FOR_THE_CHECKER.line], days, index: certificates.length };
  await firms.jingwei.begin('/certificates', certificateForm(FOR_THE_CHECKER, place));
}

async function grantLines(firms: Firms, days: Days): Promise<Record<LineName, string>> {
  const until = addDays(days.today, LINE_DAYS);
  const entries = Object.entries(LINES) as [LineName, (typeof LINES)[LineName]][];
  const granted = await Promise.all(
    entries.map(async ([name, { bank, issuer, limit }]) => {
      const form = { issuer: FIRMS[issuer].uscc, limit: cny(limit), until };
      const line = await grantLine(firms[bank], form);
      await firms[issuer].awaits(`/lines/${line}`);
      return [name, line] as const;
    }),
  );
  return Object.fromEntries(granted) as Record<LineName, string>;
}

interface Telling {
  operator: Firm;
  firms: Firms;
  lines: Record<LineName, string>;
  days: Days;
  certificates: readonly PlannedCertificate[];
  progress: (line: string) => void;
}

async function tellAll(telling: Telling): Promise<void> {
  const { operator, firms, days, certificates, progress } = telling;
  const tellers = new Map<PlannedCertificate, Teller>();
  const told = certificates.flatMap(({ issued, acts }) => [issued, ...acts.map(([day]) => day)]);
  const moments = [...new Set([...told, TODAY])];
  let at = '';
  for (const day of moments.sort((a, b) => a - b)) {
    const date = days.on(day);
    if (date !== at) await moveClock(operator, date, Object.values(firms));
    at = date;
    await issueOn(day, telling, tellers);
    await atMost(AT_ONCE, [...tellers], async ([planned, teller]) => {
      for (const [on, act] of planned.acts) if (on === day) await teller.tell(act, date);
    });
    progress(`${date}: ${String(tellers.size)} of ${String(certificates.length)} certificates issued`);
  }
}

/** All certificates of a day, in one operation for each issuer. */
async function issueOn(
  day: Day,
  { firms, lines, days, certificates }: Telling,
  tellers: Map<PlannedCertificate, Teller>,
): Promise<void> {
  for (const issuer of ['jingwei', 'drive'] as const) {
    const planned = certificates.filter(({ issued, line }) => issued === day && LINES[line].issuer === issuer);
    if (planned.length === 0) continue;
    const forms = planned.map((each) => {
      const place = { line: lines[each.line], days, index: certificates.indexOf(each) };
      return certificateForm(each, place);
    });
    const ids = await issue(firms[issuer], forms);
    for (const [place, each] of planned.entries()) {
      tellers.set(each, new Teller(firms, each, ids[place] ?? '', certificates.indexOf(each)));
    }
  }
}
