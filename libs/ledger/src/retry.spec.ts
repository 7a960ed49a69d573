import type { Call, Ledger, SubmitResult } from './port';
import { withRetries } from './retry';

const call: Call = { contract: 'c', fn: 'f', args: ['same'], transient: {}, endorsers: ['AMSP'] };
const committed: SubmitResult = { kind: 'committed', txId: 't', blockNumber: 9n, result: 'r' };
const lost = (code: number, conflict: boolean): SubmitResult => ({
  kind: 'rejected',
  txId: 't',
  blockNumber: 7n,
  code,
  reason: 'x',
  conflict,
});
const mismatch: SubmitResult = { kind: 'notEndorsed', txId: 't', cause: 'mismatch', message: 'x' };
const refused: SubmitResult = { kind: 'notEndorsed', txId: 't', cause: 'refused', message: 'x' };
const unknown: SubmitResult = { kind: 'unknown', txId: 't' };

function retrying(answers: SubmitResult[], random = () => 0.5) {
  const calls: Call[] = [];
  const pauses: number[] = [];
  const ledger = {
    submit: (each: Call) => {
      calls.push(each);
      return Promise.resolve(answers[Math.min(calls.length, answers.length) - 1]);
    },
  } as unknown as Ledger;
  const sleep = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const policy = { attempts: 4, firstPauseMs: 100, maxPauseMs: 300, random, sleep };
  return { ledger: withRetries(ledger, policy), calls, pauses };
}

describe('retries', () => {
  it.each<[string, SubmitResult[], number, SubmitResult]>([
    ['a success is final', [committed], 1, committed],
    ['a refusal is final', [refused, committed], 1, refused],
    ['doubt is final', [unknown, committed], 1, unknown],
    ['a conflict is asked again until it is settled', [lost(11, true), lost(10, true), committed], 3, committed],
    ['a conflict becomes the true refusal', [lost(11, true), refused], 2, refused],
    ['a conflict is asked again only so often', [lost(11, true)], 4, lost(11, true)],
    ['a disagreement of endorsers is asked again', [mismatch, committed], 2, committed],
    ['a disagreement that stays is final', [mismatch], 4, mismatch],
    [
      'missing endorsers are asked once more, for the key may have changed hands',
      [lost(10, false)],
      2,
      lost(10, false),
    ],
    ['another invalid code is final', [lost(9, false), committed], 1, lost(9, false)],
  ])('%s', async (_, answers, submissions, expected) => {
    const { ledger, calls } = retrying(answers);
    expect(await ledger.submit(call)).toEqual(expected);
    expect(calls).toHaveLength(submissions);
  });

  it('send the same arguments, after the block that was lost to', async () => {
    const { ledger, calls } = retrying([lost(11, true), committed]);
    await ledger.submit(call);
    expect(calls).toEqual([call, { ...call, afterBlock: 7n }]);
  });

  it('pause at random up to a bound that doubles', async () => {
    const { ledger, pauses } = retrying([lost(11, true)]);
    await ledger.submit(call);
    expect(pauses).toEqual([50, 100, 150]);
  });
});
