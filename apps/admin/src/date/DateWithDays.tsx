import Box from '@mui/material/Box';
import { useBusinessDate } from '../layout/network';
import { dateOf, useDaysText } from './days';

/** `2026-06-30` with "in 12 days" beside it; a date behind us that should not be is red with `pressing`. */
export function DateWithDays({ date, pressing = false }: { date: string | null | undefined; pressing?: boolean }) {
  const today = useBusinessDate();
  const daysText = useDaysText();
  if (date === null || date === undefined) return <span>–</span>;
  const day = dateOf(date);
  const late = pressing && today !== undefined && day < today;
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'baseline' }}>
      <time dateTime={day} style={{ whiteSpace: 'nowrap' }}>
        {day}
      </time>
      {today !== undefined && (
        <Box
          component="span"
          sx={{ fontSize: '0.85em', whiteSpace: 'nowrap', color: late ? 'error.main' : 'text.secondary' }}
        >
          {daysText(day, today)}
        </Box>
      )}
    </Box>
  );
}
