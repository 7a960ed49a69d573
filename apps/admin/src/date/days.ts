import { businessDateOf, isInstant } from '@tallystick/domain';

/** The business day of an instant, or the date as it is. */
export function dateOf(value: string): string {
  return isInstant(value) ? businessDateOf(value) : value.slice(0, 10);
}

/** The last day on which something with this end can still be done: an end at midnight is the end of the day before. */
export function lastDayOf(end: string): string {
  return dateOf(isInstant(end) ? new Date(Date.parse(end) - 1).toISOString() : end);
}

/** `2026-06-30 24:00` for an end at midnight, which nobody then takes for a time on the next day. */
export function endMinuteOf(end: string): string {
  return minuteOf(end).endsWith(' 00:00') ? `${lastDayOf(end)} 24:00` : minuteOf(end);
}

/** `2026-06-30 14:05` at +08:00, where the trade's clock stands. */
export function minuteOf(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}
