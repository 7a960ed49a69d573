import type { RecordOf, RecordType } from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import { refOf, scopeOf, type Ref } from './record-ref';

/** A record of the channel state as mirrored, with the transaction that wrote it last. */
export type Mirrored<T extends RecordType = RecordType> = {
  [K in T]: {
    ref: Ref;
    type: K;
    scope: string | null;
    record: RecordOf<K>;
    block: bigint;
    tx: number;
    /** Why an honest reader does not believe it, or null. */
    counterfeit: string | null;
  };
}[T];

/** Clear values of a record, or what is derived of them, as an organisation holds them. */
export interface Opened {
  ref: Ref;
  type: string;
  body: unknown;
  /** The signed instruction that made the record was seen and verified. */
  proved: boolean;
  block: bigint;
  tx: number;
}

/** Most rows in each of the two generations kept between batches. */
const MOST_KEPT = 30_000;

/**
 * Rows known between batches, null for what is known not to exist. Thrown away whenever a batch fails. What was not asked for while
 * a whole generation filled goes: cheaper than an order of last use, kept for every reading.
 */
export class RowCache<Row> {
  private young = new Map<Ref, Row | null>();
  private old = new Map<Ref, Row | null>();

  get(ref: Ref): Row | null | undefined {
    const row = this.young.get(ref);
    if (row !== undefined) return row;
    const kept = this.old.get(ref);
    if (kept !== undefined) this.set(ref, kept);
    return kept;
  }

  set(ref: Ref, row: Row | null): void {
    this.young.set(ref, row);
    if (this.young.size < MOST_KEPT) return;
    this.old = this.young;
    this.young = new Map();
  }
}

/** One organisation's mirror as a batch of blocks changes it; `changed` is written at the end of the batch. */
export class Mirror {
  readonly changed = new Map<Ref, Mirrored>();
  readonly opened = new Map<Ref, Opened>();
  readonly removed = new Set<Ref>();

  constructor(
    private readonly manager: Pick<EntityManager, 'query'>,
    readonly org: string,
    private readonly records: RowCache<Mirrored>,
    private readonly openings: RowCache<Opened>,
  ) {}

  find<T extends RecordType>(type: T, ...parts: string[]): Promise<Mirrored<T> | null> {
    return this.byRef(refOf(type, ...parts)) as Promise<Mirrored<T> | null>;
  }

  /** The record as it stood before this transaction, if it is believed: nothing is checked against a counterfeit one. */
  record<T extends RecordType>(type: T, ...parts: string[]): Promise<RecordOf<T> | null> {
    const ref = refOf(type, ...parts);
    const known = this.known(ref);
    if (known !== undefined) return Promise.resolve(believed(known) as RecordOf<T> | null);
    return this.byRef(ref).then((found) => believed(found) as RecordOf<T> | null);
  }

  // Nearly every question is answered from memory, thousands in a batch: not one promise more than needed.
  byRef(ref: Ref): Promise<Mirrored | null> {
    const known = this.known(ref);
    if (known !== undefined) return Promise.resolve(known);
    return this.preload([ref]).then(() => this.records.get(ref) ?? null);
  }

  private known(ref: Ref): Mirrored | null | undefined {
    return this.changed.get(ref) ?? this.records.get(ref);
  }

  /** Fetches many records at once, so that a batch asks once and not for each. */
  async preload(refs: readonly Ref[]): Promise<void> {
    const unknown = [...new Set(refs)].filter((ref) => this.records.get(ref) === undefined && !this.changed.has(ref));
    if (unknown.length === 0) return;
    const rows: MirrorRow[] = await this.manager.query(
      `SELECT ref, type, scope, body, block, tx, counterfeit FROM record WHERE org = $1 AND ref = ANY($2)`,
      [this.org, unknown],
    );
    for (const ref of unknown) this.records.set(ref, null);
    for (const row of rows) this.records.set(row.ref, mirroredOf(row));
  }

  /** Every believed record of a type under one scope, those of this batch included. */
  async within<T extends RecordType>(type: T, scope: string): Promise<Mirrored<T>[]> {
    const rows: MirrorRow[] = await this.manager.query(
      `SELECT ref, type, scope, body, block, tx, counterfeit FROM record WHERE org = $1 AND type = $2 AND scope = $3`,
      [this.org, type, scope],
    );
    const all = new Map(rows.map((row) => [row.ref, mirroredOf(row)]));
    for (const each of this.changed.values()) if (each.type === type && each.scope === scope) all.set(each.ref, each);
    return [...all.values()].filter(({ counterfeit }) => counterfeit === null) as Mirrored<T>[];
  }

  put<T extends RecordType>(
    ref: Ref,
    type: T,
    record: RecordOf<T>,
    at: { block: bigint; tx: number },
    counterfeit: string | null,
  ): void {
    const scope = counterfeit === 'UNREADABLE' ? null : scopeOf(type, record);
    const row = { ref, type, scope, record, ...at, counterfeit } as Mirrored;
    this.changed.set(ref, row);
    this.records.set(ref, row);
    this.removed.delete(ref);
  }

  remove(ref: Ref): void {
    this.changed.delete(ref);
    this.records.set(ref, null);
    this.removed.add(ref);
  }

  opening<T>(ref: Ref): Promise<(Opened & { body: T }) | null> {
    const known = this.opened.get(ref) ?? this.openings.get(ref);
    const found =
      known === undefined
        ? this.preloadOpenings([ref]).then(() => this.openings.get(ref) ?? null)
        : Promise.resolve(known);
    return found as Promise<(Opened & { body: T }) | null>;
  }

  /** As {@link preload}, for openings. */
  async preloadOpenings(refs: readonly Ref[]): Promise<void> {
    const unknown = [...new Set(refs)].filter((ref) => this.openings.get(ref) === undefined && !this.opened.has(ref));
    if (unknown.length === 0) return;
    const rows: (Omit<Opened, 'block'> & { block: string })[] = await this.manager.query(
      `SELECT ref, type, body, proved, block, tx FROM opening WHERE org = $1 AND ref = ANY($2)`,
      [this.org, unknown],
    );
    for (const ref of unknown) this.openings.set(ref, null);
    for (const row of rows) this.openings.set(row.ref, { ...row, block: BigInt(row.block) });
  }

  putOpening(opened: Opened): void {
    this.opened.set(opened.ref, opened);
    this.openings.set(opened.ref, opened);
  }
}

const believed = (found: Mirrored | null): RecordOf<RecordType> | null =>
  found === null || found.counterfeit !== null ? null : found.record;

interface MirrorRow {
  ref: Ref;
  type: RecordType;
  scope: string | null;
  body: RecordOf<RecordType>;
  block: string;
  tx: number;
  counterfeit: string | null;
}

function mirroredOf({ body, block, ...row }: MirrorRow): Mirrored {
  return { ...row, record: body, block: BigInt(block) } as Mirrored;
}
