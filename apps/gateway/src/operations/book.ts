import { Injectable } from '@nestjs/common';
import type {
  Behind,
  CertificateOpening,
  HoldingOpening,
  HoldingRecord,
  InvitationOpening,
  LineOpening,
  OccupancyOpening,
  PageOpening,
  QuoteOpening,
  RecordOf,
  RecordType,
  SettlementOpening,
  TransferOpening,
} from '@tallystick/protocol';
import { Database, type MemberScope } from '../database/database';
import { RefusedError } from '../problem/problem.error';
import { ProjectionService } from '../projection/projection.service';
import { SettledRecords } from './settled-records';

/** The opening that belongs to each type of record. */
export interface OpeningOf {
  Line: LineOpening;
  Certificate: CertificateOpening;
  Occupancy: OccupancyOpening;
  Holding: HoldingOpening;
  Order: TransferOpening | SettlementOpening;
  Invitation: InvitationOpening;
  Quote: QuoteOpening;
  Page: PageOpening;
}
export type Openable = keyof OpeningOf;

/** A public record as the projection keeps it. */
interface Found {
  body: unknown;
  counterfeit: string | null;
}

const refOf = (type: RecordType, parts: readonly string[]): string => [type, ...parts].join('/');

/**
 * What commands and services look up: an organisation's mirror of the ledger and the openings it holds, as the projection
 * keeps them. Nothing here depends on who asks; {@link Book.sees} says what a member may see.
 */
@Injectable()
export class Book {
  private readonly settled = new SettledRecords<Found | null>();

  constructor(
    private readonly database: Database,
    projection: ProjectionService,
  ) {
    projection.onProjected((org, { changed }) => {
      this.settled.changed(org, changed);
    });
  }

  /** A public record, or null. @throws RefusedError COUNTERFEIT for one that honest readers do not believe */
  async find<T extends RecordType>(org: string, type: T, ...parts: string[]): Promise<RecordOf<T> | null> {
    const ref = refOf(type, parts);
    const found = await this.settled.get(org, ref, async () => {
      const sql = 'SELECT body, counterfeit FROM record WHERE org = $1 AND ref = $2';
      return (await this.query<Found>(sql, [org, ref]))[0] ?? null;
    });
    if (found === null) return null;
    if (found.counterfeit !== null) throw new RefusedError({ code: 'COUNTERFEIT', details: { record: type } });
    return found.body as RecordOf<T>;
  }

  /** @throws RefusedError RECORD_NOT_FOUND, COUNTERFEIT */
  async get<T extends RecordType>(org: string, type: T, ...parts: string[]): Promise<RecordOf<T>> {
    const record = await this.find(org, type, ...parts);
    if (record === null) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: type } });
    return record;
  }

  /** Clear values of a record that this organisation holds, or null. */
  async findOpening<T extends Openable>(org: string, type: T, ...parts: string[]): Promise<OpeningOf[T] | null> {
    const rows = await this.query<{ body: OpeningOf[T] }>('SELECT body FROM opening WHERE org = $1 AND ref = $2', [
      org,
      refOf(type, parts),
    ]);
    return rows[0]?.body ?? null;
  }

  /** @throws RefusedError RECORD_NOT_FOUND when this organisation does not hold the clear values */
  async opening<T extends Openable>(org: string, type: T, ...parts: string[]): Promise<OpeningOf[T]> {
    const opening = await this.findOpening(org, type, ...parts);
    if (opening === null) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: type } });
    return opening;
  }

  /**
   * Whether the signed instruction behind an opening was seen here and verified: what lacks it is neither accepted, financed nor
   * paid (`ledger.md` §3.3).
   */
  async isProven(org: string, type: Openable, ...parts: string[]): Promise<boolean> {
    const rows = await this.query('SELECT 1 FROM opening WHERE org = $1 AND ref = $2 AND proved', [
      org,
      refOf(type, parts),
    ]);
    return rows.length > 0;
  }

  /** @throws RefusedError OPENING_MISMATCH unless a holding and its certificate are proven here */
  async requireProven(org: string, { id, certificate }: Pick<HoldingRecord, 'id' | 'certificate'>): Promise<void> {
    const proven = (await this.isProven(org, 'Holding', id)) && (await this.isProven(org, 'Certificate', certificate));
    if (!proven) throw new RefusedError({ code: 'OPENING_MISMATCH', details: { record: 'Instruction' } });
  }

  /** The instructions that made a holding and issued its certificate, as this organisation holds them, to be shown with them. */
  async behind(org: string, { madeBy, certificate }: Pick<HoldingRecord, 'madeBy' | 'certificate'>): Promise<Behind> {
    const made = await this.query<{ body: Behind[number] }>(
      'SELECT body FROM signed_instruction WHERE org = $1 AND key = $2',
      [org, madeBy],
    );
    const issued = await this.writers(org, certificate, refOf('Certificate', [certificate]), 'issueMany');
    return [...made.map(({ body }) => body), ...issued];
  }

  /** The instructions by which a function wrote a record under a certificate, as this organisation holds them. */
  async writers(org: string, certificate: string, ref: string, fn: string): Promise<Behind> {
    const rows = await this.query<{ body: Behind[number] }>(
      `SELECT body FROM signed_instruction WHERE org = $1 AND key IN (
         SELECT unnest(t.instructions) FROM ledger_change c
         JOIN ledger_transaction t ON t.org = c.org AND t.block = c.block AND t.tx = c.tx
         WHERE c.org = $1 AND c.certificate = $2 AND c.ref = $3 AND t.fn = $4)
       ORDER BY key`,
      [org, certificate, ref, fn],
    );
    return rows.map(({ body }) => body);
  }

  /** Believed records of a type under one scope: holdings of a certificate, invitations of an order, members of a host. */
  async within<T extends RecordType>(org: string, type: T, scope: string): Promise<RecordOf<T>[]> {
    const rows = await this.query<{ body: RecordOf<T> }>(
      'SELECT body FROM record WHERE org = $1 AND type = $2 AND scope = $3 AND counterfeit IS NULL ORDER BY ref',
      [org, type, scope],
    );
    return rows.map(({ body }) => body);
  }

  /** All believed records of a type. Only for types of which there are few (members, lines). */
  async all<T extends RecordType>(org: string, type: T): Promise<RecordOf<T>[]> {
    const rows = await this.query<{ body: RecordOf<T> }>(
      'SELECT body FROM record WHERE org = $1 AND type = $2 AND counterfeit IS NULL ORDER BY ref',
      [org, type],
    );
    return rows.map(({ body }) => body);
  }

  /** Whether a member may see a thing; what it may not see does not exist for it. */
  async sees({ org, member }: MemberScope, type: RecordType, ...parts: string[]): Promise<boolean> {
    const rows = await this.query('SELECT 1 FROM sight WHERE org = $1 AND member = $2 AND ref = $3', [
      org,
      member,
      refOf(type, parts),
    ]);
    return rows.length > 0;
  }

  /** A record that the member may see. @throws RefusedError RECORD_NOT_FOUND otherwise, also for one that exists */
  async seen<T extends RecordType>(scope: MemberScope, type: T, ...parts: string[]): Promise<RecordOf<T>> {
    if (!(await this.sees(scope, type, ...parts))) {
      throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: type } });
    }
    return this.get(scope.org, type, ...parts);
  }

  private query<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.database.ask<Row>(sql, parameters);
  }
}
