import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { Ledger } from '@tallystick/ledger';
import { verifyPaymentOpening, type PaymentOpening, type RecordType } from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database';
import { Alarms } from './alarms';
import { seenHeight } from './checkpoint';
import { LEDGERS, type Ledgers } from './ledger-access';
import { Mirror, RowCache } from './mirror';
import { opens } from './openings';
import { ledgerKeyOf, type Ref } from './record-ref';
import { Sights } from './sights';

/** One row that is not what the ledger says. */
export interface Difference {
  ref: Ref;
  what: 'RECORD_DIFFERS' | 'RECORD_NOT_ON_LEDGER' | 'OPENING_DIFFERS' | 'SIGHT_MISSING' | 'SIGHT_NOT_DERIVED';
}

export interface Reconciliation {
  org: string;
  /** Blocks in the read model when it was compared. */
  height: bigint;
  records: number;
  openings: number;
  sights: number;
  differences: Difference[];
}

const PAGE = 500;
const AT_ONCE = 16;

/** Compares the read model with the ledger, row by row, and what was derived with a fresh derivation. */
@Injectable()
export class ReconciliationService {
  constructor(
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    private readonly database: Database,
    private readonly alarms: Alarms,
  ) {}

  /** Compares the rows of one moment while the projection goes on; what newer blocks changed is no difference. */
  async reconcile(org: string): Promise<Reconciliation> {
    const ledger = this.ledgers.of(org);
    const found = await this.database.withSnapshot(async (manager) => {
      const height = await seenHeight(manager, org);
      const differences: Difference[] = [];
      const records = await eachPage(manager, org, 'record', async (rows) => {
        differences.push(...(await compareRecords(ledger, manager, org, rows, height)));
      });
      const openings = await eachPage(manager, org, 'opening', async (rows) => {
        differences.push(...(await compareOpenings(manager, org, rows)));
      });
      const { count, wrong } = await compareSights(manager, org);
      return { org, height, records, openings, sights: count, differences: [...differences, ...wrong] };
    });
    for (const { ref, what } of found.differences) this.alarms.difference(org, ref, what);
    return found;
  }
}

interface Row {
  ref: Ref;
  type: string;
  body: unknown;
  block: string;
  /** Of a record: why it is not believed. An unreadable one is kept as text, so there is nothing to compare. */
  counterfeit?: string | null;
}

async function eachPage(
  manager: EntityManager,
  org: string,
  table: 'record' | 'opening',
  work: (rows: Row[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  let after = '';
  for (;;) {
    const rows: Row[] = await manager.query(
      `SELECT ref, type, body, block${table === 'record' ? ', counterfeit' : ''} FROM ${table}
       WHERE org = $1 AND ref > $2 ORDER BY ref LIMIT ${String(PAGE)}`,
      [org, after],
    );
    if (rows.length === 0) return count;
    await work(rows);
    count += rows.length;
    after = rows.at(-1)?.ref ?? '';
  }
}

async function compareRecords(
  ledger: Ledger,
  manager: EntityManager,
  org: string,
  rows: Row[],
  height: bigint,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const part = rows.slice(from, from + AT_ONCE);
    const texts = await Promise.all(part.map(({ ref }) => onLedger(ledger, ref, height)));
    for (const [index, { ref, body, counterfeit }] of part.entries()) {
      const text = texts[index] ?? null;
      if (counterfeit === 'UNREADABLE') continue;
      if (text === null) differences.push({ ref, what: 'RECORD_NOT_ON_LEDGER' });
      else if (!isDeepStrictEqual(JSON.parse(text), body) && !(await changedSince(ledger, ref, height)))
        differences.push({ ref, what: 'RECORD_DIFFERS' });
    }
  }
  return differences;
}

async function onLedger(ledger: Ledger, ref: Ref, height: bigint): Promise<string | null> {
  const afterBlock = height === 0n ? undefined : height - 1n;
  const text = await ledger
    .evaluate({
      contract: 'network',
      fn: 'record',
      args: [ledgerKeyOf(ref)],
      ...(afterBlock !== undefined && { afterBlock }),
    })
    .catch((error: unknown) => {
      if ((error as { refusal?: { code?: string } }).refusal?.code === 'RECORD_NOT_FOUND') return null;
      throw error;
    });
  return text === null || text === 'null' || text === '' ? null : text;
}

/** Whether a block that the projection has not read yet wrote the record: then the two are not of one moment. */
async function changedSince(ledger: Ledger, ref: Ref, height: bigint): Promise<boolean> {
  const key = ledgerKeyOf(ref);
  const now = await ledger.height();
  for (let number = height; number < now; number += 1n) {
    const block = await ledger.block(number);
    if (
      block?.transactions.some((tx) => tx.validationCode === 0 && tx.writes.some((write) => write.key === key)) === true
    )
      return true;
  }
  return false;
}

/** An opening fits its record, unless a later change of the record was not opened to us. */
async function compareOpenings(manager: EntityManager, org: string, rows: Row[]): Promise<Difference[]> {
  const mirror = new Mirror(manager, org, new RowCache(), new RowCache());
  const differences: Difference[] = [];
  for (const { ref, type, body, block } of rows) {
    if (type === 'Payment') {
      if (!(await opensPayment(body as PaymentOpening, mirror))) differences.push({ ref, what: 'OPENING_DIFFERS' });
      continue;
    }
    const record = await mirror.byRef(ref);
    const sameAge = record !== null && record.block <= BigInt(block);
    if (record === null || (sameAge && !(await opens({ ref, type: type as RecordType, body }, mirror))))
      differences.push({ ref, what: 'OPENING_DIFFERS' });
  }
  return differences;
}

async function opensPayment(body: PaymentOpening, mirror: Mirror): Promise<boolean> {
  const page = await mirror.record('Page', body.order, String(body.page));
  return page !== null && verifyPaymentOpening(page, body);
}

/** Derives all sights anew from records and openings, and compares members and capacities. */
async function compareSights(manager: EntityManager, org: string): Promise<{ count: number; wrong: Difference[] }> {
  const sights = new Sights(new Mirror(manager, org, new RowCache(), new RowCache()));
  await eachPage(manager, org, 'record', async (rows) => {
    for (const { ref } of rows) await sights.afterRecord(ref);
  });
  await eachPage(manager, org, 'opening', async (rows) => {
    for (const { ref, type, body } of rows) if (type !== 'Payment') await sights.afterOpening(ref, type, body);
  });
  const rows: { member: string; ref: Ref; roles: string[] }[] = await manager.query(
    'SELECT member, ref, roles FROM sight WHERE org = $1',
    [org],
  );
  const stored = new Map(rows.map(({ member, ref, roles }) => [`${member} ${ref}`, roles]));
  const missing = [...sights.given]
    .filter(([key, { roles }]) => [...roles].some((role) => stored.get(key)?.includes(role) !== true))
    .map(([, { ref }]): Difference => ({ ref, what: 'SIGHT_MISSING' }));
  const foreign = rows
    .filter(({ member, ref, roles }) => {
      const derived = sights.given.get(`${member} ${ref}`);
      // A capacity that the order of events gave once (a piece was locked for a receiver) is not derived from the end alone.
      return derived === undefined && roles.length > 0;
    })
    .map(({ ref }): Difference => ({ ref, what: 'SIGHT_NOT_DERIVED' }));
  return { count: rows.length, wrong: [...missing, ...foreign] };
}
