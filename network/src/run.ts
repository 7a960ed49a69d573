import { execFile } from 'node:child_process';

/** A program that ended with an error: what it was asked, and what it said. */
export class ProgramFailed extends Error {
  override name = 'ProgramFailed';
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Patience in ms. */
  readonly timeout?: number;
}

/**
 * Runs a program to its end.
 * @returns its standard output
 * @throws ProgramFailed with its own words
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      file,
      [...args],
      { timeout: 60_000, maxBuffer: 50_000_000, ...options, env: { ...process.env, ...options.env } },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else
          reject(
            new ProgramFailed(`${file} ${args.slice(0, 4).join(' ')}: ${reason(stderr || stdout || error.message)}`),
          );
      },
    );
  });
}

/** What went wrong, without the description of all options that Fabric's programs add. */
function reason(text: string): string {
  const error = text.split('\n').find((line) => line.startsWith('Error: '));
  return error ?? text.trim().split('\n').slice(-5).join('\n');
}
