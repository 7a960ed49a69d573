import { signingNeedFor, type SigningNeed } from '@tallystick/domain';
import type { OperationKind } from '@tallystick/protocol';
import type { OperationAuthority } from './operation.entity';

export type PersonRole = 'maker' | 'checker' | 'risk';

/** Whose signatures the contract asks for, by kind; the same names as there. */
const AUTHORITY: Readonly<Record<OperationKind, OperationAuthority>> = {
  'certificate.issue': 'byAmount',
  'certificate.accept': 'byAmount',
  'certificate.decline': 'onePerson',
  'certificate.withdraw': 'byAmount',
  'transfer.offer': 'byAmount',
  'transfer.accept': 'byAmount',
  'transfer.decline': 'onePerson',
  'transfer.withdraw': 'byAmount',
  'financing.apply': 'byAmount',
  'financing.quote': 'byAmount',
  'financing.withdrawQuote': 'onePerson',
  'financing.refuse': 'onePerson',
  'financing.acceptQuote': 'byAmount',
  'financing.approve': 'approval',
  'financing.sign': 'byAmount',
  'financing.disburse': 'byAmount',
  'financing.withdraw': 'onePerson',
  'financing.reject': 'onePerson',
  'line.grant': 'makerChecker',
  'line.change': 'makerChecker',
  'settlement.prepare': 'byAmount',
  'member.admit': 'makerChecker',
  'member.addKey': 'onePerson',
  'member.revokeKey': 'onePerson',
  'member.setStatus': 'makerChecker',
  'member.setSoloLimit': 'makerChecker',
  'network.moveClock': 'onePerson',
  'network.publishRulePack': 'makerChecker',
  'instruction.void': 'onePerson',
};

export const authorityOf = (kind: OperationKind): OperationAuthority => AUTHORITY[kind];

/** The domain's name for what an operation needs. */
export function signingNeed(
  authority: OperationAuthority,
  amountFen: bigint,
  member: { soloLimitFen: string },
): SigningNeed {
  if (authority === 'byAmount') return signingNeedFor(member, amountFen);
  return authority === 'approval' ? 'makerRiskChecker' : authority;
}

const ROLES: Partial<Record<SigningNeed, readonly PersonRole[]>> = {
  makerChecker: ['maker', 'checker'],
  makerRiskChecker: ['maker', 'risk', 'checker'],
};

/** Roles still missing, the next one first. One person's word is given by whoever comes, maker first in name. */
export function missingRoles(need: SigningNeed, signed: readonly PersonRole[]): PersonRole[] {
  const roles = ROLES[need];
  if (roles === undefined) return signed.length > 0 ? [] : ['maker'];
  return roles.filter((role) => !signed.includes(role));
}

/** Whether a role may sign next: the maker begins, the others follow in any order; one person alone is maker or checker. */
export function maySign(need: SigningNeed, signed: readonly PersonRole[], role: PersonRole): boolean {
  const missing = missingRoles(need, signed);
  if (ROLES[need] === undefined) return missing.length > 0 && role !== 'risk';
  return missing.includes(role) && (signed.length > 0 || role === 'maker');
}
