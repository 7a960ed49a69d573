/** Where a leaf of a JSON value stands. */
export type Path = readonly (string | number)[];

/** Paths of all leaves of a JSON value; an empty list or object is a leaf. */
export function leafPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, each]) => leafPaths(each, [...path, key]));
}

/** The value with the leaf at `path` changed into another of its form, as far as it has one. */
export function flipLeaf<T>(value: T, path: Path): T {
  const copy = structuredClone(value) as unknown;
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce((at: unknown, key) => (at as Record<string | number, unknown>)[key], copy);
  if (last === undefined) throw new RangeError('a value has no leaf at the empty path');
  const holder = parent as Record<string | number, unknown>;
  holder[last] = flipped(holder[last]);
  return copy as T;
}

function flipped(leaf: unknown): unknown {
  if (typeof leaf === 'string') return leaf === '' ? '0' : leaf.slice(0, -1) + otherCharacter(leaf.at(-1) ?? '');
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  // null, or an empty list or object: something stands where nothing stood.
  return leaf === null ? '0' : ['0'];
}

const otherCharacter = (character: string): string => (character === '0' ? '1' : '0');
