import { canonicalBytes, canonicalJson } from '@tallystick/crypto';
import {
  APPLIED_EVENT,
  BundleSchema,
  bundleKey,
  ownCollection,
  instructionHash,
  type AppliedEvent,
  type AppliedOutcome,
  type Bundle,
  type CallName,
  type Openings,
} from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { Authority, Call } from '../authorisation/call';
import { requireSignersFor } from '../authorisation/signatures';
import { Refused } from '../refusal/refused';

/** What a handler leaves to be finished, after its own record writes. */
export interface Effects {
  /** Ids of the records made, in body order: public, part of the outcome. */
  ids: string[];
  /** Organisations entitled to openings, each with what it may see; those among the request's `readers` get them. */
  openings?: Readonly<Record<string, Openings>>;
  /** For `byAmount` calls: what each instruction moves, in fen, in the order of the acts. */
  amountsFen?: readonly bigint[];
  /** The instructions that stand behind the openings, when they are not this request's own. */
  behind?: Bundle['instructions'];
}

/**
 * Ends a call: the four-eyes check on its amount, one record per instruction, one bundle per reader, the event, the outcome.
 * @throws Refused ROLE_MISSING; COLLECTION_FORBIDDEN for a reader who is not entitled
 */
export async function finish<N extends CallName, C, K extends CallName>(
  ctx: Context,
  call: Call<N, C, K>,
  authority: Authority,
  effects: Effects,
): Promise<string> {
  requireAmountsSigned(call, authority, effects);
  const acts = call.companion === null ? call.acts : [...call.acts, call.companion];
  const outcome: AppliedOutcome = { applied: acts.map(({ key }) => key), ids: effects.ids };
  const text = canonicalJson(outcome);
  for (const { key, instruction } of acts) {
    const record = { schema: 1 as const, hash: instructionHash(instruction), outcome: text, voided: false };
    await call.state.create('Instruction', [key], record, 'chaincode');
  }
  await writeBundles(ctx, call, effects);
  const { contract, fn } = call;
  const event: AppliedEvent = { contract, fn, instructions: outcome.applied, keys: call.state.keys };
  ctx.stub.setEvent(APPLIED_EVENT, canonicalBytes(event));
  return text;
}

function requireAmountsSigned<N extends CallName, C, K extends CallName>(
  call: Call<N, C, K>,
  authority: Authority,
  { amountsFen }: Effects,
): void {
  if (authority !== 'byAmount') return;
  call.acts.forEach(({ signed, member }, index) => {
    const amountFen = amountsFen?.[index];
    if (amountFen === undefined) throw new Error(`${call.contract}.${call.fn} does not say what it moves`);
    requireSignersFor(amountFen, signed, member);
  });
}

async function writeBundles<N extends CallName, C, K extends CallName>(
  ctx: Context,
  call: Call<N, C, K>,
  { openings = {}, behind }: Effects,
): Promise<void> {
  const { readers, instructions } = call.request;
  if (new Set(readers).size !== readers.length) throw new Refused('BAD_INPUT', { field: 'readers' });
  const own = instructions.map(({ instruction, signatures }) => ({ instruction, signatures }));
  // Mostly all readers see the same: checked and spelled once.
  const written = new Map<Openings, Uint8Array>();
  for (const reader of readers) {
    const opened = Object.hasOwn(openings, reader) ? openings[reader] : undefined;
    if (opened === undefined) throw new Refused('COLLECTION_FORBIDDEN', { reader });
    const bytes =
      written.get(opened) ??
      canonicalBytes(BundleSchema.parse({ v: 1, instructions: behind ?? own, openings: opened }));
    written.set(opened, bytes);
    await ctx.stub.putPrivateData(ownCollection(reader), bundleKey(call.key), bytes);
  }
}
