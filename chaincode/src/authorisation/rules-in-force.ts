import { RulePackSchema, withLaterYears, type RulePack } from '@tallystick/domain';
import type { RulePackRecord, ScheduleRecord } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import type { State } from '../state/state';

/** Id of the rule pack in force at a business instant. @throws Refused RULE_PACK_UNKNOWN before the first one */
export function packInForce(schedule: ScheduleRecord, now: string): string {
  const started = schedule.packs.filter(({ from }) => from <= now);
  const latest = started.at(-1);
  if (latest === undefined) throw new Refused('RULE_PACK_UNKNOWN', { now });
  return latest.id;
}

/** Rules in force now, or those a certificate pinned with the calendar years published since. */
export async function rulesFor(
  state: State,
  now: string,
  pinned: string | null,
): Promise<{ id: string; rules: RulePack }> {
  const current = packInForce(await state.get('Schedule'), now);
  const inForce = await pack(state, current);
  if (pinned === null || pinned === current) return { id: current, rules: inForce };
  return { id: pinned, rules: withLaterYears(await pack(state, pinned), inForce) };
}

/** Parsed rules of records that cannot change. */
const parsedRules = new WeakMap<RulePackRecord, RulePack>();

async function pack(state: State, id: string): Promise<RulePack> {
  const record = await state.get('RulePack', id);
  const rules = parsedRules.get(record) ?? RulePackSchema.parse(record.rules);
  parsedRules.set(record, rules);
  return rules;
}
