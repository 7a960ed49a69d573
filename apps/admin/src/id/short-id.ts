const KEPT = 6;

/** Shortens a long id in the middle: `9f86d0…0f00a0`. A member's number (18 characters) stays whole. */
export function shortened(id: string): string {
  return id.length <= 20 ? id : `${id.slice(0, KEPT)}…${id.slice(-KEPT)}`;
}
