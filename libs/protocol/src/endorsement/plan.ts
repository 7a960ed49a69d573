import { readersOf, valueOrganisations, type Parties } from './parties';

/** Who is asked to endorse a call, and into whose collections it writes its openings. */
export interface EndorsementPlan {
  endorsers: string[];
  readers: string[];
}

/** What the plan has to know of the network: authorities (banks), everyone, and who does not answer now. */
export interface NetworkView {
  organisations: string[];
  authorities: string[];
  down: ReadonlySet<string>;
}

/** Thrown when no set of living organisations satisfies the policies. */
export class EndorsersUnavailable extends Error {
  constructor(readonly missing: string[]) {
    super(`not enough organisations answer: ${missing.join(', ')}`);
  }
}

const distinct = (list: string[]): string[] => [...new Set(list)].sort();

/**
 * † rows of the table in `ledger.md` §3.2: the readers that answer; filled to two organisations of P with an authority among them, first by
 * the owner's host, then by the stand-in (which then sees this one: an accepted leak). `readers` may hold more than the certificate's readers
 * (a bank that is paid out), all of which must be up.
 * @throws EndorsersUnavailable
 */
export function planValueCall(parties: Parties, network: NetworkView, also: string[] = []): EndorsementPlan {
  const up = (msp: string): boolean => !network.down.has(msp);
  const missing = also.filter((msp) => !up(msp));
  if (missing.length > 0) throw new EndorsersUnavailable(missing);
  const wanted = distinct([...readersOf(parties), ...also]);
  const chosen = wanted.filter(up);
  const satisfied = (): boolean =>
    chosen.filter((msp) => valueOrganisations(parties).includes(msp)).length >= 2 &&
    chosen.some((msp) => network.authorities.includes(msp));
  for (const filler of [parties.host, parties.standIn]) {
    if (!satisfied() && up(filler) && !chosen.includes(filler)) chosen.push(filler);
  }
  if (!satisfied()) throw new EndorsersUnavailable(wanted.filter((msp) => !up(msp)));
  return { endorsers: distinct(chosen), readers: distinct(chosen) };
}

/**
 * Calls whose every endorser is needed (line, invitation, quote, agreement): all of `organisations` must answer and all read. Where owner
 * and bank share one host, an authority stands beside it, for one organisation alone never controls a key.
 * @throws EndorsersUnavailable
 */
export function planFixedCall(organisations: string[], network: NetworkView): EndorsementPlan {
  const readers = allUp(organisations, network);
  const [only, another] = readers;
  const others = network.authorities.filter((msp) => msp !== only);
  const endorsers = another === undefined ? [...readers, firstUp(others, network)] : readers;
  return { endorsers: withAuthority(endorsers, network), readers };
}

/** Public records (members, rule packs, standing): no readers; the organisations named, plus what the chaincode policy still lacks. */
export function planPublicCall(organisations: string[], network: NetworkView): EndorsementPlan {
  return { endorsers: withAuthority(allUp(organisations, network), network), readers: [] };
}

/** Each of them once. @throws EndorsersUnavailable naming those that do not answer */
function allUp(organisations: string[], { down }: NetworkView): string[] {
  const all = distinct(organisations);
  const missing = all.filter((msp) => down.has(msp));
  if (missing.length > 0) throw new EndorsersUnavailable(missing);
  return all;
}

function firstUp(candidates: string[], { down }: NetworkView): string {
  const found = candidates.find((msp) => !down.has(msp));
  if (found === undefined) throw new EndorsersUnavailable(candidates);
  return found;
}

/** Chaincode policy: one authority organisation and one other. */
function withAuthority(endorsers: string[], network: NetworkView): string[] {
  const chosen = [...endorsers];
  const others = (candidates: string[]): string[] => candidates.filter((msp) => !chosen.includes(msp));
  if (!chosen.some((msp) => network.authorities.includes(msp))) {
    chosen.push(firstUp(others(network.authorities), network));
  }
  if (chosen.length < 2) chosen.push(firstUp(others(network.organisations), network));
  return distinct(chosen);
}

/**
 * A piece moves to an owner on another host: the new owner's host, issuer and witness read it and, as far as they answer, endorse. What
 * is consumed is guarded by P of the old owner, so that set is filled up, first by the old owner's host, then by the stand-in.
 * @throws EndorsersUnavailable also when the new owner's own host does not answer: nobody accepts what it cannot read
 */
export function planMove(from: Parties, toHost: string, network: NetworkView): EndorsementPlan {
  return fillUp({ ...from, host: toHost }, from, [toHost], network);
}

/**
 * The paying bank's acts on a certificate: issuer and witness read, and endorse as far as they answer; the stand-in fills up. Holders'
 * hosts are not asked, for every endorser sees all holdings of the page.
 * @throws EndorsersUnavailable
 */
export function planPayment(parties: Parties, network: NetworkView): EndorsementPlan {
  const { issuerOrg, witness, standIn } = parties;
  // Without the host: what is guarded are many holders' pieces, and only these three stand in the P of each.
  const common = { host: witness, issuerOrg, witness, standIn };
  return fillUp(common, common, [], network);
}

function fillUp(readers: Parties, guard: Parties, needed: string[], network: NetworkView): EndorsementPlan {
  const up = (msp: string): boolean => !network.down.has(msp);
  const missing = needed.filter((msp) => !up(msp));
  if (missing.length > 0) throw new EndorsersUnavailable(missing);
  const wanted = readersOf(readers);
  const chosen = wanted.filter(up);
  const reading = [...chosen];
  const satisfied = (): boolean =>
    chosen.filter((msp) => valueOrganisations(guard).includes(msp)).length >= 2 &&
    chosen.some((msp) => network.authorities.includes(msp));
  for (const filler of [guard.host, guard.standIn]) {
    if (!satisfied() && up(filler) && !chosen.includes(filler)) {
      chosen.push(filler);
      // The stand-in keeps what it had to see; the old owner's host has no right to the new owner's copy.
      if (filler === guard.standIn) reading.push(filler);
    }
  }
  if (!satisfied()) throw new EndorsersUnavailable(wanted.filter((msp) => !up(msp)));
  return { endorsers: distinct(chosen), readers: distinct(reading) };
}

/** What all organisations but one must endorse (rule packs): everyone who answers. @throws EndorsersUnavailable */
export function planEveryone(network: NetworkView): EndorsementPlan {
  const endorsers = distinct(network.organisations.filter((msp) => !network.down.has(msp)));
  if (endorsers.length < Math.max(2, network.organisations.length - 1)) {
    throw new EndorsersUnavailable(network.organisations.filter((msp) => network.down.has(msp)));
  }
  return { endorsers, readers: [] };
}
