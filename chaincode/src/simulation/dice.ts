import { hashParts } from '@tallystick/crypto';

/** Choices that follow from a seed alone, so that a failing walk is walked again step by step. */
export class Dice {
  private count = 0;

  constructor(readonly seed: string) {}

  /** An integer from 0 to `below` − 1. */
  below(below: number): number {
    const hex = hashParts('tallystick/dice/1', this.seed, String(this.count++)).slice(0, 12);
    return Number.parseInt(hex, 16) % below;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of the list. @throws RangeError for an empty one */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  /** One of the list, mostly one that fits; null for an empty list, and mostly when none fits. */
  prefer<T>(list: readonly T[], fits: (each: T) => boolean): T | null {
    if (list.length === 0) return null;
    if (this.chance(15)) return this.pick(list);
    const fitting = list.filter(fits);
    if (fitting.length > 0) return this.pick(fitting);
    return this.chance(15) ? this.pick(list) : null;
  }

  /** A name by its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of entries) {
      if (left < weight) return name;
      left -= weight;
    }
    throw new RangeError('no weights');
  }
}
