import { Injectable } from '@nestjs/common';
import { hashJson } from '@tallystick/crypto';
import {
  BundleSchema,
  buildDeposit,
  noOpenings,
  type Bundle,
  type HoldingOpening,
  type OrderOf,
  type PaymentOpening,
  type RecordOf,
  type TransferOpening,
} from '@tallystick/protocol';
import { Database } from '../database/database';
import { Book } from '../operations/book';
import { NetworkFacts } from '../operations/network-facts';
import { Liveness } from '../submissions/liveness';
import { ServiceActs, type ServiceIdentity } from './service-acts';
import { Worklist } from './worklist';

type Instructions = Bundle['instructions'];

/** Where a bundle keeps the openings of each type of record. */
const LISTS = {
  Line: 'lines',
  Certificate: 'certificates',
  Occupancy: 'occupancies',
  Holding: 'holdings',
  Invitation: 'invitations',
  Quote: 'quotes',
  Page: 'pages',
} as const;

/**
 * Copies of openings for those who may read them but did not endorse: the host of an offer's receiver, holders' hosts after a
 * payment, and readers that were down when it happened.
 */
@Injectable()
export class Copies {
  /** Pages whose lines every holder's host has; after a restart the ledger answers for them once more. */
  private readonly shared = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly worklist: Worklist,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly liveness: Liveness,
    private readonly acts: ServiceActs,
  ) {}

  async run(us: ServiceIdentity): Promise<void> {
    const { now } = await this.network.at(us.org);
    for (const order of await this.worklist.offersAbroad(us.org, now)) await this.offer(us, order);
    for (const certificate of await this.worklist.moved(us.org)) await this.moved(us, certificate);
    for (const page of await this.worklist.paidPages(us.org)) await this.payments(us, page);
    for (const owed of await this.owed(us.org)) await this.late(us, owed);
  }

  /** The receiver's host never endorses an offer, for it would see the parent; it gets the child. */
  private async offer(us: ServiceIdentity, order: OrderOf<'transfer'>): Promise<void> {
    const [certificate, holding, transfer] = await Promise.all([
      this.book.findOpening(us.org, 'Certificate', order.certificate),
      this.book.findOpening(us.org, 'Holding', order.holding),
      this.book.findOpening(us.org, 'Order', order.id),
    ]);
    if (certificate === null || holding === null || transfer === null) return;
    const behind = await this.book.behind(us.org, await this.book.get(us.org, 'Holding', order.holding));
    await this.give(us, order.receiverHost, ['offer', order.id], behind, {
      certificates: [certificate],
      holdings: [holding],
      transfers: [transfer as TransferOpening],
    });
  }

  /** After money or a release, holders' hosts would prove their claims with numbers that no longer stand. */
  private async moved(us: ServiceIdentity, record: RecordOf<'Certificate'>): Promise<void> {
    const { id, issuerOrg, witness } = record.public;
    const certificate = await this.book.findOpening(us.org, 'Certificate', id);
    if (certificate === null) return;
    const byHost = new Map<string, { openings: HoldingOpening[]; marks: unknown[] }>();
    for (const { id: holding, host, status, paid } of await this.book.within(us.org, 'Holding', id)) {
      if (status === 'consumed' || host === issuerOrg || host === witness) continue;
      const at = byHost.get(host) ?? { openings: [], marks: [] };
      byHost.set(host, at);
      const opening = await this.book.findOpening(us.org, 'Holding', holding);
      if (opening === null) continue;
      at.openings.push(opening);
      at.marks.push([holding, paid]);
    }
    for (const [host, { openings, marks }] of byHost) {
      const mark = hashJson('tallystick/copy/1', [record.paid, record.released, record.carried, marks]);
      const holdings = openings.slice(0, 100);
      await this.give(us, host, ['moved', id, mark], [], { certificates: [certificate], holdings });
    }
  }

  /** Holders' hosts see what their firms were paid, line by line; the page as a whole stays with the payers. */
  private async payments(us: ServiceIdentity, { order, page, lines }: RecordOf<'Page'>): Promise<void> {
    const ref = `Page/${order}/${String(page)}`;
    if (this.shared.has(ref)) return;
    const opening = await this.book.findOpening(us.org, 'Page', order, String(page));
    if (opening === null) return;
    const { certificate } = await this.book.get(us.org, 'Order', order);
    const { issuerOrg, witness } = (await this.book.get(us.org, 'Certificate', certificate)).public;
    const byHost = new Map<string, PaymentOpening[]>();
    for (const { holding } of lines) {
      const { host } = await this.book.get(us.org, 'Holding', holding);
      const line = opening.lines.find((each) => each.holding === holding);
      if (line === undefined || host === issuerOrg || host === witness) continue;
      byHost.set(host, [...(byHost.get(host) ?? []), { order, page, ...line }]);
    }
    const behind = await this.book.writers(us.org, certificate, ref, 'allocate');
    const given = [];
    for (const [host, payments] of byHost) {
      given.push(await this.give(us, host, ['payments', order, String(page)], behind, { payments }));
    }
    if (given.every((isThere) => isThere)) this.shared.add(ref);
  }

  /** What a reader missed because it was down, from the bundle that stands in our own collection. */
  private async late(us: ServiceIdentity, { key, to }: { key: string; to: string }): Promise<void> {
    const rows = await this.signed(us.org, [key]);
    const [row] = rows;
    if (row === undefined) return;
    const openings = noOpenings();
    for (const ref of row.refs) await this.collect(us.org, ref, openings);
    await this.give(us, to, ['late', key], [row.body], openings);
  }

  private async collect(org: string, ref: string, openings: ReturnType<typeof noOpenings>): Promise<void> {
    const [type = '', ...parts] = ref.split('/');
    if (type === 'Order') {
      const opening = await this.book.findOpening(org, 'Order', ...parts);
      if (opening === null) return;
      if ('amountFen' in opening) openings.settlements.push(opening);
      else openings.transfers.push(opening);
      return;
    }
    for (const [name, list] of Object.entries(LISTS) as [keyof typeof LISTS, (typeof LISTS)[keyof typeof LISTS]][]) {
      if (name !== type) continue;
      const opening = await this.book.findOpening(org, name, ...parts);
      if (opening !== null) (openings[list] as unknown[]).push(opening);
    }
  }

  /** @returns whether the copy is there */
  private async give(
    us: ServiceIdentity,
    to: string,
    purpose: string[],
    instructions: Instructions,
    openings: Partial<Bundle['openings']>,
  ): Promise<boolean> {
    const { down } = await this.liveness.view(us.org);
    if (down.has(to)) return false;
    const bundle = BundleSchema.parse({ v: 1, instructions, openings: { ...noOpenings(), ...openings } });
    const sent = await this.acts.send(us, ['copy', to, ...purpose], null, (input) =>
      buildDeposit({ ...input, to, bundle }),
    );
    return sent?.state === 'recorded';
  }

  private signed(org: string, keys: string[]): Promise<{ body: Instructions[number]; refs: string[] }[]> {
    return this.database.withSystem((manager) =>
      manager.query<{ body: Instructions[number]; refs: string[] }[]>(
        'SELECT body, refs FROM signed_instruction WHERE org = $1 AND key = ANY($2)',
        [org, keys],
      ),
    );
  }

  /** Submissions of ours whose readers were not all there. */
  private owed(org: string): Promise<{ key: string; to: string }[]> {
    return this.database.withSystem((manager) =>
      manager.query<{ key: string; to: string }[]>(
        `SELECT instruction_key AS key, unnest(owed) AS to FROM ledger_submissions
         WHERE org = $1 AND state = 'recorded' AND owed <> '{}' ORDER BY created_at LIMIT 200`,
        [org],
      ),
    );
  }
}
