import type { Call, NotEndorsed } from '../port';
import { type Endorsed, PeerProblem, type Proposal } from './client';
import type { Heights } from './heights';
import { backoff, pause } from './pause';
import { behind, unavailable, verdict } from './verdict';

export interface Endorsing {
  proposal: Proposal;
  ownMspId: string;
  heights: Heights;
  times: EndorsingTimes;
  /** Runs the same call at one endorser alone, to find out which one does not answer. @throws PeerProblem */
  probe: (mspId: string) => Promise<unknown>;
}

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
  { proposal, ownMspId, heights, times, probe }: Endorsing,
  { afterBlock }: Pick<Call, 'afterBlock'>,
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
    const problems = await located(answer, { proposal, ownMspId, heights, probe });
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

/** Finds out which organisation it was, when an error of the client does not say: one peer or chaincode that hangs. */
async function located(
  problems: PeerProblem[],
  { proposal, ownMspId, heights, probe }: Omit<Endorsing, 'times'>,
): Promise<PeerProblem[]> {
  const nameless = problems.find(({ kind, mspId }) => kind === 'unavailable' && mspId === null);
  if (nameless === undefined) return problems;
  const { endorsers } = proposal;
  const answers = await Promise.allSettled(endorsers.map(probe));
  const down = endorsers.filter((_, index) => isUnreached(answers[index]));
  // The own peer may have to pass the question on without being asked itself.
  if (down.length === 0) down.push(...(await silent([ownMspId], heights)));
  if (down.length === 0) return problems;
  return down.map((mspId) => new PeerProblem('unavailable', nameless.message, mspId));
}

function isUnreached(answer: PromiseSettledResult<unknown> | undefined): boolean {
  return answer?.status === 'rejected' && answer.reason instanceof PeerProblem && answer.reason.kind === 'unavailable';
}

async function silent(mspIds: readonly string[], heights: Heights): Promise<string[]> {
  const answers = await Promise.allSettled(mspIds.map((mspId) => heights.now(mspId)));
  return mspIds.filter((_, index) => answers[index]?.status === 'rejected');
}
