/** The item at `index` of a list that the caller knows to be long enough. @throws RangeError when it is not */
export function nth<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${list.length}`);
  return item;
}
