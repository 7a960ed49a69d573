/**
 * Encoder of endorsement policies: the bytes of Fabric's `common.SignaturePolicyEnvelope` with PEER principals.
 * Our own, because the shim's helper builds only "all of", and because a malformed policy halts a channel for good
 * (hyperledger/fabric#3105): these bytes are compared with Fabric's own serialisation in the ledger library's tests.
 */

/** An organisation's peer (its MSP id), or "n of" further rules. */
export type PolicyRule = string | { n: number; of: readonly PolicyRule[] };

/**
 * Policy "n of these". Equal sets give equal bytes: names are sorted, nested rules follow in the order given.
 * One organisation's signature never counts twice within the policy.
 * @throws RangeError when `n` is not 1…length, or a list is empty, or names an organisation twice, or a name is empty
 */
export function signaturePolicy(n: number, of: readonly PolicyRule[]): Uint8Array {
  const principals = [...new Set(membersOf({ n, of }))].sort(byCodeUnit);
  const rule = encodeRule({ n, of }, principals);
  // Field 1, version, is 0 and therefore absent.
  return Uint8Array.from([...field(2, rule), ...principals.flatMap((msp) => field(3, encodePrincipal(msp)))]);
}

function membersOf(rule: PolicyRule): string[] {
  return typeof rule === 'string' ? [rule] : rule.of.flatMap(membersOf);
}

function encodeRule(rule: PolicyRule, principals: readonly string[]): number[] {
  // signed_by is a member of a oneof: written even when 0.
  if (typeof rule === 'string') return [0x08, ...varint(principals.indexOf(rule))];
  const names = rule.of.filter((each) => typeof each === 'string').sort(byCodeUnit);
  const nested = rule.of.filter((each) => typeof each !== 'string');
  requireSound(rule.n, names, rule.of.length);
  const rules = [...names, ...nested].flatMap((each) => field(2, encodeRule(each, principals)));
  return field(2, [0x08, ...varint(rule.n), ...rules]);
}

function requireSound(n: number, names: readonly string[], length: number): void {
  if (!Number.isInteger(n) || n < 1 || n > length) throw new RangeError(`policy: n = ${n} of ${length} rules`);
  if (new Set(names).size !== names.length)
    throw new RangeError(`policy: an organisation named twice in ${names.join()}`);
  if (names.includes('')) throw new RangeError('policy: an organisation without a name');
}

/** MSPPrincipal { classification ROLE (0, absent), principal: MSPRole { msp_identifier, role PEER (3) } } */
function encodePrincipal(mspId: string): number[] {
  return field(2, [...field(1, [...new TextEncoder().encode(mspId)]), 0x10, 3]);
}

/** A length-delimited protobuf field. */
function field(number: number, content: readonly number[]): number[] {
  return [(number << 3) | 2, ...varint(content.length), ...content];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** Not localeCompare: every organisation must get the same bytes. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
