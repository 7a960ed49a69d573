import fc from 'fast-check';
import { VersionedMap } from './versioned-map';

describe('a map of versions', () => {
  it('answers as of every height still readable, whatever was written and forgotten', () => {
    const write = fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.option(fc.nat(9), { nil: undefined }) });
    const block = fc.record({ writes: fc.array(write, { maxLength: 4 }), readersBehind: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const map = new VersionedMap<number>();
        // The model: a whole copy of the state at every height.
        const states = [new Map<string, { value: number; version: { block: number; tx: number } }>()];
        let oldest = 0;
        blocks.forEach(({ writes, readersBehind }, number) => {
          const state = new Map(states[number]);
          writes.forEach(({ key, value }, tx) => {
            map.put(key, value, { block: number, tx });
            if (value === undefined) state.delete(key);
            else state.set(key, { value, version: { block: number, tx } });
          });
          states.push(state);
          oldest = Math.max(oldest, number + 1 - readersBehind);
          map.forgetBefore(oldest);
          for (let height = oldest; height <= number + 1; height += 1)
            for (const key of ['a', 'b', 'c']) expect(map.get(key, height)).toEqual(states[height]?.get(key));
        });
      }),
    );
  });

  it('does forget', () => {
    const map = new VersionedMap<number>();
    map.put('k', 1, { block: 0, tx: 0 });
    map.put('k', 2, { block: 1, tx: 0 });
    expect(map.get('k', 1)?.value).toBe(1);
    map.forgetBefore(2);
    expect(map.get('k', 1)).toBeUndefined();
    expect(map.get('k', 2)?.value).toBe(2);
  });
});
