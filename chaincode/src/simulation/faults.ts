import { buildVoid, instructionHash, planPublicCall, type EndorsementPlan } from '@tallystick/protocol';
import type { SubmitResult } from '@tallystick/ledger';
import { ALL } from '../testing/consortium';
import { endOf, follow, perform, send, sendAlone, sendTogether, Surprise, type End } from './attempt';
import { planned, type Move, type World } from './world';

/** One way in which the world around a move goes wrong. What the model foresees must come true nevertheless. */
export type Fault = (world: World, move: Move, plan: EndorsementPlan) => Promise<void>;

const same = (first: string, second: string, move: Move): void => {
  if (first !== second)
    throw new Surprise(`${move.name}: the same instruction answered otherwise: ${first} / ${second}`);
};

/** Asked again until it is decided. */
async function askedAgain(world: World, move: Move, plan: EndorsementPlan, result: SubmitResult): Promise<End> {
  const end = endOf(result) ?? endOf(await sendAlone(world, move, plan));
  if (end === null) throw new Surprise(`${move.name}: two lost races in a row`);
  return end;
}

/** The client's retry after everything went well: the stored outcome, nothing new. */
const repeated: Fault = async (world, move, plan) => {
  const end = await perform(world, move, plan);
  if (end.kind === 'refused') return;
  const again = endOf(await sendAlone(world, move, plan));
  if (again?.kind !== 'applied') throw new Surprise(`${move.name}: a repeat was not answered`);
  same(end.text, again.text, move);
};

/** The client sends one transaction to ordering twice: the second has code 9 and no effect. */
const orderedTwice: Fault = async (world, move, plan) => {
  world.consortium.embedded.faults.sendTwice(plan.endorsers[0] ?? '', 1);
  await perform(world, move, plan);
  world.consortium.embedded.faults.sendTwice(plan.endorsers[0] ?? '', 0);
};

/** Two submissions of one instruction in one block: one is applied, and asked again the other has the same answer. */
const submittedTwice: Fault = async (world, move, plan) => {
  const foreseen = move.foresee();
  const submit = (): Promise<SubmitResult> => send(world, move, plan);
  const [first, second] = await sendTogether(world, [submit, submit]);
  if (first === undefined || second === undefined) throw new Error('two were sent');
  if (first.kind === 'committed' && second.kind === 'committed')
    throw new Surprise(`${move.name}: applied twice in one block`);
  await follow(move, foreseen, await askedAgain(world, move, plan, first), plan);
  const again = await askedAgain(world, move, plan, second);
  if (first.kind === 'committed' && again.kind === 'applied') same(first.result, again.text, move);
};

/** The reply is lost: the outcome is found under the transaction's id. */
const replyLost: Fault = async (world, move, plan) => {
  const from = plan.endorsers[0] ?? '';
  world.consortium.embedded.faults.dropReplies(from, 1);
  const foreseen = move.foresee();
  const result = await sendAlone(world, move, plan);
  world.consortium.embedded.faults.dropReplies(from, 0);
  if (result.kind !== 'unknown') return follow(move, foreseen, await askedAgain(world, move, plan, result), plan);
  const outcome = await world.consortium.network.ledgerFor(world.honest).outcome(result.txId);
  if (outcome?.kind !== 'committed') throw new Surprise(`${move.name}: in doubt for ever`);
  await follow(move, foreseen, { kind: 'applied', text: outcome.result }, plan);
};

/** The instruction that ends a move's instruction, by the same member. */
async function voiding(world: World, move: Move): Promise<Move | null> {
  const [signed] = [move.sending.signed ?? []].flat();
  const by =
    signed === undefined ? undefined : world.firms.find(({ record }) => record.id === signed.instruction.member);
  if (signed === undefined || by === undefined) return null;
  const client = world.client();
  const unsigned = buildVoid({ ...client.authoring(by), id: signed.instruction.id });
  return {
    name: 'instruction.voidInstruction',
    sending: { contract: 'instruction', fn: 'voidInstruction', signed: await client.sign(unsigned, by, 'checker') },
    plan: (network) => planPublicCall([by.record.host], network),
    foresee: () => null,
    happen: () => undefined,
  };
}

/** Never sent to ordering, then voided: it is refused for ever. */
const voided: Fault = async (world, move, plan) => {
  const ending = await voiding(world, move);
  const endingPlan = ending === null ? null : planned(ending, world.network);
  if (ending === null || endingPlan === null) return void (await perform(world, move, plan));
  const result = await sendAlone(world, move, plan, () => Promise.reject(new Error('the client died')));
  if (result.kind !== 'notEndorsed') throw new Surprise(`${move.name}: sent although its client died`);
  await perform(world, ending, endingPlan);
  await follow(
    move,
    'INSTRUCTION_VOIDED',
    await askedAgain(world, move, plan, await sendAlone(world, move, plan)),
    plan,
  );
};

/** The instruction and its end in one block: exactly one of them wins. */
const racedByVoid: Fault = async (world, move, plan) => {
  const foreseen = move.foresee();
  const ending = await voiding(world, move);
  const endingPlan = ending === null ? null : planned(ending, world.network);
  if (ending === null || endingPlan === null || foreseen !== null) return void (await perform(world, move, plan));
  const both = [() => send(world, move, plan), () => send(world, ending, endingPlan)];
  const isMoveFirst = world.dice.chance(50);
  const results = await sendTogether(world, isMoveFirst ? both : both.reverse());
  const [ofMove, ofEnding] = isMoveFirst ? results : results.reverse();
  if (ofMove === undefined || ofEnding === undefined) throw new Error('two were sent');
  if ((ofMove.kind === 'committed') === (ofEnding.kind === 'committed')) {
    throw new Surprise(`${move.name}: it and its voiding: ${ofMove.kind} / ${ofEnding.kind}`);
  }
  const isVoid = ofEnding.kind === 'committed';
  await follow(move, isVoid ? 'INSTRUCTION_VOIDED' : null, await askedAgain(world, move, plan, ofMove), plan);
  await follow(
    ending,
    isVoid ? null : 'RECORD_EXISTS',
    await askedAgain(world, ending, endingPlan, ofEnding),
    endingPlan,
  );
};

/** Other content under an id that was used. */
const idReused: Fault = async (world, move, plan) => {
  const end = await perform(world, move, plan);
  const [signed, ...others] = [move.sending.signed ?? []].flat();
  if (end.kind === 'refused' || signed === undefined) return;
  const instruction = {
    ...signed.instruction,
    notAfter: new Date(Date.parse(signed.instruction.notAfter) + 1).toISOString(),
  };
  const changed: Move = { ...move, sending: { ...move.sending, signed: [{ ...signed, instruction }, ...others] } };
  await follow(
    changed,
    'INSTRUCTION_ID_REUSED',
    await askedAgain(world, changed, plan, await sendAlone(world, changed, plan)),
    plan,
  );
  // Nobody shows it to others as something that happened.
  world.consortium.sent.delete(instructionHash(instruction));
};

/** One endorser stands blocks behind: nothing wrong is applied, and once it has caught up the move ends as foreseen. */
const laggard: Fault = async (world, move, plan) => {
  const { faults } = world.consortium.embedded;
  const late = world.dice.pick(plan.endorsers);
  // Others must be able to go on without it.
  if (world.down.size > 0) return void (await perform(world, move, plan));
  world.lagging.add(late);
  // A peer never goes back, so it falls behind while blocks of others pass.
  faults.setLag(late, 1 + world.dice.below(3));
  for (let blocks = 0; blocks < 2; blocks += 1) await tickBlock(world);
  const foreseen = move.foresee();
  const first = await sendAlone(world, move, plan);
  faults.setLag(late, 0);
  world.lagging.delete(late);
  await follow(move, foreseen, await askedAgain(world, move, plan, first), plan);
};

/** An endorser's clock is off: within five minutes it changes nothing, beyond them its refusal stops the move until it is set right. */
const skewed: Fault = async (world, move, plan) => {
  const off = world.dice.pick(plan.endorsers);
  const minutes = world.dice.pick([-7, -4, 4, 7]);
  world.skew.set(off, minutes * 60_000);
  const foreseen = move.foresee();
  const first = await sendAlone(world, move, plan);
  world.skew.set(off, 0);
  if (Math.abs(minutes) > 5 && first.kind === 'committed')
    throw new Surprise(`${move.name}: a clock ${minutes} minutes off did not matter`);
  if (Math.abs(minutes) < 5 && first.kind === 'notEndorsed' && first.cause !== 'refused')
    throw new Surprise(`${move.name}: ${first.message}`);
  await follow(move, foreseen, await askedAgain(world, move, plan, first), plan);
};

/** An endorser is down and nobody knows yet: the port says who; without it the move ends as foreseen, or waits. */
const endorserDown: Fault = async (world, move, plan) => {
  const off = world.dice.pick(plan.endorsers.slice(1));
  const { faults } = world.consortium.embedded;
  faults.setDown(off, true);
  world.down.add(off);
  const foreseen = move.foresee();
  const first = await sendAlone(world, move, plan);
  if (first.kind !== 'notEndorsed' || first.cause !== 'unavailable' || first.organisations?.[0] !== off) {
    throw new Surprise(`${move.name}: ${off} is down, but ${first.kind}`);
  }
  const without = planned(move, world.network);
  if (without === null) {
    faults.setDown(off, false);
    world.down.delete(off);
  }
  const next = without ?? plan;
  await follow(move, foreseen, await askedAgain(world, move, next, await sendAlone(world, move, next)), next);
  faults.setDown(off, false);
  world.down.delete(off);
};

/** A block that concerns nobody: somebody voids an instruction that never was. */
async function tickBlock(world: World): Promise<void> {
  const by = world.consortium.firms.core;
  const client = world.client();
  const { author } = client.authoring(by);
  const unsigned = buildVoid({ ...client.authoring(by), id: author.instructionId });
  const sending = { contract: 'instruction', fn: 'voidInstruction', signed: await client.sign(unsigned, by, 'maker') };
  const move: Move = { name: 'tick', sending, plan: () => plan, foresee: () => null, happen: () => undefined };
  const answering = ALL.filter((msp) => !world.down.has(msp) && !world.lagging.has(msp));
  const plan = { endorsers: answering, readers: [] };
  await perform(world, move, plan);
}

export const FAULTS = {
  none: async (world: World, move: Move, plan: EndorsementPlan): Promise<void> =>
    void (await perform(world, move, plan)),
  repeated,
  orderedTwice,
  submittedTwice,
  replyLost,
  voided,
  racedByVoid,
  idReused,
  laggard,
  skewed,
  endorserDown,
} satisfies Record<string, Fault>;
