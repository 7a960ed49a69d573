import {
  EndorsersUnavailable,
  type EndorsementPlan,
  type NetworkView,
  type Parties,
  type Signatory,
  type SignedInstruction,
} from '@tallystick/protocol';
import { contractsWith } from '..';
import { ALL, BANK_A, BANK_B, Consortium, type ConsortiumOptions, type Sending } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import { newcomer } from '../testing/founding';
import { Book, type Claim, type Part } from './book';
import { Days } from './days';
import { Dice } from './dice';
import { clientOf, signatureFault, type Hand, type Need } from './hand';

/** One thing that somebody tries. */
export interface Move {
  name: string;
  sending: Sending;
  /** The unsigned context as things stand, when what it opens may change between two attempts. */
  context?: () => Record<string, unknown>;
  plan: (network: NetworkView) => EndorsementPlan;
  /** The refusal that the model foresees as things stand; null: it will be applied. */
  foresee: () => string | null;
  /** Changes the model as the ledger has changed. */
  happen: (done: Done) => void | Promise<void>;
}

export interface Done {
  /** Instruction keys, in order. */
  applied: string[];
  /** Organisations that keep openings of it. */
  readers: string[];
}

/** Who does it, how it is signed, and what the signatures must suffice for. */
export interface Attempt {
  by: Firm;
  hand: Hand;
  need: Need;
  kinds?: readonly string[];
  /** For `byAmount`: what it moves, fen. */
  amount?: bigint;
}

const START = Date.parse('2026-03-02T02:00:00.000Z');

/** Everything a walk walks through: the consortium, the model of it, and the dice. */
export class World {
  readonly book = new Book();
  readonly signed = new Map<string, SignedInstruction>();
  readonly second = new Map<Firm, Signatory>();
  readonly revoked = new Map<Firm, Signatory>();
  readonly down = new Set<string>();
  readonly lagging = new Set<string>();
  readonly firms: Firm[];
  readonly days: Days;

  private constructor(
    readonly consortium: Consortium,
    readonly dice: Dice,
    /** How far each organisation's own clock is off, ms. */
    readonly skew: Map<string, number>,
  ) {
    const { core, subsidiary, bankA, bankB, suppliers } = consortium.firms;
    this.firms = [core, subsidiary, bankA, bankB, ...suppliers];
    this.days = new Days(consortium.rules.calendar);
  }

  /** A founded consortium with six suppliers, one of them hosted by a bank; organisations have clocks of their own. */
  static async open(seed: string, options: ConsortiumOptions = {}): Promise<World> {
    const skew = new Map<string, number>();
    const opened: { world?: World } = {};
    const clockOf = (msp: string) => (): number =>
      (opened.world === undefined ? START : opened.world.consortium.clock.transactionMs) + (skew.get(msp) ?? 0);
    const contractsByOrg = Object.fromEntries(ALL.map((msp) => [msp, contractsWith(clockOf(msp))]));
    const consortium = await Consortium.open({ seed, blockMs: null, contractsByOrg, ...options });
    await admitMore(consortium);
    const world = new World(consortium, new Dice(seed), skew);
    opened.world = world;
    return world;
  }

  /** Business time. */
  get now(): string {
    return this.consortium.now;
  }

  get today(): string {
    return new Date(Date.parse(this.now) + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  /** An organisation whose peer answers and stands at the newest block. */
  get honest(): string {
    const found = ALL.find((msp) => !this.down.has(msp) && !this.lagging.has(msp));
    if (found === undefined) throw new Error('nobody answers');
    return found;
  }

  get network(): NetworkView {
    return { organisations: ALL, authorities: [BANK_A, BANK_B], down: this.down };
  }

  client(hand: Hand = 'right', by?: Firm): Consortium {
    const stranger = this.firms.find((firm) => firm !== by) ?? this.consortium.firms.operator;
    const { consortium, now, second, revoked, signed } = this;
    return clientOf({ consortium, now, hand, asks: this.honest, stranger, second, revoked, signed });
  }

  /** The refusal that concerns who acts and how it is signed, before the call is looked at. */
  actorFault({ by, hand, need, kinds }: Attempt): string | null {
    if (hand === 'expired') return 'INSTRUCTION_EXPIRED';
    if (this.book.suspended.has(by)) return 'MEMBER_SUSPENDED';
    if (kinds !== undefined && !kinds.some((kind) => (by.record.kinds as string[]).includes(kind)))
      return 'MEMBER_KIND';
    return signatureFault(hand, need);
  }

  /** The refusal of one person above its firm's limit: told last, when the amount is proven. */
  amountFault({ by, hand, need, amount = 0n }: Attempt): string | null {
    const isAlone = need === 'byAmount' && hand === 'alone';
    return isAlone && amount > (this.book.solo.get(by) ?? 0n) ? 'ROLE_MISSING' : null;
  }

  /** The first refusal: of the actor, of the call, of the amount. */
  judged(attempt: Attempt, ofCall: () => string | null): () => string | null {
    return () => this.actorFault(attempt) ?? ofCall() ?? this.amountFault(attempt);
  }
}

/** Two more suppliers, one hosted by bank B. */
async function admitMore(consortium: Consortium): Promise<void> {
  const { suppliers, core, subsidiary, bankA, bankB } = consortium.firms;
  const taken = [core, subsidiary, bankA, bankB, ...suppliers];
  for (const [number, host] of ['OperatorMSP', BANK_B].entries()) {
    const change = { code: `91440300MA00UP2B${number}`, name: `示例新供应商${number + 1}号`, host };
    const index = consortium.roster(host).state.size;
    const firm = newcomer(consortium.now, consortium.random, index, change);
    if (taken.some(({ record }) => record.id === firm.record.id)) throw new Error('a firm twice');
    suppliers.push(firm);
    await consortium.cutting(consortium.admit(firm));
  }
}

/** The organisations that matter for a claim and an owner's host. */
export function partiesOf({ issuer, line }: Claim, host: string): Parties {
  return { host, issuerOrg: issuer.record.host, witness: line.bank.record.host, standIn: line.standIn };
}
export const partiesOfPart = ({ claim, owner }: Part): Parties => partiesOf(claim, owner.record.host);

/** A plan, or null when too few organisations answer for it. */
export function planned(move: Move, network: NetworkView): EndorsementPlan | null {
  try {
    return move.plan(network);
  } catch (error) {
    if (error instanceof EndorsersUnavailable) return null;
    throw error;
  }
}
