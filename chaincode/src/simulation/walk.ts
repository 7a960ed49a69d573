import type { EndorsementPlan } from '@tallystick/protocol';
import { ALL, BANK_A, BANK_B, type ConsortiumOptions } from '../testing/consortium';
import { approve, disburse, sign } from './agreeing';
import { endOf, follow, perform, send, sendAlone, sendTogether, Surprise } from './attempt';
import { sizeOf } from './book';
import { plusDays } from './days';
import { deposit } from './depositing';
import { FAULTS } from './faults';
import { acceptQuote, apply, invite, quote, unquote } from './financing';
import { endDeal } from './giving-up';
import { answerCertificate, grant, issue, release, reportOverdue } from './issuing';
import { addKey, moveClock, revokeKey, setSoloLimit, setStatus } from './joining';
import { settleEverything } from './maturing';
import { allocate, close, credited, funds, isPayable, prepare } from './settling';
import { answerOffer, offer, partFault } from './transferring';
import { Watch } from './watch';
import { planned, World, type Move } from './world';

/** What may be tried, and how often. */
const MOVES = {
  issue: 7,
  answerCertificate: 14,
  offer: 12,
  answerOffer: 14,
  apply: 5,
  invite: 12,
  quote: 16,
  unquote: 1,
  acceptQuote: 16,
  approve: 24,
  sign: 30,
  disburse: 30,
  endDeal: 2,
  prepare: 6,
  funds: 6,
  allocate: 8,
  credited: 12,
  close: 5,
  release: 3,
  reportOverdue: 2,
  deposit: 2,
  setStatus: 2,
  setSoloLimit: 1,
  addKey: 1,
  revokeKey: 1,
} as const;

const PROPOSERS: Record<keyof typeof MOVES, (world: World) => Promise<Move | null>> = {
  issue,
  answerCertificate,
  offer,
  answerOffer,
  apply,
  invite,
  quote,
  unquote,
  acceptQuote,
  approve,
  sign,
  disburse,
  endDeal,
  prepare,
  funds,
  allocate,
  credited,
  close,
  release,
  reportOverdue,
  deposit,
  setStatus,
  setSoloLimit,
  addKey,
  revokeKey,
};

const FAULT_WEIGHTS: Record<keyof typeof FAULTS, number> = {
  none: 60,
  repeated: 4,
  orderedTwice: 3,
  submittedTwice: 4,
  replyLost: 4,
  voided: 3,
  racedByVoid: 3,
  idReused: 3,
  laggard: 3,
  skewed: 4,
  endorserDown: 4,
};

/** What a client alone does wrong, on any ledger. */
const CLIENT_FAULT_WEIGHTS = { none: 80, repeated: 8, voided: 6, idReused: 6 } satisfies Partial<typeof FAULT_WEIGHTS>;

const MAX_CLAIMS = 9;
const LAST_DAY = '2026-09-15';
const MINUTE = 60_000;

/** What a walk saw, for those who want to know whether it went anywhere. */
export interface Walked {
  /** How often each function was applied, and how often refused with each code. */
  counts: Map<string, number>;
  blocks: number;
}

/** One random walk through everything the contract offers, the model beside it and the watch behind it. */
export class Walk {
  readonly counts = new Map<string, number>();
  private readonly steps: string[] = [];

  private constructor(
    readonly world: World,
    private readonly watch: Watch,
  ) {}

  static async open(seed: string, options: ConsortiumOptions = {}): Promise<Walk> {
    const world = await World.open(seed, options);
    const walk = new Walk(world, new Watch(world));
    const { bankA, bankB, core, subsidiary } = world.consortium.firms;
    await walk.now(await grant(world, bankA, core, BANK_B, 300_000_000_00n));
    await walk.now(await grant(world, bankB, subsidiary, BANK_A, 200_000_00n));
    return walk;
  }

  close(): Promise<void> {
    return this.world.consortium.close();
  }

  /** @throws Error with the seed and the last steps when model, ledger and watch disagree */
  async go(steps: number): Promise<Walked> {
    try {
      for (let step = 0; step < steps; step += 1) await this.step();
      await this.finish();
    } catch (error) {
      const trace = this.steps.slice(-12).join('\n  ');
      throw new Error(`seed ${this.world.dice.seed}, step ${this.steps.length}:\n  ${trace}`, { cause: error });
    }
    return { counts: this.counts, blocks: this.watch.height };
  }

  private async step(): Promise<void> {
    const { dice, down, consortium } = this.world;
    // Blocks are cut and organisations taken away by hand: only on the embedded ledger.
    const byHand = consortium.isEmbedded ? { race: 8, outage: down.size > 0 ? 15 : 2 } : { race: 0, outage: 0 };
    const kind = dice.weighted({ move: 82, time: 7, ...byHand });
    if (kind === 'time') await this.passTime();
    else if (kind === 'outage') this.outage();
    else if (kind === 'race') await this.race();
    else await this.move();
    await this.watch.look();
  }

  private async move(): Promise<void> {
    const { dice } = this.world;
    const move = await this.proposed();
    if (move === null) return;
    const plan = planned(move, this.world.network);
    const fault = dice.weighted(this.world.consortium.isEmbedded ? FAULT_WEIGHTS : CLIENT_FAULT_WEIGHTS);
    this.steps.push(
      `${move.name} (${fault}) → ${move.foresee() ?? 'applied'}${plan === null ? ', but too few answer' : ''}`,
    );
    if (plan === null) return;
    this.count(move);
    await FAULTS[fault](this.world, move, plan);
  }

  /** A move that has something to be about. */
  private async proposed(): Promise<Move | null> {
    const { dice, book } = this.world;
    for (let tries = 0; tries < 30; tries += 1) {
      const name = dice.weighted(MOVES);
      const move = name === 'issue' && book.claims.length >= MAX_CLAIMS ? null : await PROPOSERS[name](this.world);
      if (move !== null) return move;
    }
    return null;
  }

  private count(move: Move): void {
    const code = move.foresee();
    const what = code === null ? move.name : `${move.name} ${code}`;
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Minutes, hours or days pass; on a trial network also by its signed clock. */
  private async passTime(): Promise<void> {
    const { dice, consortium, book, days, today } = this.world;
    if (today >= LAST_DAY) return;
    const due = book.claims
      .filter(({ status }) => status === 'active')
      .map((claim) => claim.due)
      .sort()[0];
    const isMaturing = due !== undefined && dice.chance(30);
    // To a point around the next due date: when payment may begin, in the blackout, at the cut-off, or late.
    const points =
      due === undefined
        ? []
        : [days.shifted(days.rolled(due), -3), ...[-1, 0, 1, 9].map((off) => plusDays(days.rolled(due), off))];
    const goal = isMaturing ? dice.pick(points) : null;
    const ahead = goal !== null && goal > today ? (Date.parse(goal) - Date.parse(today)) / 86_400_000 : 0;
    const ms =
      ahead > 0 ? ahead * 86_400_000 : dice.pick([5 * MINUTE, 20 * MINUTE, 300 * MINUTE, 1440 * MINUTE, 4320 * MINUTE]);
    const isByRecord = !consortium.isEmbedded || (ahead > 0 && dice.chance(25));
    if (isByRecord) return this.now(await moveClock(this.world, ms));
    consortium.advance(ms);
    this.steps.push(`time passes: ${this.world.now}`);
  }

  /** An organisation goes down, or all come back. */
  private outage(): void {
    const { dice, consortium, down } = this.world;
    const isDown = down.size > 0;
    const msps = isDown ? [...down] : [dice.pick(ALL)];
    for (const msp of msps) {
      consortium.embedded.faults.setDown(msp, !isDown);
      if (isDown) down.delete(msp);
      else down.add(msp);
    }
    this.steps.push(`${msps.join()} ${isDown ? 'up' : 'down'}`);
  }

  /** Two moves of one thing in one block: whatever one of them spends, the other does not. */
  private async race(): Promise<void> {
    const { world } = this;
    const pair = await rivals(world);
    if (pair === null) return;
    const plans = pair.map((move) => planned(move, world.network));
    const [first, second] = pair;
    const [planOfFirst, planOfSecond] = plans as [EndorsementPlan | null, EndorsementPlan | null];
    if (planOfFirst === null || planOfSecond === null) return;
    this.steps.push(
      `race: ${first.name} (${first.foresee() ?? 'applied'}), ${second.name} (${second.foresee() ?? 'applied'})`,
    );
    pair.forEach((move) => this.count(move));
    const foreseen = [first.foresee(), second.foresee()] as const;
    const [one, other] = await sendTogether(world, [
      () => send(world, first, planOfFirst),
      () => send(world, second, planOfSecond),
    ]);
    if (one === undefined || other === undefined) throw new Error('two were sent');
    const end = endOf(one);
    if (end === null) throw new Surprise(`${first.name}: lost against nobody`);
    await follow(first, foreseen[0], end, planOfFirst);
    const now = second.foresee();
    if (foreseen[1] !== null) return this.refused(second, foreseen[1], other, planOfSecond);
    if (other.kind === 'committed' && now !== null) throw new Surprise(`${second.name}: applied beside ${first.name}`);
    const last = endOf(other) ?? endOf(await sendAlone(world, second, planOfSecond));
    if (last === null) throw new Surprise(`${second.name}: lost twice`);
    await follow(second, now, last, planOfSecond);
  }

  private async refused(
    move: Move,
    code: string,
    result: Awaited<ReturnType<typeof send>>,
    plan: EndorsementPlan,
  ): Promise<void> {
    const end = endOf(result);
    if (end === null) throw new Surprise(`${move.name}: no answer`);
    await follow(move, code, end, plan);
  }

  /** A move without faults, which must be possible. */
  private async now(move: Move | null): Promise<void> {
    const plan = move === null ? null : planned(move, this.world.network);
    if (move === null || plan === null) return;
    this.steps.push(`${move.name} → ${move.foresee() ?? 'applied'}`);
    this.count(move);
    await perform(this.world, move, plan);
    await this.watch.look();
  }

  /** Everybody answers again, every claim matures and is paid: nothing may be left over. */
  private async finish(): Promise<void> {
    const { consortium, down, book } = this.world;
    for (const msp of down) consortium.embedded.faults.setDown(msp, false);
    down.clear();
    for (const firm of [...book.suspended]) await this.now(await setStatus(this.world, firm));
    for await (const move of settleEverything(this.world)) await this.now(move);
    await this.watch.end();
  }
}

/** Two moves that want the same thing. */
async function rivals(world: World): Promise<[Move, Move] | null> {
  const { dice, book } = world;
  const part = dice.prefer(book.parts, (each) => partFault(world, each, each.owner) === null);
  const one = dice.prefer(book.offers, ({ state }) => state === 'open');
  const claim = dice.prefer(book.claims, (each) => isPayable(world, each));
  const paid = book.parts.find((each) => each.status === 'live' && each.paid === sizeOf(each));
  // Paid in full, its money still on the way: whoever sells it now sells nothing.
  if (paid !== undefined && dice.chance(60)) return both(await offer(world, paid), await credited(world));
  const pairs: (() => Promise<(Move | null)[]>)[] = [
    ...(part === null
      ? []
      : [
          async () => [await offer(world, part), await offer(world, part)],
          async () => [await offer(world, part), await apply(world, part)],
        ]),
    ...(one === null ? [] : [async () => [await answerOffer(world, one), await answerOffer(world, one)]]),
    ...(claim === null ? [] : [async () => [await prepare(world, claim), await funds(world)]]),
    async () => [await acceptQuote(world), await endDeal(world)],
    async () => [await allocate(world), await answerOffer(world)],
    async () => [await credited(world), await close(world)],
  ];
  const [first, second] = await dice.pick(pairs)();
  return both(first, second);
}

const both = (first: Move | null | undefined, second: Move | null | undefined): [Move, Move] | null =>
  first == null || second == null ? null : [first, second];
