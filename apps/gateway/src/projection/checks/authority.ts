import {
  signaturePolicy,
  valueOrganisations,
  type GenesisRecord,
  type Parties,
  type PolicyRule,
  type RecordOf,
} from '@tallystick/protocol';
import type { Case, Counterfeit, Written } from './check';

/** "n of these", as a key's policy says it. */
export interface Threshold {
  n: number;
  of: readonly PolicyRule[];
}

/**
 * Key-level policy guards only keys that exist, so for a new record the reader asks itself whether those endorsed it who
 * would have to endorse its change, and whether that policy was put on it (`ledger.md` §3.2, §3.3).
 */
export async function checkAuthority(written: Written, within: Case): Promise<Counterfeit | null> {
  const rule = await ruleFor(written, within);
  if (rule === 'unguarded') return null;
  if (rule === null) return written.type === 'MemberAct' ? 'ADMISSION_INVALID' : 'CERTIFICATE_UNKNOWN';
  if (!satisfies(rule, within.tx.endorsers)) return 'NOT_ENDORSED';
  const wanted = policyBytes(rule);
  const guarded = within.tx.policies.some(({ key, policy }) => key === written.key && wanted.equals(policy));
  return guarded ? null : 'POLICY_MISSING';
}

/** Few sets of organisations meet on a network, each many times: their bytes are made once. Bounded by starting anew. */
const known = new Map<string, Buffer>();
const MOST_KNOWN = 1_000;

function policyBytes(rule: Threshold): Buffer {
  const name = JSON.stringify(rule);
  const bytes = known.get(name) ?? Buffer.from(signaturePolicy(rule.n, rule.of));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, bytes);
  return bytes;
}

/** Whether distinct organisations among the endorsers meet the rule; none counts twice. */
export function satisfies(rule: Threshold, endorsers: readonly string[]): boolean {
  return usages(rule, [...new Set(endorsers)]).length > 0;
}

/** Every set of endorsers that meets the rule, as what is left over. */
function usages({ n, of }: Threshold, available: readonly string[]): (readonly string[])[] {
  let states: { met: number; left: readonly string[] }[] = [{ met: 0, left: available }];
  for (const part of of) {
    states = states.flatMap(({ met, left }) => {
      if (met === n) return [{ met, left }];
      const taken =
        typeof part === 'string'
          ? left.includes(part)
            ? [left.filter((name) => name !== part)]
            : []
          : usages(part, left);
      return [{ met, left }, ...taken.map((rest) => ({ met: met + 1, left: rest }))];
    });
  }
  return states.filter(({ met }) => met >= n).map(({ left }) => left);
}

type Rule = Threshold | 'unguarded' | null;

async function ruleFor(written: Written, within: Case): Promise<Rule> {
  const { genesis } = within;
  switch (written.type) {
    case 'Genesis':
      return all(genesis.organisations.map(({ msp }) => msp));
    case 'RulePack':
    case 'Schedule':
      return allButOne(genesis);
    case 'Roster':
    case 'Member':
      return roster(genesis, written.record.host);
    case 'MemberAct': {
      const { member } = written.record;
      const subject = within.written('Member', member)?.record ?? (await within.mirror.record('Member', member));
      return subject === null ? null : roster(genesis, subject.host);
    }
    case 'Line':
      return together(genesis, written.record.witness, written.record.issuerOrg);
    case 'Certificate':
      return value(written.record.public);
    case 'Holding':
      return underCertificate(within, written.record.certificate, written.record.host);
    case 'Order':
      return orderRule(written.record, within);
    case 'Invitation':
      return together(genesis, written.record.ownerHost, written.record.bankHost);
    case 'Quote': {
      const invitation = await within.mirror.record('Invitation', written.record.invitation);
      return invitation === null ? null : together(genesis, invitation.ownerHost, invitation.bankHost);
    }
    case 'Agreement': {
      const order = await within.mirror.record('Order', written.record.order);
      if (order?.kind !== 'financing' || order.bankHost === null) return null;
      return together(genesis, order.ownerHost, order.bankHost);
    }
    default:
      return 'unguarded';
  }
}

async function orderRule(record: RecordOf<'Order'>, within: Case): Promise<Rule> {
  if (record.kind === 'transfer') return underCertificate(within, record.certificate, record.senderHost);
  if (record.kind === 'financing') return underCertificate(within, record.certificate, record.ownerHost);
  return underCertificate(within, record.certificate, null);
}

/** P of a holding or order: its owner's host, else (a settlement) the first creditor's. */
async function underCertificate(within: Case, id: string, host: string | null): Promise<Rule> {
  const certificate = await within.mirror.record('Certificate', id);
  if (certificate === null) return null;
  return value(host === null ? certificate.public : { ...certificate.public, host });
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();
const value = (parties: Parties): Threshold => ({ n: 2, of: valueOrganisations(parties) });
const all = (names: readonly string[]): Threshold => ({ n: distinct(names).length, of: distinct(names) });

function allButOne(genesis: GenesisRecord): Threshold {
  const { of } = all(genesis.organisations.map(({ msp }) => msp));
  return { n: Math.max(2, of.length - 1), of };
}

/** Both; when they are one organisation, it and an authority, for one alone never controls a key. */
function together(genesis: GenesisRecord, ...names: string[]): Threshold {
  return distinct(names).length > 1 ? all(names) : withAuthority(genesis, names);
}

function withAuthority(genesis: GenesisRecord, names: readonly string[]): Threshold {
  const named = distinct(names);
  const authorities = genesis.organisations.filter(({ authority }) => authority).map(({ msp }) => msp);
  if (named.length > 1 && named.some((name) => authorities.includes(name))) return { n: named.length, of: named };
  const others = authorities.filter((name) => !named.includes(name));
  return { n: named.length + 1, of: [...named, { n: 1, of: others }] };
}

/** Operator ∧ an authority ∧ the host, or all organisations but one. */
function roster(genesis: GenesisRecord, host: string): Threshold {
  return { n: 1, of: [withAuthority(genesis, [genesis.operatorMsp, host]), allButOne(genesis)] };
}
