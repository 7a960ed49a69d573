import {
  signaturePolicy,
  valueOrganisations,
  type GenesisRecord,
  type Parties,
  type PolicyRule,
} from '@tallystick/protocol';

/**
 * Who must endorse a change of one key (`ledger.md` §3.2): the policy's bytes, or `chaincode` for the policy that guards
 * every new key (one authority and one other organisation). Contracts take no policy from outside.
 */
export type KeyPolicy = Uint8Array | 'chaincode';

const distinct = (organisations: readonly string[]): string[] => [...new Set(organisations)].sort();
const authoritiesOf = (genesis: GenesisRecord): string[] =>
  genesis.organisations.filter(({ authority }) => authority).map(({ msp }) => msp);

/** P = two of { owner's host, issuer's organisation, witness, stand-in }: holdings, certificates and their orders. */
export function valuePolicy(parties: Parties): Uint8Array {
  return signaturePolicy(2, valueOrganisations(parties));
}

/** All of these: a credit line (witness ∧ issuer), an invitation, quote or agreement (host ∧ bank). */
export function allOfPolicy(genesis: GenesisRecord, ...organisations: string[]): Uint8Array {
  const names = distinct(organisations);
  // One organisation alone must never control a key: owner and bank on one host leave the deal to that host and an authority.
  return names.length > 1 ? signaturePolicy(names.length, names) : withAuthority(genesis, names);
}

/** These organisations and an authority, if there is none among them: the clock, an invoice's occupancy. */
export function withAuthority(genesis: GenesisRecord, organisations: readonly string[]): Uint8Array {
  const { n, of } = authorityRule(genesis, distinct(organisations));
  return signaturePolicy(n, of);
}

/** Members of a host and its roster: operator ∧ an authority ∧ the host; or all organisations but one. */
export function rosterPolicy(genesis: GenesisRecord, host: string): Uint8Array {
  const three = authorityRule(genesis, distinct([genesis.operatorMsp, host]));
  return signaturePolicy(1, [three, allButOne(genesis)]);
}

/** Rule packs and their schedule: all organisations but one. */
export function consortiumPolicy(genesis: GenesisRecord): Uint8Array {
  const { n, of } = allButOne(genesis);
  return signaturePolicy(n, of);
}

/** The genesis record: every organisation. */
export function everyonePolicy(genesis: GenesisRecord): Uint8Array {
  const names = distinct(genesis.organisations.map(({ msp }) => msp));
  return signaturePolicy(names.length, names);
}

type Threshold = { n: number; of: readonly PolicyRule[] };

function allButOne(genesis: GenesisRecord): Threshold {
  const names = distinct(genesis.organisations.map(({ msp }) => msp));
  // Of two organisations "all but one" would be one alone.
  return { n: Math.max(2, names.length - 1), of: names };
}

function authorityRule(genesis: GenesisRecord, names: readonly string[]): Threshold {
  const authorities = authoritiesOf(genesis);
  if (names.length > 1 && names.some((name) => authorities.includes(name))) return { n: names.length, of: names };
  const others = authorities.filter((name) => !names.includes(name));
  return { n: names.length + 1, of: [...names, { n: 1, of: others }] };
}
