import { Injectable } from '@nestjs/common';
import type { OrderOf, RecordOf } from '@tallystick/protocol';
import { Database } from '../database/database';

/** What an organisation's services have to look after, as its mirror of the ledger shows it now. Counterfeit records are left out. */
@Injectable()
export class Worklist {
  constructor(private readonly database: Database) {}

  /** Settlements not yet closed on certificates that this organisation pays. */
  async openSettlements(org: string): Promise<OrderOf<'settlement'>[]> {
    return this.bodies<OrderOf<'settlement'>>(
      `SELECT r.body FROM record r JOIN record c ON c.org = r.org AND c.ref = 'Certificate/' || r.scope
       WHERE r.org = $1 AND r.type = 'Order' AND r.counterfeit IS NULL AND r.body ->> 'kind' = 'settlement'
         AND r.body ->> 'state' <> 'closed' AND c.body -> 'public' ->> 'witness' = $1 AND c.counterfeit IS NULL
       ORDER BY r.ref LIMIT 200`,
      [org],
    );
  }

  /** Certificates of this issuer's organisation that may have something to give back to their lines. */
  releasable(org: string, now: string): Promise<RecordOf<'Certificate'>[]> {
    return this.bodies(
      `SELECT body FROM record WHERE org = $1 AND type = 'Certificate' AND counterfeit IS NULL
         AND body -> 'public' ->> 'issuerOrg' = $1
         AND ((body ->> 'released' IS NULL AND (body ->> 'status' IN ('declined', 'withdrawn')
               OR (body ->> 'status' = 'offered' AND body -> 'public' ->> 'acceptBy' <= $2)))
           OR body ->> 'paid' IS NOT NULL)
       ORDER BY ref LIMIT 5000`,
      [org, now],
    );
  }

  /** Active, unpaid certificates that this organisation pays and whose due date has come. */
  due(org: string, today: string): Promise<RecordOf<'Certificate'>[]> {
    return this.bodies(
      `SELECT body FROM record WHERE org = $1 AND type = 'Certificate' AND counterfeit IS NULL
         AND body -> 'public' ->> 'witness' = $1 AND body ->> 'status' = 'active' AND body ->> 'paidInFull' = 'false'
         AND body -> 'public' ->> 'dueDate' <= $2
       ORDER BY ref LIMIT 1000`,
      [org, today],
    );
  }

  /** Open offers from a holder here to a receiver on another host that is no reader of the certificate anyway. */
  offersAbroad(org: string, now: string): Promise<OrderOf<'transfer'>[]> {
    return this.bodies(
      `SELECT r.body FROM record r JOIN record c ON c.org = r.org AND c.ref = 'Certificate/' || r.scope
       WHERE r.org = $1 AND r.type = 'Order' AND r.counterfeit IS NULL AND r.body ->> 'kind' = 'transfer'
         AND r.body ->> 'state' = 'open' AND r.body ->> 'until' > $2 AND r.body ->> 'senderHost' = $1
         AND r.body ->> 'receiverHost' NOT IN ($1, c.body -> 'public' ->> 'issuerOrg', c.body -> 'public' ->> 'witness')
       ORDER BY r.ref LIMIT 1000`,
      [org, now],
    );
  }

  /** Certificates that this organisation pays and whose numbers have moved since issue: holders' hosts need them anew. */
  moved(org: string): Promise<RecordOf<'Certificate'>[]> {
    return this.bodies(
      `SELECT body FROM record WHERE org = $1 AND type = 'Certificate' AND counterfeit IS NULL
         AND body -> 'public' ->> 'witness' = $1 AND body ->> 'settling' IS NULL
         AND (body ->> 'paid' IS NOT NULL OR body ->> 'released' IS NOT NULL OR body ->> 'carried' IS NOT NULL)
       ORDER BY ref LIMIT 5000`,
      [org],
    );
  }

  /** Pages of payments on certificates that this organisation pays, newest first. */
  paidPages(org: string): Promise<RecordOf<'Page'>[]> {
    return this.bodies(
      `SELECT p.body FROM record p JOIN record o ON o.org = p.org AND o.ref = 'Order/' || p.scope
       JOIN record c ON c.org = p.org AND c.ref = 'Certificate/' || o.scope
       WHERE p.org = $1 AND p.type = 'Page' AND p.counterfeit IS NULL AND c.body -> 'public' ->> 'witness' = $1
       ORDER BY p.block DESC, p.ref LIMIT 1000`,
      [org],
    );
  }

  /** Records that an honest reader does not believe and that nobody has flagged here. */
  async unflagged(org: string): Promise<{ ref: string; reason: string }[]> {
    return this.database.withSystem((manager) =>
      manager.query<{ ref: string; reason: string }[]>(
        `SELECT ref, counterfeit AS reason FROM record WHERE org = $1 AND counterfeit IS NOT NULL AND type <> 'Flag'
         ORDER BY ref LIMIT 100`,
        [org],
      ),
    );
  }

  private async bodies<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    const rows = await this.database.ask<{ body: T }>(sql, parameters);
    return rows.map(({ body }) => body);
  }
}
