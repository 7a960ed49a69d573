import type { Block, Tx } from '@tallystick/ledger';
import { bundleKey, BundleSchema, ownCollection, parseRecordKey, RECORD_SCHEMAS } from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { CountedAlarms, type Alarms } from './alarms';
import { Batch } from './batch';
import { checkWritten, Case, Rosters, type Written } from './checks';
import { ChainBroken, checkpointStatement, type Checkpoint, readCheckpoint } from './checkpoint';
import { Mirror, RowCache, type Mirrored, type Opened } from './mirror';
import { acceptBundle } from './bundles';
import { idOfRef, refOf, refOfKey, type Ref } from './record-ref';
import { Sights } from './sights';
import { WriteAside } from './statement';
import { Places, type VerifiedBlocks } from './verified-blocks';

const VALID = 0;
/** So many transactions are written at a time. */
const SLICE = 400;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** What a batch of blocks did: where the projection stands now, and the things that changed. */
export interface Projected {
  height: bigint;
  changed: Ref[];
  /** Functions whose transactions had effect: `contract.fn`. */
  calls: ReadonlySet<string>;
  /** Records written, the measure of speed. */
  events: number;
}

/** Applies blocks to the tables of one organisation. One at a time; the state it keeps between batches only saves questions. */
export class Projector {
  private records = new RowCache<Mirrored>();
  private openings = new RowCache<Opened>();
  private rosters = new Rosters();

  constructor(
    readonly org: string,
    private readonly database: Database,
    private readonly alarms: Alarms,
    /** What passed every check before; without it every block is checked. */
    private readonly verified: VerifiedBlocks | null = null,
  ) {}

  /**
   * Applies blocks in order, in one database transaction with the checkpoint: all of them or none.
   * @throws ChainBroken when they do not follow on what was projected, by number and by hash
   */
  async apply(
    blocks: readonly Block[],
    alongside?: (manager: EntityManager, projected: Projected) => Promise<void>,
  ): Promise<Projected> {
    try {
      return await this.database.withSystem(async (manager) => {
        const checkpoint = await readCheckpoint(manager, this.org);
        const projected = await this.project(manager, checkpoint, blocks);
        await alongside?.(manager, projected);
        return projected;
      });
    } catch (error) {
      // What was kept may speak of rows that were rolled back.
      this.records = new RowCache();
      this.openings = new RowCache();
      this.rosters = new Rosters();
      throw error;
    }
  }

  /** Slice by slice: while one is written the next is read and checked. */
  private async project(manager: EntityManager, checkpoint: Checkpoint, blocks: readonly Block[]): Promise<Projected> {
    const places = this.verified && (await Places.of(this.verified, manager, this.org, blocks));
    const aside = new WriteAside(manager);
    const touched = new Set<Ref>();
    let [at, events] = [checkpoint, 0];
    try {
      for (const slice of slicesOf(blocks)) {
        const { mirror, batch, sights, at: next } = await this.read(slice, at, { aside, touched, places });
        at = next;
        events += batch.changes.length;
        await aside.begin(batch.statements(mirror, sights));
      }
      const found = this.verified?.statements(this.org, places?.found ?? []) ?? [];
      await aside.begin([...found, checkpointStatement(this.org, at)]);
    } finally {
      await aside.done();
    }
    return { height: at.height, changed: [...touched], calls: callsOf(blocks), events };
  }

  private async read(
    blocks: readonly Block[],
    from: Checkpoint,
    { aside, touched, places }: { aside: WriteAside; touched: Set<Ref>; places: Places | null },
  ) {
    const mirror = new Mirror(aside, this.org, this.records, this.openings);
    const batch = new Batch(this.org);
    const sights = new Sights(mirror);
    const work = { mirror, batch, sights, touched, alarms: new CountedAlarms(this.alarms), clean: false };
    const written = blocks.flatMap(writtenRefs);
    await mirror.preload(['Genesis', ...written]);
    await mirror.preloadOpenings(written.filter(isOpenable));
    let at = from;
    for (const block of blocks) {
      if (block.number !== at.height || block.previousHash !== at.hash) throw new ChainBroken(this.org, at, block);
      batch.blocks.push(block);
      work.clean = places?.isClean(block) ?? false;
      const before = work.alarms.raised;
      for (const [index, tx] of block.transactions.entries()) await this.transaction(work, block, index, tx);
      places?.read(block, work.alarms.raised === before);
      at = { height: block.number + 1n, hash: block.hash };
    }
    return { mirror, batch, sights, at };
  }

  private async transaction(work: Work, block: Block, index: number, tx: Tx): Promise<void> {
    const { mirror, batch, sights, touched, clean } = work;
    const at = { block: block.number, tx: index };
    const instructions = tx.writes
      .map(({ key }) => parseRecordKey(key))
      .filter((key) => key?.type === 'Instruction')
      .map((key) => key?.parts[0] ?? '');
    batch.transactions.push({ block: block.number, index, tx, instructions });
    if (tx.validationCode !== VALID) return;
    sights.moveTo(block.number, index);
    const { writes, unreadable, removed } = await readWrites(tx, mirror, clean);
    for (const ref of removed) mirror.remove(ref);
    if (clean) this.rosters.changed(writes);
    const reasons = clean ? BELIEVED : await this.check({ writes, unreadable }, work, block, index, tx);
    for (const { ref, type, record } of [...writes, ...unreadable]) {
      mirror.put(ref, type, record, at, reasons.get(ref) ?? null);
      touched.add(ref);
    }
    // Once all are there: a page leads to its order, an order to its certificate.
    for (const [idx, { ref }] of [...writes, ...unreadable].entries())
      batch.changes.push({ ...at, idx, ref, certificate: await certificateOf(ref, mirror) });
    for (const { ref, type, record } of writes) {
      await sights.afterRecord(ref);
      if (type === 'Clock') batch.clocks.push({ ...at, at: tx.timestamp, offsetMs: record.offsetMs });
    }
    for (const { key, value } of ownBundles(tx, this.org, clean)) {
      const own = tx.contract === 'deposit' ? [] : instructions;
      const opened = await acceptBundle({ key, value, at, own, clean }, work);
      for (const ref of opened) touched.add(ref);
    }
  }

  private async check(
    { writes, unreadable }: Pick<Read, 'writes' | 'unreadable'>,
    { mirror, alarms }: Work,
    block: Block,
    index: number,
    tx: Tx,
  ): Promise<ReadonlyMap<Ref, string>> {
    const reasons = new Map<Ref, string>(unreadable.map(({ ref }) => [ref, 'UNREADABLE']));
    const founding = writes.find((write) => write.type === 'Genesis')?.record;
    const genesis = (await mirror.record('Genesis')) ?? founding;
    for (const written of writes) {
      const reason =
        genesis === undefined
          ? 'NOT_ENDORSED'
          : await checkWritten(written, new Case(block, index, tx, writes, mirror, genesis), this.rosters);
      if (reason !== null) reasons.set(written.ref, reason);
    }
    for (const [ref, reason] of reasons) alarms.counterfeit(this.org, ref, reason, tx.txId);
    return reasons;
  }
}

interface Work {
  mirror: Mirror;
  batch: Batch;
  sights: Sights;
  touched: Set<Ref>;
  alarms: CountedAlarms;
  /** The block at hand passed every check before. */
  clean: boolean;
}

const BELIEVED: ReadonlyMap<Ref, string> = new Map();

interface Read {
  writes: Written[];
  unreadable: Written[];
  removed: Ref[];
}

/** The records that a transaction writes, parsed; keys of other kinds are none of ours. */
async function readWrites(tx: Tx, mirror: Mirror, clean: boolean): Promise<Read> {
  const read: Read = { writes: [], unreadable: [], removed: [] };
  for (const { key, value, isDelete } of tx.writes) {
    const named = refOfKey(key);
    if (named === null) continue;
    if (isDelete || value === null) {
      read.removed.push(named.ref);
      continue;
    }
    const { ref, type } = named;
    const before = await mirror.byRef(ref);
    const raw = parseJson(value);
    const parsed = clean ? { success: true, data: raw } : RECORD_SCHEMAS[type].safeParse(raw);
    if (parsed.success) read.writes.push({ ref, type, key, record: parsed.data, before } as Written);
    // Nobody reads a counterfeit record as one of its type.
    else read.unreadable.push({ ref, type, key, record: unreadable(value), before } as unknown as Written);
  }
  return read;
}

/** The first characters of what could not be read: shown to whoever looks into it, and never halting the database. */
const unreadable = (value: Uint8Array): { unreadable: string } => ({
  unreadable: Buffer.from(value).toString('latin1').slice(0, 2_000),
});

function parseJson(value: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(value));
  } catch {
    return null; // kept as unreadable
  }
}

/** Blocks in order, cut after each that makes a slice full. */
function slicesOf(blocks: readonly Block[]): Block[][] {
  const slices: Block[][] = [];
  let left = 0;
  for (const block of blocks) {
    if (left <= 0) {
      slices.push([]);
      left = SLICE;
    }
    slices.at(-1)?.push(block);
    left -= block.transactions.length;
  }
  return slices;
}

const callsOf = (blocks: readonly Block[]): Set<string> => {
  const valid = blocks.flatMap(({ transactions }) => transactions.filter((tx) => tx.validationCode === VALID));
  return new Set(valid.map(({ contract, fn }) => `${contract}.${fn}`));
};

const writtenRefs = (block: Block): Ref[] =>
  block.transactions
    .filter(({ validationCode }) => validationCode === VALID)
    .flatMap(({ writes }) => writes.map(({ key }) => refOfKey(key)?.ref ?? ''))
    .filter((ref) => ref !== '');

const OPENABLE = ['Line', 'Certificate', 'Occupancy', 'Holding', 'Order', 'Invitation', 'Quote', 'Page'];
const isOpenable = (ref: Ref): boolean => OPENABLE.includes(ref.split('/')[0] ?? '');

/** The bundles that a transaction put into this organisation's own collection. */
function ownBundles(tx: Tx, org: string, clean: boolean): { key: string; value: unknown }[] {
  const prefix = bundleKey('').slice(0, -1);
  return tx.privateWrites
    .filter(
      ({ collection, key, value }) => collection === ownCollection(org) && key.startsWith(prefix) && value !== null,
    )
    .map(({ key, value }) => {
      const raw = parseJson(value ?? new Uint8Array());
      return { key, value: clean ? raw : (BundleSchema.safeParse(raw).data ?? null) };
    });
}

/** The certificate that a record belongs to, so that its history is one index look-up. */
async function certificateOf(ref: Ref, mirror: Mirror): Promise<string | null> {
  if (ref.startsWith('Instruction/')) return null;
  const found = await mirror.byRef(ref);
  if (found === null) return null;
  const { type, scope } = found;
  if (type === 'Certificate') return idOfRef(ref);
  if (type === 'Holding' || type === 'Order') return scope;
  if (scope === null || !['Invitation', 'Quote', 'Agreement', 'Page'].includes(type)) return null;
  return (await mirror.byRef(refOf('Order', scope)))?.scope ?? null;
}
