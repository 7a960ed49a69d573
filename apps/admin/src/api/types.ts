/** What the gateway's API answers. Operations and their steps have their schema in `@tallystick/protocol`. */
import type { WrappedKey } from '@tallystick/crypto';
import type { MemberKind, Money, Operation, PartyRef, Permission } from '@tallystick/protocol';

export type { MemberKind, Money, Operation, PartyRef, Permission };

/** What the caller may do with a record now, by command. */
export type Can = Record<string, Permission>;

export type Role = 'maker' | 'checker' | 'risk' | 'viewer' | 'admin' | 'onboarding' | 'support';

export interface Profile {
  userId: string;
  user: string;
  displayNameKey: string;
  member: string;
  org: string;
  roles: Role[];
  language: 'zh' | 'en';
  salt: string;
  keys: { keyId: string; publicKey: string; wrappedKey: WrappedKey }[];
}

export type Light = 'green' | 'amber' | 'red';

export interface Network {
  networkId: string;
  trial: boolean;
  /** YYYY-MM-DD at +08:00. */
  businessDate: string;
  businessNow: string;
  /** A block number, as decimal digits. */
  height: string;
  lagBlocks: number;
  ledger: Light;
  rulePack: Record<string, unknown> & { id?: string };
  organisations: { msp: string; name: string }[];
}

/** Rules as published, and the business instant from which they are in force. */
export interface RulePack {
  from: string;
  rules: Record<string, unknown>;
}

export interface Member extends PartyRef {
  kinds: MemberKind[];
  host: string;
  status: 'active' | 'suspended';
  soloLimit?: Money;
  can?: Can;
}

/** Something that waits for the caller. `title` names a message, never words. */
export interface InboxItem {
  kind: string;
  operation?: string;
  subject?: { type: string; id: string };
  title: string;
  counterparty?: PartyRef;
  amount?: Money;
  certificateNo?: string;
  /** An instant of business time; null when nothing presses. */
  deadline: string | null;
  action: string;
}

/** A bank's credit line for an issuer; amounts are missing while its opening is. */
export interface Line {
  id: string;
  bank?: PartyRef;
  issuer?: PartyRef;
  limit?: Money;
  used?: Money;
  available?: Money;
  until: string;
  can?: Can;
}

/** One week's falling due, to receive or to pay; `week` is its Monday. */
export interface LadderWeek {
  week: string;
  side: 'receive' | 'pay';
  amount: Money;
  count: number;
}

/** Numbers of the home page; parts that do not concern the reader are empty. */
export interface Summary {
  held: { total: Money; free: Money; locked: Money; due30: Money; due60: Money; due90: Money; count: number };
  ladder: LadderWeek[];
  /** What the reader owes as issuer. */
  owes: { total: Money; overdue: Money; count: number };
  lines: Line[];
  /** `oldest` is the nearest end of an application's time. */
  pipeline: { stage: string; count: number; oldest: string | null }[];
  /** What issuers owe on certificates that the reader pays out. */
  exposure: { total: Money; count: number };
}

/** A page of a list; the cursor is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
