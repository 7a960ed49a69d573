import { addDays } from '@tallystick/domain';
import { useText } from '../i18n';
import { Ladder } from '../ladder/Ladder';
import { useBusinessDate } from '../layout/network';
import { Empty } from '../list/Empty';
import { SummaryPanel } from './summary';

/** What falls due, week by week; a bar opens the list behind it. */
export function FallingDue({ title, to }: { title: string; to: string }) {
  const text = useText();
  const today = useBusinessDate();
  return (
    <SummaryPanel title={title} part="ladder" height={204}>
      {(weeks) =>
        weeks === undefined || weeks.length === 0 || today === undefined ? (
          <Empty title={text('home.nothingDue')} />
        ) : (
          <Ladder
            weeks={weeks}
            today={today}
            label={title}
            to={({ week }) =>
              `${to}?filter=${encodeURIComponent(JSON.stringify({ dueFrom: week, dueTo: addDays(week, 6) }))}`
            }
          />
        )
      }
    </SummaryPanel>
  );
}
