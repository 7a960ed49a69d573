import { instructionKey } from '@tallystick/crypto';
import {
  signInstruction,
  type Authoring,
  type Signatory,
  type SignedInstruction,
  type Unsigned,
} from '@tallystick/protocol';
import type { Consortium } from '../testing/consortium';
import { signatory, type Firm, type PERSON_ROLES } from '../testing/firm';

type PersonRole = (typeof PERSON_ROLES)[number];

/** How an instruction is signed: as it should be, or wrongly in one way. */
export type Hand =
  | 'right'
  /** The last signature is another firm's. */
  | 'stranger'
  /** The first person only. */
  | 'alone'
  /** The first key twice. */
  | 'sameKey'
  /** The checker's signature comes from a second key of the maker's. */
  | 'samePerson'
  /** A service where people sign, a person where the service does. */
  | 'otherRole'
  | 'forged'
  /** The first signature is made with a revoked key. */
  | 'revoked'
  | 'expired';

/** Whose signatures a call needs, as `ledger.md` §3.1 says. */
export type Need = 'makerChecker' | 'byAmount' | 'onePerson' | 'approval' | 'service' | 'anyKey';

const PEOPLE: readonly Hand[] = [
  'stranger',
  'alone',
  'sameKey',
  'otherRole',
  'forged',
  'expired',
  'samePerson',
  'revoked',
];
/** The wrong hands that make a difference for a need. */
export const WRONG_HANDS: Readonly<Record<Need, readonly Hand[]>> = {
  makerChecker: PEOPLE,
  byAmount: PEOPLE,
  approval: PEOPLE,
  onePerson: ['stranger', 'sameKey', 'otherRole', 'forged', 'expired', 'revoked'],
  service: ['stranger', 'sameKey', 'otherRole', 'forged', 'expired'],
  anyKey: ['stranger', 'sameKey', 'forged', 'expired'],
};

/** The refusal that the signatures alone bring, whatever the call. A second person missing for an amount shows later. */
export function signatureFault(hand: Hand, need: Need): string | null {
  switch (hand) {
    case 'stranger':
      return 'KEY_UNKNOWN';
    case 'revoked':
      return 'KEY_REVOKED';
    case 'samePerson':
      return 'SAME_PERSON';
    case 'forged':
      return 'SIG_INVALID';
    case 'otherRole':
      return 'ROLE_MISSING';
    case 'sameKey':
      return need === 'makerChecker' || need === 'approval' ? 'ROLE_MISSING' : 'SAME_PERSON';
    case 'alone':
      return need === 'makerChecker' || need === 'approval' ? 'ROLE_MISSING' : null;
    case 'expired':
    case 'right':
      return null;
  }
}

/** What a client of the ledger works with besides the consortium: business time, and who answers questions. */
export interface Desk {
  consortium: Consortium;
  now: string;
  hand: Hand;
  /** An organisation whose peer answers. */
  asks: string;
  stranger: Firm;
  /** Second keys of makers, and revoked ones, where a firm has them. */
  second: ReadonlyMap<Firm, Signatory>;
  revoked: ReadonlyMap<Firm, Signatory>;
  /** Keeps what was signed, by instruction key. */
  signed: Map<string, SignedInstruction>;
}

/**
 * The consortium as one client uses it: the builders of the test harness work on it unchanged, but in business time, past peers that are
 * down, and signing by this hand.
 */
export function clientOf(desk: Desk): Consortium {
  const { consortium } = desk;
  const sign = async (unsigned: Unsigned, firm: Firm, ...roles: PersonRole[]): Promise<SignedInstruction> => {
    const asked = roles.length === 0 ? (['maker', 'checker'] as const) : roles;
    const signed = forged(desk.hand, await signInstruction(unsigned, signatoriesOf(desk, firm, asked)));
    desk.signed.set(instructionKey(signed.instruction), signed);
    return signed;
  };
  const authoring = (firm: Firm, expects?: Record<string, string>): Authoring => {
    const given = consortium.authoring(firm, expects);
    if (desk.hand !== 'expired') return given;
    const before = (ms: number): string => new Date(Date.parse(consortium.transactionTime) - ms).toISOString();
    return { ...given, author: { ...given.author, issuedAt: before(172_800_000), notAfter: before(1) } };
  };
  const query = (_: string, contract: string, fn: string, argument: string): Promise<string> =>
    consortium.query(desk.asks, contract, fn, argument);
  return Object.create(consortium, {
    now: { value: desk.now },
    sign: { value: sign },
    authoring: { value: authoring },
    query: { value: query },
  }) as Consortium;
}

function signatoriesOf(desk: Desk, firm: Firm, roles: readonly PersonRole[]): Signatory[] {
  const right = roles.map((role) => signatory(firm, role));
  const [first] = right;
  if (first === undefined) throw new Error('nobody signs');
  switch (desk.hand) {
    case 'stranger':
      return [...right.slice(0, -1), signatory(desk.stranger, roles.at(-1) ?? 'maker')];
    case 'alone':
      return [first];
    case 'sameKey':
      return [first, first];
    case 'otherRole':
      return [signatory(firm, roles.includes('service') ? 'maker' : 'service')];
    case 'samePerson':
      return right.map((one) => (one.role === 'checker' ? (desk.second.get(firm) ?? one) : one));
    case 'revoked':
      return [{ ...(desk.revoked.get(firm) ?? first), role: first.role }, ...right.slice(1)];
    default:
      return right;
  }
}

function forged(hand: Hand, signed: SignedInstruction): SignedInstruction {
  const [first, ...rest] = signed.signatures;
  if (hand !== 'forged' || first === undefined) return signed;
  const sig = first.sig.slice(0, -1) + (first.sig.endsWith('0') ? '1' : '0');
  return { ...signed, signatures: [{ ...first, sig }, ...rest] };
}
