const NOTHING = Symbol('nothing yet');

/**
 * What a source gives, in order and without loss: each time all that is there, `most` at most, so that a slow reader does fewer
 * and larger pieces of work. @throws what the source throws, after all that came before it
 */
export async function* batched<T>(source: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next = ask(iterator);
  try {
    for (let first = await next; first.done !== true; first = await next) {
      const batch = [first.value];
      next = ask(iterator);
      while (batch.length < most) {
        const more = await Promise.race([next, soon()]).catch((): typeof NOTHING => NOTHING); // thrown once what came before is given
        if (more === NOTHING || more.done === true) break;
        batch.push(more.value);
        next = ask(iterator);
      }
      yield batch;
    }
  } finally {
    // Not waited for: the source may answer only with its next value.
    iterator.return?.().catch(() => undefined);
  }
}

function ask<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T, unknown>> {
  const next = iterator.next();
  next.catch(() => undefined); // thrown where it is awaited
  return next;
}

const soon = (): Promise<typeof NOTHING> => new Promise((resolve) => setImmediate(resolve, NOTHING));
