import { daysBetween } from '@tallystick/domain';
import { useText } from '../i18n';

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
