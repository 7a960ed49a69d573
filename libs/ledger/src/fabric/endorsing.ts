import type { Call, NotEndorsed } from '../port';
import { type Endorsed, PeerProblem, type Proposal } from './client';
import type { Heights } from './heights';
import { backoff, pause } from './pause';
import { behind, unavailable, verdict } from './verdict';

export interface EndorsingTimes {
  /** Longest wait for the answers of the endorsers. */
  endorseMs: number;
  /** Longest wait for an endorser to reach a height. */
  heightMs: number;
}

const mostAttempts = 6;
const firstPauseMs = 50;
const longestPauseMs = 1_000;

/**
 * Asks the endorsers until their answer counts. Peers commit a block at different moments, so a refusal or a
 * disagreement counts only when all of them had reached what the call depends on: `afterBlock`, and without it what the
 * furthest of them (and the own peer) has. A peer that is too busy is asked again. All of it is bounded.
 */
export async function endorse(
  proposal: Proposal,
  { afterBlock }: Pick<Call, 'afterBlock'>,
  ownMspId: string,
  heights: Heights,
  times: EndorsingTimes,
): Promise<Endorsed | NotEndorsed> {
  const { txId, endorsers } = proposal;
  if (endorsers.length === 0) return unavailable(txId, [], 'no endorser named');
  let isLevel = afterBlock !== undefined;
  if (afterBlock !== undefined) {
    const late = await heights.reach(endorsers, afterBlock + 1n, times.heightMs);
    if (late.length > 0) return lagging(txId, late, heights);
  }

  for (let attempt = 1; ; attempt += 1) {
    const answer = await proposal.endorse(times.endorseMs);
    if (!Array.isArray(answer)) return answer;
    const problems = await located(answer, endorsers, heights);
    const said = verdict(txId, endorsers, problems);
    const isBusy = problems.some(({ kind }) => kind === 'busy');
    const isFinal = said.cause === 'unavailable' ? !isBusy : said.cause !== 'mismatch' && isLevel;
    if (isFinal || attempt >= mostAttempts) return said;
    await pause(backoff(attempt, firstPauseMs, longestPauseMs));
    if (isBusy) continue;
    const late = await heights.level([...new Set([...endorsers, ownMspId])], times.heightMs);
    const missing = late.filter((mspId) => endorsers.includes(mspId));
    if (missing.length > 0) return lagging(txId, missing, heights);
    isLevel = true;
  }
}

/** Behind, or down altogether: who does not even tell its height is unavailable. */
async function lagging(txId: string, mspIds: readonly string[], heights: Heights): Promise<NotEndorsed> {
  const down = await silent(mspIds, heights);
  return down.length > 0 ? unavailable(txId, down, `no answer from ${down.join(', ')}`) : behind(txId, mspIds);
}

/** Finds out which organisation it was, when an error of the client does not say. */
async function located(
  problems: PeerProblem[],
  endorsers: readonly string[],
  heights: Heights,
): Promise<PeerProblem[]> {
  const [nameless] = problems.filter(({ kind, mspId }) => kind === 'unavailable' && mspId === null);
  if (nameless === undefined) return problems;
  const down = await silent(endorsers, heights);
  if (down.length === 0) return problems;
  return down.map((mspId) => new PeerProblem('unavailable', nameless.message, mspId));
}

async function silent(mspIds: readonly string[], heights: Heights): Promise<string[]> {
  const answers = await Promise.allSettled(mspIds.map((mspId) => heights.now(mspId)));
  return mspIds.filter((_, index) => answers[index]?.status === 'rejected');
}
