import {
  acceptCallOf,
  BANK_A,
  BANK_B,
  CORE,
  offerCall,
  OPERATOR,
  type Consortium,
  type Firm,
  type Held,
  type SignedCall,
} from '@tallystick/chaincode/testing';
import { instructionKey } from '@tallystick/crypto';
import { ContractRefusal } from '@tallystick/ledger';
import {
  acceptTransferOpenings,
  EndorsersUnavailable,
  InstructionRecord,
  offerOpenings,
  planValueCall,
  type HoldingOpening,
} from '@tallystick/protocol';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Book } from '../operations/book';
import { Liveness } from '../submissions/liveness';

/** Longest time (ms) that one instruction may take, whatever happens to the network meanwhile. */
const PATIENCE = 90_000;
const PAUSE = 200;
const PARTIES = { host: OPERATOR, issuerOrg: CORE, witness: BANK_A, standIn: BANK_B };

/** A transfer of which both sides were told that it is on the ledger. */
interface Passed {
  order: string;
  given: HoldingOpening;
  /** Keys of the offer's and the acceptance's instructions. */
  keys: [string, string];
}

/** Passes pieces of one certificate on to other suppliers, one after the other, as the host's gateway would for both sides. */
export class PassingWriter {
  readonly passed: Passed[] = [];
  /** How often the ledger gave no good answer. */
  troubles = 0;

  constructor(
    private readonly consortium: Consortium,
    private readonly liveness: Liveness,
    /** What is left of the claim. */
    public held: Held,
    private readonly owner: Firm,
    private readonly until: string,
  ) {}

  /** @throws Error when the contract refuses, or nothing helps for a minute and a half */
  async passOn(amountFen: bigint): Promise<void> {
    const { consortium, held, owner } = this;
    const others = consortium.firms.suppliers.filter((firm) => firm !== owner);
    const receiver = others[this.passed.length % others.length]!;
    const offer = await offerCall(consortium, held, owner, { to: [{ receiver, amountFen }], until: this.until });
    const offered = await this.carriedOut(offer);
    const { holdings, transfers } = offerOpenings(offer.signed, held.holding);
    const [piece, rest] = holdings as [HoldingOpening, HoldingOpening];
    const transfer = transfers[0]!;
    const accept = await acceptCallOf(
      consortium,
      { certificate: held.certificate, holding: piece, transfer },
      receiver,
    );
    const accepted = await this.carriedOut(accept);
    const [given] = acceptTransferOpenings(accept.signed, piece).holdings;
    this.held = { certificate: held.certificate, holding: rest };
    this.passed.push({ order: transfer.order, given: given!, keys: [offered, accepted] });
  }

  /** Sends one instruction until it is known to be applied: the same one each time, for the ledger applies it once. */
  private async carriedOut(call: SignedCall): Promise<string> {
    const key = instructionKey(call.signed.instruction);
    const deadline = performance.now() + PATIENCE;
    let last: unknown = 'nobody to endorse';
    for (let attempt = 0; performance.now() < deadline; attempt += 1) {
      if (attempt > 0) {
        this.troubles += 1;
        await sleep(PAUSE);
      }
      const sending = { ...call, ...(await this.plan()) };
      if (sending.endorsers === undefined) continue;
      const result = await this.consortium.send(sending, this.consortium.request(sending));
      last = result;
      if (result.kind === 'committed') return key;
      if (result.kind === 'notEndorsed') {
        if (result.cause === 'refused') break;
        if (result.organisations !== undefined) this.liveness.failed(result.organisations);
        else if (result.cause === 'mismatch') this.liveness.disagreed(OPERATOR, sending.endorsers, attempt);
      }
      if (result.kind === 'unknown' && (await this.isApplied(result.txId, key))) return key;
    }
    throw new Error(`${call.contract}.${call.fn} was not carried out: ${JSON.stringify(last, asText)}`);
  }

  private async plan(): Promise<{ endorsers?: string[]; readers?: string[] }> {
    try {
      return planValueCall(PARTIES, await this.liveness.view(OPERATOR));
    } catch (error) {
      if (error instanceof EndorsersUnavailable) return {};
      throw error;
    }
  }

  /** First the transaction is asked for, then what stands under the instruction's key; false when neither tells. */
  private async isApplied(txId: string, key: string): Promise<boolean> {
    const ledger = this.consortium.network.ledgerFor(OPERATOR);
    const outcome = await ledger.outcome(txId).catch(() => null);
    if (outcome?.kind === 'committed') return true;
    const query = { contract: 'instruction', fn: 'outcome', args: [key] };
    const text = await ledger.evaluate(query).catch((error: unknown) => {
      if (error instanceof ContractRefusal && error.refusal.code !== 'RECORD_NOT_FOUND') throw error;
      return null;
    });
    return text !== null && !InstructionRecord.parse(JSON.parse(text)).voided;
  }
}

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Writers that all know who does not answer, as those of one gateway do. */
export class PassingWriters {
  private isOver = true;

  private constructor(readonly each: readonly PassingWriter[]) {}

  /** One for each certificate, by its first owner. Offers lapse at `until`. */
  static of(consortium: Consortium, claims: readonly (Held & { creditor: Firm })[], until: string): PassingWriters {
    const book = { get: () => Promise.resolve(consortium.genesis) } as unknown as Book;
    const liveness = new Liveness(book);
    return new PassingWriters(
      claims.map((held) => new PassingWriter(consortium, liveness, held, held.creditor, until)),
    );
  }

  /** All of them write from before `fault` until after it: each gets something done before, and after it is over. */
  async during(fault: () => Promise<unknown>, amountFen = 100_00n): Promise<void> {
    this.isOver = false;
    const end = (): void => {
      this.isOver = true;
    };
    const writing = this.each.map(async (writer) => {
      while (!this.isOver) await writer.passOn(amountFen);
    });
    const work = (async () => {
      await this.allGoOn();
      await fault();
      await this.allGoOn();
    })();
    // Whoever fails ends it for all.
    for (const part of [...writing, work]) part.catch(end);
    await Promise.all([work.finally(end), ...writing]);
  }

  /** Until each has passed something on. */
  async allGoOn(): Promise<void> {
    const before = this.each.map(({ passed }) => passed.length);
    await this.until('go on', ({ passed }, index) => passed.length > (before[index] ?? 0));
  }

  /** Until each has failed to get something done at least once more. */
  async allHaveTrouble(): Promise<void> {
    const before = this.each.map(({ troubles }) => troubles);
    await this.until('have trouble', ({ troubles }, index) => troubles > (before[index] ?? 0));
  }

  private async until(what: string, isSo: (writer: PassingWriter, index: number) => boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    while (!this.each.every(isSo)) {
      if (this.isOver || performance.now() >= deadline) throw new Error(`writers do not ${what}`);
      await sleep(50);
    }
  }
}
