import Box from '@mui/material/Box';
import { LineGauge } from '../gauge/LineGauge';
import type { Line } from '../api/types';
import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { Party } from '../party/Party';
import { SummaryPanel } from './summary';

/** The firm's credit lines, how much of each is used. */
export function Lines() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.lines')} part="lines" height={140}>
      {(lines) => <LineGauges lines={lines} of="bank" />}
    </SummaryPanel>
  );
}

/** One gauge per line, named by the other side. A line whose numbers are not there yet shows without a bar. */
export function LineGauges({ lines, of }: { lines: readonly Line[]; of: 'bank' | 'issuer' }) {
  const text = useText();
  if (lines.length === 0) return <Empty title={text('home.noLines')} />;
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))' }}>
      {lines.map(({ id, until, limit, used, available, ...line }) => {
        const title = (
          <>
            <Party party={line[of]} />{' '}
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400, whiteSpace: 'nowrap' }}>
              {text('home.lineUntil', { date: until })}
            </Box>
          </>
        );
        return limit === undefined || used === undefined || available === undefined ? (
          <Box key={id}>{title}</Box>
        ) : (
          <LineGauge key={id} title={title} limit={limit} used={used} available={available} />
        );
      })}
    </Box>
  );
}
