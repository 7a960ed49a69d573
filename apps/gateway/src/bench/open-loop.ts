/**
 * Starts jobs at a steady rate, whatever becomes of the earlier ones, so that a slow answer does not slow the load down.
 * @returns for each job the time from when it was due to start until its end, ms, in order of ending
 */
export async function openLoop(perSecond: number, jobs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const took: number[] = [];
  const from = performance.now();
  const running = jobs.map(async (job, index) => {
    const due = from + (index * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    await job();
    took.push(performance.now() - due);
  });
  await Promise.all(running);
  return took;
}
