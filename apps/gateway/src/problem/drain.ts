import type { Request, Response } from 'express';

const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_MS = 10_000;

/**
 * Reads and drops what a client still sends, so that it gets to read our answer: a closed connection would look like
 * a network fault to it. Bounded in size and time; then the connection ends with the answer.
 */
export function drain(request: Request, response: Response): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const done = () => {
      clearTimeout(late);
      request.off('data', count).off('end', done).off('close', done).off('error', done);
      if (!request.complete) response.setHeader('Connection', 'close');
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) done();
    };
    const late = setTimeout(done, LONGEST_MS);
    request.on('data', count).on('end', done).on('close', done).on('error', done);
    request.resume();
  });
}
