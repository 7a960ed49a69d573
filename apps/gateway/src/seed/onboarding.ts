import { admit, apply, type Firm, type NewFirm } from '@tallystick/client';
import { parseAmount } from '@tallystick/domain';
import type { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
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

/** Every firm of the plan applies with its people's own keys, and the operator admits one after the other. */
export async function onboard(
  baseUrl: string,
  { logins, operator, progress }: { logins: Logins; operator: Firm; progress: (line: string) => void },
): Promise<Firms> {
  const names = Object.keys(FIRMS) as FirmName[];
  progress(`${String(names.length)} firms make keys and apply`);
  const applications = new Map(names.map((name) => [name, apply(baseUrl, newFirm(name, logins))]));
  const hosts = new Set(names.map((name) => FIRMS[name].host));
  await Promise.all([
    ...applications.values(),
    ...[...hosts].map(async (host) => {
      // One by one: each takes the next place of its host's roster. Meanwhile the others still make their keys.
      for (const name of names.filter((each) => FIRMS[each].host === host)) {
        const application = await applications.get(name);
        await admit(operator, application?.id ?? '');
      }
    }),
  ]);
  progress(`${String(names.length)} firms admitted`);
  const opened = await Promise.all(
    names.map(async (name) => [name, await openFirm(baseUrl, logins.all(), name)] as const),
  );
  return Object.fromEntries(opened) as Firms;
}
