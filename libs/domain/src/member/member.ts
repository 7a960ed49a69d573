import type { Instant } from '../calendar';

/** What a firm may be; it may be several at once. */
export type MemberKind =
  | 'CORE'
  | 'SUPPLIER'
  | 'BANK'
  | 'OPERATOR'
  | 'GUARANTOR'
  | 'INSURER'
  | 'REGULATOR'
  | 'COURT_AGENT'
  | 'INVESTOR'
  | 'SPV_MANAGER'
  | 'TRUSTEE';

/** The part in which a key signs: maker 经办, checker 复核, the bank's risk officer, or an organisation's service. */
export type SigningRole = 'maker' | 'checker' | 'risk' | 'service';
/** What a key is registered for. */
export type KeyRole = SigningRole | 'admin';

/** A registered key; `person` marks the human behind it, so that two keys of one person never count as two people. */
export interface KeyView {
  keyId: string;
  person: string;
  roles: readonly KeyRole[];
  revokedAt: Instant | null;
}

/** What the rules need of a member. The public record satisfies it: `soloLimitFen` is a decimal integer there. */
export interface MemberView {
  id: string;
  kinds: readonly MemberKind[];
  status: 'active' | 'suspended';
  soloLimitFen: string;
  keys: readonly KeyView[];
}
