import { admit, apply, handOn, inStep, type Firm, type GatewayOf, type NewFirm } from '@tallystick/client';
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
      password: logins.for({ user, firm: firm.name, org: firm.host, role: roles.join(' + ') }).password,
      displayName: roles.map((role) => TITLES[role]).join(' / '),
    })),
  };
}

export interface Onboarding {
  logins: Logins;
  operator: Firm;
  gatewayOf: GatewayOf;
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

/** Every firm of the plan, signed in at its own gateway; each of which knows all the others. */
export async function openFirms({ operator, gatewayOf, logins }: Omit<Onboarding, 'progress'>): Promise<Firms> {
  const names = Object.keys(FIRMS) as FirmName[];
  const opened = names.map(async (name) => [name, await openFirm(gatewayOf, logins.all(), name)] as const);
  const firms = Object.fromEntries(await Promise.all(opened)) as Firms;
  await inStep([operator, ...Object.values(firms)]);
  return firms;
}
