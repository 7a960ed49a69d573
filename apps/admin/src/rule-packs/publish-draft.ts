import { formatAmount, isAmount, isIsoDate, parseAmount } from '@tallystick/domain';
import { ruleGroups, type Rule } from './rules';

type Pack = Readonly<Record<string, unknown>>;
type RuleName = Rule['name'];

/** A rule as people type it: amounts in yuan, rates in percent, an empty field for a rule that sets nothing. */
export function typedRule({ unit, value }: Rule): string {
  if (value === null) return '';
  if (unit === 'fen') return formatAmount(BigInt(value));
  return unit === 'ppmPerDay' ? String(Number(value) / PPM_PER_PERCENT) : String(value);
}

/** What is typed for a rule, as the pack holds it; undefined for what cannot be read. */
function readRule(name: RuleName, { unit, value }: Rule, typed: string): unknown {
  const text = typed.trim();
  if (name === 'legacyTenorUntil') return text === '' ? null : isIsoDate(text) ? text : undefined;
  if (unit === 'fen') return isAmount(text) ? String(parseAmount(text)) : undefined;
  if (unit === 'ppmPerDay') return /^\d{1,3}(\.\d{1,4})?$/u.test(text) ? ppmOf(text) : undefined;
  if (typeof value === 'string') return /^([01]\d|2[0-3]):[0-5]\d$/u.test(text) ? text : undefined;
  return /^\d{1,7}$/u.test(text) ? Number(text) : undefined;
}

const PPM_PER_PERCENT = 10_000;

/** Parts per million of a percentage with up to four decimals, without floats. */
function ppmOf(percent: string): number {
  const [whole = '0', rest = ''] = percent.split('.');
  return Number(whole) * PPM_PER_PERCENT + Number(rest.padEnd(4, '0'));
}

/** What differs from the pack before, and which fields cannot be read. */
export function changesOf(
  pack: Pack,
  typed: Readonly<Partial<Record<RuleName, string>>>,
): { changes: Record<string, unknown>; wrong: RuleName[] } {
  const changes: Record<string, unknown> = {};
  const wrong: RuleName[] = [];
  for (const rule of ruleGroups(pack).flatMap(({ rules }) => rules)) {
    const given = typed[rule.name];
    if (given === undefined || given === typedRule(rule)) continue;
    const value = readRule(rule.name, rule, given);
    if (value === undefined) wrong.push(rule.name);
    else if (value !== rule.value) changes[rule.name] = value;
  }
  return { changes, wrong };
}

/** The rules in which a pack differs from the one before it. */
export function differences(before: Pack, after: Pack): { before: Rule; after: Rule }[] {
  const old = new Map(ruleGroups(before).flatMap(({ rules }) => rules.map((rule) => [rule.name, rule])));
  return ruleGroups(after)
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => {
      const was = old.get(rule.name);
      return was === undefined || was.value === rule.value ? [] : [{ before: was, after: rule }];
    });
}
