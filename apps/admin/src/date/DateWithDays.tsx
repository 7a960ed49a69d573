import Box from '@mui/material/Box';
import { useBusinessDate } from '../layout/network';
import { lastDayOf } from './days';
import { useDaysText } from './useDaysText';

interface Props {
  date: string | null | undefined;
  pressing?: boolean;
  days?: boolean;
}

/**
 * `2026-06-30` with "in 12 days" beside it; of an instant, which is an end, the last day before it. A date behind us that
 * should not be is red with `pressing`; with `days` false it stands alone, for what is over and done.
 */
export function DateWithDays({ date, pressing = false, days = true }: Props) {
  const today = useBusinessDate();
  const daysText = useDaysText();
  if (date === null || date === undefined) return <span>–</span>;
  const day = lastDayOf(date);
  const late = pressing && today !== undefined && day < today;
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'baseline' }}>
      <time dateTime={day} style={{ whiteSpace: 'nowrap' }}>
        {day}
      </time>
      {days && today !== undefined && (
        <Box
          component="span"
          sx={{
            fontSize: '0.85em',
            fontWeight: 400,
            whiteSpace: 'nowrap',
            color: late ? 'error.main' : 'text.secondary',
          }}
        >
          {daysText(day, today)}
        </Box>
      )}
    </Box>
  );
}
