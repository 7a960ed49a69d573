import { hashParts } from '@tallystick/crypto';
import type { Random } from '@tallystick/protocol';

/** Bytes that follow from a seed, so that a failing test can be repeated. Not for keys that guard anything. */
export function seededRandom(seed: string): Random {
  let count = 0;
  return (bytes) => {
    let hex = '';
    while (hex.length < bytes * 2) hex += hashParts('tallystick/test-random/1', seed, String(count++));
    return hex.slice(0, bytes * 2);
  };
}

/** A UUIDv7 of a moment (milliseconds since 1970) from given randomness. */
export function uuidV7At(ms: number, random: Random): string {
  const time = ms.toString(16).padStart(12, '0');
  const rest = random(10);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}
