import { formatAmount } from '@tallystick/domain';
import { Money, PartyRef, Permission } from '@tallystick/protocol';
import { z } from 'zod';

/** Shapes that several nouns show alike. */
export const MoneyShape = Money;
export const PartyShape = PartyRef;
export const PermissionShape = Permission;

/** Whether clear values are at hand: `missing` ones come later from another reader, `stale` ones are of an earlier state. */
export const OpeningState = z.enum(['present', 'stale', 'missing']);
export type OpeningState = z.infer<typeof OpeningState>;

/** Why honest readers do not believe a record, or null. Nothing may be done with one that is not believed. */
export const Counterfeit = z.string().nullable();

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item).max(100), nextCursor: z.string().nullable() });

export const money = (fen: bigint): Money => ({ amount: formatAmount(fen), currency: 'CNY' });
export const moneyOf = (fen: string | null | undefined): Money | null =>
  fen === null || fen === undefined ? null : money(BigInt(fen));
