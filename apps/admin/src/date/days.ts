import { businessDateOf, daysBetween, isInstant } from '@tallystick/domain';
import { useText } from '../i18n';

/** The business day of an instant, or the date as it is. */
export function dateOf(value: string): string {
  return isInstant(value) ? businessDateOf(value) : value.slice(0, 10);
}

/** `2026-06-30 14:05` at +08:00, where the trade's clock stands. */
export function minuteOf(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

/** "in 12 days", "today", "3 days ago", as seen from a business date. */
export function useDaysText(): (date: string, today: string) => string {
  const text = useText();
  return (date, today) => {
    const days = daysBetween(today, date);
    if (days === 0) return text('frame.today');
    if (days === 1) return text('frame.tomorrow');
    if (days === -1) return text('frame.yesterday');
    return days > 0 ? text('frame.inDays', { smart_count: days }) : text('frame.daysAgo', { smart_count: -days });
  };
}
