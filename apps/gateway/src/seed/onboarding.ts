import { admit, apply, Firm, type NewFirm } from '@tallystick/client';
import { parseAmount } from '@tallystick/domain';
import type { Logins } from '../platform/logins';
import { FIRMS, peopleOf, type FirmName, type PlannedFirm } from './firms';
import type { Firms } from './teller';

const TITLES = { maker: '经办', checker: '复核', risk: '风控', viewer: '查看', admin: '管理员' } as const;

function newFirm(name: FirmName, logins: Logins): NewFirm {
  const { uscc, soloLimit, ...firm }: PlannedFirm = FIRMS[name];
  return {
    ...firm,
    id: uscc,
    ownHost: firm.host !== 'OperatorMSP',
    soloLimitFen: String(parseAmount(soloLimit)),
    people: peopleOf(name).map(({ user, roles }) => ({
      user,
      roles,
      password: logins.for(user, firm.name, roles.join(' + ')).password,
      displayName: roles.map((role) => TITLES[role]).join(' / '),
    })),
  };
}

/** Signs an existing firm in, with the passwords that the table of logins has. */
export function openFirm(baseUrl: string, logins: Logins, name: string): Promise<Firm> {
  const credentials = (role: string) => {
    const found = logins.all().find(({ user }) => user === `${name}.${role}`);
    return found === undefined ? undefined : { user: found.user, password: found.password };
  };
  const [maker, checker] = [credentials('maker'), credentials('checker')];
  if (maker === undefined || checker === undefined) throw new Error(`the table of logins has no people of ${name}`);
  return Firm.open(baseUrl, { maker, checker, risk: credentials('risk') });
}

/** Every firm of the plan applies with its people's own keys, and the operator admits one after the other. */
export async function onboard(
  baseUrl: string,
  { logins, operator, progress }: { logins: Logins; operator: Firm; progress: (line: string) => void },
): Promise<Firms> {
  const names = Object.keys(FIRMS) as FirmName[];
  progress(`making keys for the people of ${String(names.length)} firms`);
  const applications = await Promise.all(names.map(async (name) => (await apply(baseUrl, newFirm(name, logins))).id));
  // One by one: each takes the next place of its host's roster.
  for (const application of applications) await admit(operator, application);
  progress(`${String(names.length)} firms admitted`);
  const opened = await Promise.all(names.map(async (name) => [name, await openFirm(baseUrl, logins, name)] as const));
  return Object.fromEntries(opened) as Firms;
}
