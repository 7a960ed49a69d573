/** One figure of a bench. */
export interface Figure {
  bench: string;
  value: number;
  unit: string;
  /** What bounds it, how it was taken. */
  [note: string]: string | number;
}

/** Time on the clock and on this process's own processors. */
export interface Timed<T> {
  result: T;
  seconds: number;
  cpuSeconds: number;
}

export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds: (performance.now() - from) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
}

/** Runs jobs, at most `width` at a time. @returns how long each took, ms, in order of ending */
export async function drive(width: number, jobs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const from = performance.now();
      await job();
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return took;
}

/** The value below which a share of the sample lies. @throws RangeError for an empty sample */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('an empty sample has no percentile');
  return value;
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
