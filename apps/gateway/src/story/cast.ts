import { admit, apply, Firm, handOn, type GatewayOf, type NewFirm } from '@tallystick/client';
import { randomHex } from '@tallystick/crypto';
import { usccCheckCharacter } from '@tallystick/domain';
import type { Login } from '../platform/logins';
import { openFirm } from '../platform/sign-in';

/** Who plays in the story: members of the trial, and a core enterprise that joins in it. */
export interface Cast {
  operator: Firm;
  river: Firm;
  mountain: Firm;
  first: Firm;
  second: Firm;
  third: Firm;
  fourth: Firm;
}

/** All of them. */
export const players = ({ operator, river, mountain, first, second, third, fourth }: Cast): Firm[] => [
  operator,
  river,
  mountain,
  first,
  second,
  third,
  fourth,
];

const NAMES = {
  operator: 'operator',
  river: 'river',
  mountain: 'mountain',
  first: 'casting1',
  second: 'steel2',
  third: 'fastener2',
  fourth: 'mould3',
} as const satisfies Record<keyof Cast, string>;

export async function openCast(gatewayOf: GatewayOf, logins: readonly Login[]): Promise<Cast> {
  const opened = Object.entries(NAMES).map(
    async ([part, name]) => [part, await openFirm(gatewayOf, logins, name)] as const,
  );
  return Object.fromEntries(await Promise.all(opened)) as unknown as Cast;
}

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A credit code that nobody has yet, with its check character. */
function newCode(): string {
  const letters = Array.from({ length: 5 }, () =>
    CODE_ALPHABET.charAt(Number.parseInt(randomHex(2), 16) % CODE_ALPHABET.length),
  );
  const first17 = `91440300MATY${letters.join('')}`;
  return first17 + (usccCheckCharacter(first17) ?? '');
}

/** Organisation on whose peer the joining firm's values are kept. */
const HOST = 'CoreMSP';

/** A new core enterprise applies at its host's gateway with keys of its own, and the operator admits it. */
export async function joiningCore(gatewayOf: GatewayOf, operator: Firm): Promise<Firm> {
  const id = newCode();
  const name = `story-${id.slice(12).toLowerCase()}`;
  const person = (role: 'maker' | 'checker', displayName: string) => ({
    user: `${name}.${role}`,
    password: randomHex(12),
    displayName,
    roles: [role],
  });
  const [maker, checker] = [person('maker', '经办'), person('checker', '复核')];
  const firm: NewFirm = {
    id,
    name: `示例整机制造${id.slice(12)}有限公司`,
    nameEn: `Sample Machines ${id.slice(12)}`,
    kinds: ['CORE'],
    group: null,
    host: HOST,
    ownHost: true,
    soloLimitFen: '0',
    people: [maker, checker],
  };
  const [own, operators] = [gatewayOf(HOST), gatewayOf(operator.org)];
  const { id: received, application } = await apply(own, firm);
  await admit(operator, own === operators ? received : await handOn(operators, application));
  return Firm.open(own, { maker, checker });
}
