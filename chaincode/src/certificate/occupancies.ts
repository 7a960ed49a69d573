import { commitAmount, fingerprint } from '@tallystick/crypto';
import { decideOccupy, isDead, parseFen } from '@tallystick/domain';
import {
  verifyOccupancyOpening,
  type CertificatePublic,
  type GenesisRecord,
  type InvoiceUse,
  type OccupancyOpening,
  type OccupancyRecord,
} from '@tallystick/protocol';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { withAuthority } from '../state/key-policy';
import type { State } from '../state/state';
import { certificateView } from './certificate-view';

/** As many uses as an occupancy record holds. */
const MAX_USES = 50;

type Use = OccupancyOpening['uses'][number];
interface Known {
  /** Whether the invoice stands on the ledger already. */
  isNew: boolean;
  opening: OccupancyOpening;
}

/**
 * The invoices that one request uses, each read once and written once, since several of its certificates may use the same
 * invoice and the ledger does not show a transaction its own writes (I4, T25).
 */
export class Occupancies {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly state: State,
    private readonly genesis: GenesisRecord,
    private readonly given: { occupancies: readonly OccupancyOpening[]; fingerprintKey: string },
    private readonly now: string,
  ) {}

  /**
   * Takes a certificate's part of its invoices.
   * @throws Refused OPENING_MISMATCH for a wrong fingerprint or opening; BAD_INPUT for an invoice named twice;
   * INVOICE_OCCUPIED, also when the invoice is used by somebody whose use the caller cannot open; as `decideOccupy`
   */
  async occupy(
    certificate: CertificatePublic,
    invoices: readonly InvoiceUse[],
    salts: readonly { grossSalt: string; useSalt: string }[],
  ): Promise<void> {
    if (new Set(invoices.map((invoice) => invoice.fingerprint)).size !== invoices.length) {
      throw new Refused('BAD_INPUT', { field: 'invoices' });
    }
    for (const [index, invoice] of invoices.entries()) {
      const salt = salts[index];
      if (salt === undefined) throw new Refused('BAD_INPUT', { field: 'invoices' });
      provenOpening(this.fingerprintOf(invoice) === invoice.fingerprint, 'fingerprint', invoice.fingerprint);
      const { isNew, opening } = await this.load(invoice, salt.grossSalt);
      const uses = await this.usesAfter(opening, invoice);
      if (uses.length >= MAX_USES) throw new Refused('INVOICE_OCCUPIED', { field: `invoices.${index}` });
      const use: Use = { certificate: certificate.id, amount: { fen: invoice.amountFen, salt: salt.useSalt } };
      this.known.set(invoice.fingerprint, { isNew, opening: { ...opening, uses: [...uses, use] } });
    }
  }

  /** Writes every invoice used and gives their openings. An invoice is guarded by its debtor and an authority. */
  async write(issuerOrg: string): Promise<OccupancyOpening[]> {
    const openings: OccupancyOpening[] = [];
    for (const { isNew, opening } of this.known.values()) {
      const record = recordOf(opening);
      const parts = [record.fingerprint];
      if (isNew) await this.state.create('Occupancy', parts, record, withAuthority(this.genesis, [issuerOrg]));
      else await this.state.update('Occupancy', parts, record);
      openings.push(opening);
    }
    return openings;
  }

  private fingerprintOf({ sellerUscc, number, date }: InvoiceUse): string | null {
    try {
      return fingerprint(this.given.fingerprintKey, { sellerUscc, number, date });
    } catch {
      // No invoice has such a number; its fingerprint cannot be right.
      return null;
    }
  }

  private async load(invoice: InvoiceUse, grossSalt: string): Promise<Known> {
    const known = this.known.get(invoice.fingerprint);
    if (known !== undefined) return known;
    const record = await this.state.find('Occupancy', invoice.fingerprint);
    const given = this.given.occupancies.find((each) => each.fingerprint === invoice.fingerprint);
    if (record === null) {
      const gross = { fen: invoice.grossFen, salt: grossSalt };
      return { isNew: true, opening: { fingerprint: invoice.fingerprint, gross, uses: [] } };
    }
    if (given === undefined) throw new Refused('INVOICE_OCCUPIED', { fingerprint: invoice.fingerprint });
    provenOpening(verifyOccupancyOpening(record, given), 'Occupancy', invoice.fingerprint);
    return { isNew: false, opening: given };
  }

  /** The uses that stay beside a new one. */
  private async usesAfter(opening: OccupancyOpening, invoice: InvoiceUse): Promise<Use[]> {
    const uses: { use: Use; amountFen: bigint; dead: boolean }[] = [];
    for (const use of opening.uses) {
      uses.push({ use, amountFen: parseFen(use.amount.fen), dead: await this.isFreed(use.certificate) });
    }
    const claim = { grossFen: parseFen(invoice.grossFen), amountFen: parseFen(invoice.amountFen) };
    return allowed(decideOccupy({ grossFen: parseFen(opening.gross.fen), uses }, claim)).map(({ use }) => use);
  }

  /**
   * Whether a certificate frees its invoices. A lapsed one does so only once its line was released: that write makes a late
   * acceptance, endorsed before the window closed, lose at commit; else one invoice could back two living certificates.
   */
  private async isFreed(id: string): Promise<boolean> {
    const certificate = await this.state.find('Certificate', id);
    if (certificate === null) return false; // of this very request
    const lapsedUnreleased = certificate.status === 'offered' && certificate.released === null;
    return isDead(certificateView(certificate), this.now) && !lapsedUnreleased;
  }
}

function recordOf({ fingerprint: recordId, gross, uses }: OccupancyOpening): OccupancyRecord {
  return {
    schema: 1,
    fingerprint: recordId,
    gross: commitAmount({ recordId, label: 'gross', fen: parseFen(gross.fen), salt: gross.salt }),
    uses: uses.map(({ certificate, amount }) => ({
      certificate,
      amount: commitAmount({ recordId, label: `use:${certificate}`, fen: parseFen(amount.fen), salt: amount.salt }),
    })),
  };
}
