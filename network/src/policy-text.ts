import type { PolicyRule } from '@tallystick/protocol';

/** Role of a certificate within its organisation, as its organisational unit says it. */
export type Role = 'admin' | 'client' | 'orderer' | 'peer';

/** "n of these" in the textual form of Fabric's programs, for the peers of the organisations named. */
export function policyText(n: number, of: readonly PolicyRule[]): string {
  return `OutOf(${n},${of.map(ruleText).join(',')})`;
}

function ruleText(rule: PolicyRule): string {
  return typeof rule === 'string' ? `'${rule}.peer'` : policyText(rule.n, rule.of);
}

/** Anyone of these organisations in one of these roles. */
export function anyOf(msps: readonly string[], ...roles: readonly Role[]): string {
  return `OR(${msps.flatMap((msp) => roles.map((role) => `'${msp}.${role}'`)).join(',')})`;
}
