/** What the gateway's API answers: aliases of what is generated from its description (`npm run api:types -w apps/admin`). */
import type { Money, Operation, PartyRef, Permission } from '@tallystick/protocol';
import type { components } from './schema';

export type { Money, Operation, PartyRef, Permission };

type Schemas = components['schemas'];

/** The body of a schema of the API's description. */
export type Answer<Name extends keyof Schemas> = Schemas[Name];
/** One item of a list. */
export type ItemOf<Name extends keyof Schemas> = Schemas[Name] extends { items: (infer Item)[] } ? Item : never;

/** What the caller may do with a record now, by command. */
export type Can = Record<string, Permission>;

export type Profile = Answer<'Profile_Output'>;
export type Network = Answer<'NetworkState_Output'>;
export type Light = Network['ledger'];
/** Rules as published, and the business instant from which they are in force. */
export type RulePack = ItemOf<'RulePacks_Output'>;
export type Member = Answer<'MemberDetail_Output'>;
export type MemberKind = Member['kinds'][number];
/** Something that waits for the caller. `title` names a message, never words. */
export type InboxItem = ItemOf<'Inbox_Output'>;
/** Numbers of the home page; parts that do not concern the reader are empty. */
export type Summary = Answer<'SummaryDto_Output'>;
/** One week's falling due, to receive or to pay; `week` is its Monday. */
export type LadderWeek = Summary['ladder'][number];
/** A bank's credit line for an issuer; amounts are missing while its opening is. */
export type Line = ItemOf<'LinePage_Output'>;

/** A page of a list; the cursor is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
