import { z } from 'zod';
import { Hash, Instant, MspId } from '../wire/scalars';
import { MemberRecord } from '../member/member.records';

export const Organisation = z.strictObject({
  msp: MspId,
  name: z.string().max(100),
  authority: z.boolean(),
  group: z.string().max(40).nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

/** `Genesis`: founding facts of the network, endorsed by every organisation; never changes. */
export const GenesisRecord = z.strictObject({
  schema: z.literal(1),
  networkId: z.string().min(1).max(64),
  channel: z.string().min(1).max(64),
  chaincode: z.string().min(1).max(64),
  /** A trial network has a Clock; a production one never. */
  trial: z.boolean(),
  organisations: z.array(Organisation).min(2).max(20),
  operatorMsp: MspId,
  operator: MemberRecord,
  firstRulePack: z.string().max(64),
  fingerprintKeyCommit: Hash,
  createdAt: Instant,
});
export type GenesisRecord = z.infer<typeof GenesisRecord>;

/** `Clock` (trial networks): business time = transaction timestamp + offset; moved forward only, signed by the operator. */
export const ClockRecord = z.strictObject({ schema: z.literal(1), offsetMs: z.int() });
export type ClockRecord = z.infer<typeof ClockRecord>;

/** `RulePack/<id>`: one dated configuration; `rules` is parsed with the domain's `RulePackSchema`. */
export const RulePackRecord = z.strictObject({
  schema: z.literal(1),
  id: z.string().max(64),
  rules: z.record(z.string(), z.unknown()),
});
export type RulePackRecord = z.infer<typeof RulePackRecord>;

/** `Schedule`: which rule pack is in force from which business instant, ascending. */
export const ScheduleRecord = z.strictObject({
  schema: z.literal(1),
  packs: z
    .array(z.strictObject({ id: z.string().max(64), from: Instant }))
    .min(1)
    .max(100),
});
export type ScheduleRecord = z.infer<typeof ScheduleRecord>;

/** `Flag/<hash of the record key>`: an honest reader found a record whose authority does not verify (`COUNTERFEIT`). */
export const FlagRecord = z.strictObject({
  schema: z.literal(1),
  recordKey: z.string().max(300),
  by: MspId,
  reason: z.string().max(200),
});
export type FlagRecord = z.infer<typeof FlagRecord>;
