import type { RulePack } from '@tallystick/domain';
import type { PartyRef, RecordOf, RecordType } from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../auth/caller';
import type { ToBusinessTime } from '../operations/business-clock';
import type { Facts } from '../operations/network-facts';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { idOfRef, refOf, type Ref } from '../projection/record-ref';
import type { SightRole } from '../projection/sights';
import type { OpeningState } from './shapes';

/** A record that the caller's member may see, with its clear values as far as the organisation holds them. */
export interface Seen<T extends RecordType = RecordType, O = unknown> {
  ref: Ref;
  id: string;
  roles: SightRole[];
  sort: string;
  fen: bigint | null;
  record: RecordOf<T>;
  opening: O | null;
  /** The instruction behind it was verified. */
  proved: boolean;
  counterfeit: string | null;
  block: bigint;
  tx: number;
}

/** What to list: SQL conditions over `s` (sight), `r` (record), `o` (opening); parameters as `?`. */
export interface Filter {
  where: string[];
  values: unknown[];
}

export interface Page {
  /** Names list and filters, so that a cursor is not used on another one. */
  name: string;
  limit: number;
  cursor?: string | undefined;
  descending?: boolean;
}

interface Row {
  ref: Ref;
  roles: SightRole[];
  sort: string;
  fen: string | null;
  record: RecordOf<RecordType>;
  opening: unknown;
  proved: boolean | null;
  counterfeit: string | null;
  block: string;
  tx: number;
}

const COLUMNS = `s.ref, s.roles, s.sort, s.fen, r.body AS record, r.counterfeit, r.block, r.tx, o.body AS opening, o.proved`;
const FROM = `FROM sight s JOIN record r ON r.org = s.org AND r.ref = s.ref LEFT JOIN opening o ON o.org = s.org AND o.ref = s.ref`;

/** The ledger as one member sees it, within one database transaction; row-level security stands behind every query. */
export class View {
  constructor(
    readonly manager: EntityManager,
    readonly caller: Caller,
    readonly facts: Facts,
    private readonly pinned: (id: string) => Promise<RulePack>,
    /** Business time of an earlier moment of real time. */
    readonly business: ToBusinessTime,
  ) {}

  get now(): string {
    return this.facts.now;
  }

  /** The rules a certificate pinned, with calendar years published since. */
  rulesOf(certificate: RecordOf<'Certificate'>): Promise<RulePack> {
    return this.pinned(certificate.public.rulePack);
  }

  /** @throws ProblemError NOT_FOUND, also for what exists but is not the caller's to see */
  async one<T extends RecordType, O>(type: T, ...parts: string[]): Promise<Seen<T, O>> {
    const found = await this.find<T, O>(type, ...parts);
    if (found === null) throw new ProblemError('NOT_FOUND');
    return found;
  }

  async find<T extends RecordType, O>(type: T, ...parts: string[]): Promise<Seen<T, O> | null> {
    const [row] = await this.select<T, O>(type, { where: ['s.ref = ?'], values: [refOf(type, ...parts)] }, 'LIMIT 1');
    return row ?? null;
  }

  /** Those of the records named that the caller may see. */
  async those<T extends RecordType, O>(type: T, ids: readonly string[]): Promise<Map<string, Seen<T, O>>> {
    if (ids.length === 0) return new Map();
    const refs = [...new Set(ids)].map((id) => refOf(type, id));
    const rows = await this.select<T, O>(type, { where: ['s.ref = ANY(?)'], values: [refs] });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Everything of a type under one certificate, order or line. */
  within<T extends RecordType, O>(type: T, scope: string): Promise<Seen<T, O>[]> {
    return this.select<T, O>(type, { where: ['s.scope = ?'], values: [scope] }, 'ORDER BY s.sort, s.ref');
  }

  /** All that match, for totals; bounded by `most`. */
  all<T extends RecordType, O>(type: T, filter: Filter, most = 10_000): Promise<Seen<T, O>[]> {
    return this.select<T, O>(type, filter, `ORDER BY s.sort, s.ref LIMIT ${String(most)}`);
  }

  /** One page in the list's order. */
  async page<T extends RecordType, O>(
    type: T,
    filter: Filter,
    { name, limit, cursor, descending = false }: Page,
  ): Promise<{ rows: Seen<T, O>[]; nextCursor: string | null }> {
    const where = [...filter.where];
    const values = [...filter.values];
    if (cursor !== undefined) {
      where.push(`(s.sort, s.ref) ${descending ? '<' : '>'} (?, ?)`);
      values.push(...decodeCursor(name, cursor, 2));
    }
    const direction = descending ? 'DESC' : 'ASC';
    const order = `ORDER BY s.sort ${direction}, s.ref ${direction} LIMIT ${String(limit + 1)}`;
    const found = await this.select<T, O>(type, { where, values }, order);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const more = found.length > limit && last !== undefined;
    return { rows, nextCursor: more ? encodeCursor(name, [last.sort, last.ref]) : null };
  }

  /** Public records, whoever may see more of them; those not believed are left out. */
  async records<T extends RecordType>(type: T, ids: readonly string[]): Promise<Map<string, RecordOf<T>>> {
    if (ids.length === 0) return new Map();
    const rows: { ref: Ref; body: RecordOf<T> }[] = await this.manager.query(
      'SELECT ref, body FROM record WHERE org = $1 AND ref = ANY($2) AND counterfeit IS NULL',
      [this.caller.org, [...new Set(ids)].map((id) => refOf(type, id))],
    );
    return new Map(rows.map(({ ref, body }) => [idOfRef(ref), body]));
  }

  /** Names of members; one that the registry does not know is shown by its code. */
  async parties(ids: readonly (string | null | undefined)[]): Promise<(id: string) => PartyRef> {
    const members = await this.records(
      'Member',
      ids.filter((id): id is string => typeof id === 'string'),
    );
    return (id) => {
      const member = members.get(id);
      return { id, name: member?.name ?? id, nameEn: member?.nameEn ?? id };
    };
  }

  private async select<T extends RecordType, O>(type: T, { where, values }: Filter, tail = ''): Promise<Seen<T, O>[]> {
    const { org, member } = this.caller;
    const parameters = [org, member, type, ...values];
    let next = 4;
    const conditions = where.map((condition) => condition.replace(/\?/g, () => `$${String(next++)}`));
    const sql = `SELECT ${COLUMNS} ${FROM} WHERE ${['s.org = $1', 's.member = $2', 's.type = $3', ...conditions].join(' AND ')} ${tail}`;
    const rows: Row[] = await this.manager.query(sql, parameters);
    return rows.map(
      ({ ref, fen, block, proved, ...row }) =>
        ({
          ...row,
          ref,
          id: idOfRef(ref),
          fen: fen === null ? null : BigInt(fen),
          block: BigInt(block),
          proved: proved === true,
        }) as Seen<T, O>,
    );
  }
}

/** Whether clear values stand for the record's present state: `fits` compares them with its commitments. */
export function openingState<O>(opening: O | null, fits: (opening: O) => boolean): OpeningState {
  if (opening === null) return 'missing';
  return fits(opening) ? 'present' : 'stale';
}
