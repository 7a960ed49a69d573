import { admit, apply, handOn, type Firm, type NewFirm } from '@tallystick/client';
import { parseAmount } from '@tallystick/domain';
import type { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
import { FIRMS, peopleOf, type FirmName, type PlannedFirm } from './firms';
import type { Firms } from './teller';

const OPERATOR_HOST = 'OperatorMSP';
const TITLES = { maker: '经办', checker: '复核', risk: '风控', viewer: '查看', admin: '管理员' } as const;

function newFirm(name: FirmName, logins: Logins): NewFirm {
  const { uscc, soloLimit, ...firm }: PlannedFirm = FIRMS[name];
  return {
    ...firm,
    id: uscc,
    ownHost: firm.host !== OPERATOR_HOST,
    soloLimitFen: String(parseAmount(soloLimit)),
    people: peopleOf(name).map(({ user, roles }) => ({
      user,
      roles,
      password: logins.for(user, firm.name, roles.join(' + ')).password,
      displayName: roles.map((role) => TITLES[role]).join(' / '),
    })),
  };
}

export interface Onboarding {
  logins: Logins;
  operator: Firm;
  /** Gateway of the organisation that hosts a firm, and the operator's own. */
  gatewayOf: (host: string) => string;
  progress: (line: string) => void;
}

/** Firms of the plan apply with their people's own keys, each at the gateway of its host; the operator admits one after the other. */
export async function onboard(names: readonly FirmName[], onboarding: Onboarding): Promise<void> {
  const { operator, progress } = onboarding;
  progress(`${String(names.length)} firms make keys and apply`);
  const applications = new Map(names.map((name) => [name, applying(name, onboarding)]));
  const hosts = new Set(names.map((name) => FIRMS[name].host));
  await Promise.all([
    ...applications.values(),
    ...[...hosts].map(async (host) => {
      // One by one: each takes the next place of its host's roster. Meanwhile the others still make their keys.
      for (const name of names.filter((each) => FIRMS[each].host === host)) {
        await admit(operator, (await applications.get(name)) ?? '');
      }
    }),
  ]);
  progress(`${String(names.length)} firms admitted`);
}

/** @returns the application's id at the operator's gateway, to which that of another host's is handed on */
async function applying(name: FirmName, { logins, gatewayOf }: Onboarding): Promise<string> {
  const [own, operators] = [gatewayOf(FIRMS[name].host), gatewayOf(OPERATOR_HOST)];
  const { id, application } = await apply(own, newFirm(name, logins));
  return own === operators ? id : handOn(operators, application);
}

/** Every firm of the plan, signed in. */
export async function openFirms(baseUrl: string, logins: Logins): Promise<Firms> {
  const names = Object.keys(FIRMS) as FirmName[];
  const opened = names.map(async (name) => [name, await openFirm(baseUrl, logins.all(), name)] as const);
  return Object.fromEntries(await Promise.all(opened)) as Firms;
}
