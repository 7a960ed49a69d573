import { z } from 'zod';
import { AdmissionSignature } from '../member/member.records';
import { GenesisRecord, RulePackRecord } from './network.records';
import { Instant } from '../wire/scalars';

/** `network.genesis`: unsigned by instruction (nobody is a member yet); stands in `context.genesis`, proven by the operator's founding keys and by the endorsement of all. */
export const GenesisContext = z.strictObject({
  genesis: GenesisRecord,
  admission: z.array(AdmissionSignature).min(1).max(60),
  rulePack: RulePackRecord,
  clockOffsetMs: z.int().nullable(),
});
/** `network.moveClock`: operator, one key; the new offset is greater than the old one. */
export const MoveClockBody = z.strictObject({ offsetMs: z.int() });
/** `network.publishRulePack`: operator MC. */
export const PublishRulePackBody = z.strictObject({ rulePack: RulePackRecord, from: Instant });
/** `network.flag`: an organisation's service key. */
export const FlagBody = z.strictObject({ recordKey: z.string().max(300), reason: z.string().max(200) });
/** `instruction.voidInstruction`: any key of the member; ends an instruction whose outcome is unknown. */
export const VoidBody = z.strictObject({ id: z.uuidv7() });
