import Box from '@mui/material/Box';
import { LineGauge } from '../gauge/LineGauge';
import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { Party } from '../party/Party';
import { SummaryPanel } from './summary';

/** The firm's credit lines, how much of each is used. */
export function Lines() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.lines')} part="lines" height={140}>
      {(lines) =>
        lines === undefined || lines.length === 0 ? (
          <Empty title={text('home.noLines')} />
        ) : (
          <Box
            sx={{
              display: 'grid',
              gap: 2.5,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
            }}
          >
            {lines.map(({ id, bank, until, ...amounts }) => (
              <LineGauge
                key={id}
                title={
                  <>
                    <Party party={bank} />{' '}
                    <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
                      {text('home.lineUntil', { date: until })}
                    </Box>
                  </>
                }
                {...amounts}
              />
            ))}
          </Box>
        )
      }
    </SummaryPanel>
  );
}
