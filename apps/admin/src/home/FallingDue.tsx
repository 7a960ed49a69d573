import { addDays } from '@tallystick/domain';
import type { LadderWeek } from '../api/types';
import { useText } from '../i18n';
import { Ladder } from '../ladder/Ladder';
import { useBusinessDate } from '../layout/network';
import { Empty } from '../list/Empty';
import { SummaryPanel } from './summary';

/** What falls due to receive or to pay, week by week; a bar opens the certificates behind it. */
export function FallingDue({ title, side }: { title: string; side: LadderWeek['side'] }) {
  const text = useText();
  const today = useBusinessDate();
  const role = side === 'pay' ? 'issued' : 'held';
  return (
    <SummaryPanel title={title} part="ladder" height={222}>
      {(all) => {
        const weeks = all.filter((week) => week.side === side);
        return weeks.length === 0 || today === undefined ? (
          <Empty title={text('home.nothingDue')} />
        ) : (
          <Ladder
            weeks={weeks}
            today={today}
            label={title}
            to={({ week }) =>
              `/certificates?filter=${encodeURIComponent(JSON.stringify({ role, dueFrom: week, dueTo: addDays(week, 6) }))}`
            }
          />
        );
      }}
    </SummaryPanel>
  );
}
