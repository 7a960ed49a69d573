import {
  OutcomeSchema,
  PUBLIC_ARGUMENT,
  REQUEST_FIELD,
  requestBytes,
  type EndorsementPlan,
} from '@tallystick/protocol';
import type { SubmitResult } from '@tallystick/ledger';
import type { Move, World } from './world';

/** How a move ended: applied with these bytes, or refused with this code. */
export type End = { kind: 'applied'; text: string } | { kind: 'refused'; code: string };

/** The ledger answered otherwise than the model foresaw: one of the two is wrong. */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

/** Sends a move to its endorsers; nothing of the model changes. `onEndorsed` as the port has it. */
export function send(
  { consortium }: World,
  { sending, context }: Move,
  plan: EndorsementPlan,
  onEndorsed?: (txId: string) => Promise<void>,
): Promise<SubmitResult> {
  const { contract, fn } = sending;
  const request = consortium.request({ ...sending, readers: plan.readers, ...(context && { context: context() }) });
  return consortium.network.ledgerFor(plan.endorsers[0] ?? '').submit({
    contract,
    fn,
    args: [PUBLIC_ARGUMENT],
    transient: { [REQUEST_FIELD]: requestBytes(request) },
    endorsers: plan.endorsers,
    ...(onEndorsed !== undefined && { onEndorsed }),
  });
}

/** Sends and cuts the block. */
export function sendAlone(...given: Parameters<typeof send>): Promise<SubmitResult> {
  const [world] = given;
  return world.consortium.cutting(send(...given));
}

/** Several sent one after the other into one block. */
export async function sendTogether(
  { consortium }: World,
  sends: (() => Promise<SubmitResult>)[],
): Promise<SubmitResult[]> {
  const sent: Promise<SubmitResult>[] = [];
  for (const each of sends) {
    const before = consortium.embedded.backlog;
    const over = { is: false };
    sent.push(each().finally(() => (over.is = true)));
    while (!over.is && consortium.embedded.backlog === before) await new Promise((resolve) => setImmediate(resolve));
  }
  await consortium.embedded.cutBlock();
  return Promise.all(sent);
}

/** The end of a submission, or null while asking again may help: a lost race, or endorsers of different heights or clocks. */
export function endOf(result: SubmitResult): End | null {
  if (result.kind === 'committed') return { kind: 'applied', text: result.result };
  if (result.kind === 'notEndorsed' && result.cause === 'refused') {
    return { kind: 'refused', code: result.refusal?.code ?? result.message };
  }
  if (result.kind === 'rejected' && result.conflict) return null;
  if (result.kind === 'notEndorsed' && result.cause === 'mismatch') return null;
  throw new Surprise(
    `no end: ${JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
  );
}

/** Holds an end against what was foreseen and, when it was applied, lets the model follow. */
export async function follow(move: Move, foreseen: string | null, end: End, plan: EndorsementPlan): Promise<void> {
  const got = end.kind === 'applied' ? null : end.code;
  if (got !== foreseen) {
    throw new Surprise(`${move.name}: foreseen ${foreseen ?? 'applied'}, but ${got ?? 'applied'}`);
  }
  if (end.kind !== 'applied') return;
  const { applied } = OutcomeSchema.parse(JSON.parse(end.text));
  await move.happen({ applied, readers: plan.readers });
}

/** A move without any fault, to its end. */
export async function perform(world: World, move: Move, plan: EndorsementPlan): Promise<End> {
  const foreseen = move.foresee();
  const result = await sendAlone(world, move, plan);
  const end = endOf(result);
  if (end === null)
    throw new Surprise(`${move.name}: a conflict or a disagreement where nothing else happened: ${result.kind}`);
  await follow(move, foreseen, end, plan);
  return end;
}
