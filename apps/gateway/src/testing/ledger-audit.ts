import { ALL, Image, OPERATOR, type Consortium } from '@tallystick/chaincode/testing';
import { canonicalJson } from '@tallystick/crypto';
import { ValidationCodes, type Block, type Tx } from '@tallystick/ledger';
import { parseRecordKey, recordKey } from '@tallystick/protocol';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PassingWriter } from './passing-writers';

const PATIENCE = 60_000;

/** What one organisation's peer tells, block by block. */
class Reading {
  readonly image = new Image();
  /** How many transactions applied each instruction. */
  readonly applied = new Map<string, number>();
  readonly chain: string[] = [];

  constructor(private readonly mspId: string) {}

  /** @returns keys of the records that were written */
  take(block: Block): string[] {
    if (block.number !== BigInt(this.chain.length) || (block.number > 0n && block.previousHash !== this.chain.at(-1)))
      throw new Error(`${this.mspId}: block ${String(block.number)} does not follow`);
    this.chain.push(block.hash);
    // Of another chaincode on the channel a block shows neither arguments nor writes.
    const isOurs = ({ validationCode, args, writes }: Tx): boolean =>
      validationCode === ValidationCodes.valid && args.length + writes.length > 0;
    const changes = block.transactions.filter(isOurs).flatMap((tx) => this.image.apply(tx));
    for (const { type, key } of changes) {
      const id = parseRecordKey(key)?.parts[0] ?? '';
      if (type === 'Instruction') this.applied.set(id, (this.applied.get(id) ?? 0) + 1);
    }
    return changes.map(({ key }) => key);
  }
}

/** Holds what all organisations' peers tell against what writers were told. */
export class LedgerAudit {
  private readonly readings = new Map<string, Reading>();
  private readonly opened = new Set<string>();

  constructor(private readonly consortium: Consortium) {}

  /** What an organisation told before is forgotten: its peer begins anew. */
  forget(mspId: string): void {
    this.readings.delete(mspId);
  }

  /**
   * Nothing is lost, doubled or half done, and nobody has another ledger than the others.
   * @returns the faults found
   */
  async faults(writers: readonly PassingWriter[]): Promise<string[]> {
    const height = await this.level();
    const found: string[] = [];
    const written = new Set<string>();
    for (const msp of ALL) for (const key of await this.read(msp, height)) written.add(key);
    const [first, ...others] = ALL.map((msp) => this.reading(msp));
    if (first === undefined) throw new Error('nobody to ask');
    for (const { chain, image } of others) {
      if (canonicalJson(chain) !== canonicalJson(first.chain)) found.push('peers have different chains');
      const differs = first.image.keys.filter(
        (key) => canonicalJson(image.at(key)) !== canonicalJson(first.image.at(key)),
      );
      found.push(...differs.map((key) => `peers’ blocks tell different records ${key}`));
    }
    found.push(...writers.flatMap((writer) => passedFaults(writer, first)), ...halfDone(writers, first.image));
    return [...found, ...(await this.missing(writers)), ...(await this.stateFaults([...written], first.image))];
  }

  private reading(msp: string): Reading {
    const reading = this.readings.get(msp) ?? new Reading(msp);
    this.readings.set(msp, reading);
    return reading;
  }

  private async read(msp: string, height: bigint): Promise<string[]> {
    const reading = this.reading(msp);
    const keys: string[] = [];
    for (let next = BigInt(reading.chain.length); next < height; next += 1n) {
      const block = await this.consortium.network.ledgerFor(msp).block(next);
      if (block === null) throw new Error(`${msp} has no block ${String(next)} of ${String(height)}`);
      keys.push(...reading.take(block));
    }
    return keys;
  }

  /** Until all peers have come equally far. */
  private async level(): Promise<bigint> {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const heights = await Promise.all(
        ALL.map((msp) =>
          this.consortium.network
            .ledgerFor(msp)
            .height()
            .catch(() => -1n),
        ),
      );
      if (new Set(heights).size === 1 && heights[0] !== -1n) return heights[0]!;
      if (performance.now() >= deadline) throw new Error(`peers stay at ${heights.join(', ')}`);
      await sleep(100);
    }
  }

  /** Owners' own host has the openings of every transfer, for nobody else knows that it lacks them. */
  private async missing(writers: readonly PassingWriter[]): Promise<string[]> {
    const keys = writers
      .flatMap(({ passed }) => passed.flatMap((each) => each.keys))
      .filter((key) => !this.opened.has(key));
    const found = await Promise.all(
      keys.map((key) =>
        this.consortium.bundle(OPERATOR, key).then(
          () => [],
          (error: unknown) => [`${OPERATOR} has no openings of ${key}: ${String(error)}`],
        ),
      ),
    );
    for (const key of keys) this.opened.add(key);
    return found.flat();
  }

  /** What claims are worth is asked at each peer itself: its state is what the blocks tell. */
  private async stateFaults(written: readonly string[], image: Image): Promise<string[]> {
    const holdings = image
      .all('Holding')
      .filter(({ id, status }) => status !== 'consumed' && written.includes(recordKey('Holding', id)));
    const found: string[] = [];
    // One record at a time, at all peers at once: a peer asked for hundreds at once would be late with its answers.
    for (const { id } of holdings) {
      const query = { contract: 'network', fn: 'record', args: [recordKey('Holding', id)] };
      const texts = await Promise.all(ALL.map((msp) => this.consortium.network.ledgerFor(msp).evaluate(query)));
      const expected = canonicalJson(image.get('Holding', id));
      found.push(
        ...ALL.filter((_, index) => texts[index] !== expected).map((msp) => `${msp} has another state of ${id}`),
      );
    }
    return found;
  }
}

/** What a writer was told, and the ledger does not bear out. */
function passedFaults({ held, passed }: PassingWriter, { image, applied }: Reading): string[] {
  const found: string[] = [];
  for (const { order, keys } of passed) {
    const times = keys.map((key) => applied.get(key) ?? 0);
    if (times.some((count) => count !== 1)) found.push(`transfer ${order} was applied ${times.join(' and ')} times`);
    if (image.get('Order', order)?.state !== 'accepted') found.push(`transfer ${order} is not accepted`);
  }
  const id = held.certificate.certificate;
  const promise = image.get('Certificate', id)?.public;
  const kept = image.all('Holding').filter(({ certificate, status }) => certificate === id && status !== 'consumed');
  const expected = [held.holding, ...passed.map(({ given }) => given)].map(({ holding }) => holding).sort();
  if (canonicalJson(kept.map((each) => each.id).sort()) !== canonicalJson(expected))
    found.push(`${id} is held otherwise`);
  let at = promise?.lo;
  for (const _ of kept) at = kept.find(({ lo }) => lo === at)?.hi;
  if (at === undefined || at !== promise?.hi) found.push(`the cuts of ${id} leave a gap or overlap`);
  return found;
}

/** Transfers that nobody was told of, pieces still locked. */
function halfDone(writers: readonly PassingWriter[], image: Image): string[] {
  const known = new Set(writers.flatMap(({ passed }) => passed.map(({ order }) => order)));
  const orders = image.all('Order').filter(({ id, kind }) => kind === 'transfer' && !known.has(id));
  const locked = image.all('Holding').filter(({ status, lock }) => status !== 'consumed' && lock !== null);
  return [...orders.map(({ id }) => `nobody knows of transfer ${id}`), ...locked.map(({ id }) => `${id} is locked`)];
}
