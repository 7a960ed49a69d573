import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { displayAmount, sumFen } from '@tallystick/domain';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useText } from '../i18n';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { CHART } from '../theme/palette';
import { rungsOf, type Rung, type Week } from './rungs';

interface Props {
  weeks: readonly Week[];
  /** Business date. */
  today: string;
  label: string;
  /** The list behind a bar. */
  to?: (rung: Rung) => string;
}

/** What falls due per week: bars that open the list behind them, or the same as a table. */
export function Ladder({ weeks, today, label, to }: Props) {
  const text = useText();
  const [asTable, setAsTable] = useState(false);
  const rungs = rungsOf(weeks, today);
  return (
    <Box>
      {asTable ? (
        <AsTable rungs={rungs.filter(({ count }) => count > 0)} label={label} to={to} />
      ) : (
        <Bars rungs={rungs} label={label} to={to} />
      )}
      <Button
        size="small"
        onClick={() => {
          setAsTable(!asTable);
        }}
        sx={{ mt: 0.5 }}
      >
        {text(asTable ? 'frame.chart' : 'frame.table')}
      </Button>
    </Box>
  );
}

function Bars({ rungs, label, to }: { rungs: readonly Rung[]; label: string; to: Props['to'] }) {
  const text = useText();
  const navigate = useNavigate();
  const every = Math.max(1, Math.ceil(rungs.length / 7));
  const overdue = sumFen(rungs.filter(({ past }) => past).map(({ fen }) => fen));
  const highest = rungs.reduce((most, { fen }) => (fen > most ? fen : most), 0n);
  return (
    <Box role="group" aria-label={label}>
      <Typography
        variant="caption"
        color="text.secondary"
        component="div"
        sx={{ display: 'flex', columnGap: 2, flexWrap: 'wrap' }}
      >
        <span>{text('ladder.highest', { amount: `${displayAmount(highest)} CNY` })}</span>
        {overdue > 0n && (
          <Box component="span" sx={{ color: 'error.main', fontWeight: 600 }}>
            {text('ladder.overdue', { amount: `${displayAmount(overdue)} CNY` })}
          </Box>
        )}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'flex-end', gap: { xs: '2px', sm: '4px' }, height: 168 }}>
        {rungs.map((rung, index) => {
          const words = text('ladder.bar', {
            week: rung.week,
            amount: `${displayAmount(rung.fen)} CNY`,
            smart_count: rung.count,
          });
          return (
            <Box
              key={rung.week}
              sx={{
                flex: '1 1 0',
                maxWidth: 44,
                minWidth: 0,
                height: '100%',
                display: 'flex',
                flexDirection: 'column',
              }}
            >
              <Tooltip title={words}>
                <Box
                  component="button"
                  type="button"
                  aria-label={words}
                  disabled={rung.count === 0 || to === undefined}
                  onClick={() => {
                    if (to !== undefined) void navigate(to(rung));
                  }}
                  sx={(theme) => ({
                    flex: 1,
                    p: 0,
                    border: 0,
                    bgcolor: 'transparent',
                    cursor: to === undefined ? 'default' : 'pointer',
                    display: 'flex',
                    alignItems: 'flex-end',
                    borderBottom: `2px solid ${CHART[theme.palette.mode].grid}`,
                    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
                  })}
                >
                  <Box
                    sx={(theme) => ({
                      width: '100%',
                      height: `${rung.height}%`,
                      minHeight: rung.count > 0 ? 4 : 0,
                      borderRadius: '3px 3px 0 0',
                      bgcolor: rung.past ? theme.palette.error.main : CHART[theme.palette.mode].mine,
                    })}
                  />
                </Box>
              </Tooltip>
              <Typography
                variant="caption"
                color="text.secondary"
                noWrap
                sx={{ height: 18, overflow: 'visible', fontSize: '0.7rem' }}
                aria-hidden
              >
                {index % every === 0 ? rung.week.slice(5) : ''}
              </Typography>
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}

function AsTable({ rungs, label, to }: { rungs: readonly Rung[]; label: string; to: Props['to'] }) {
  const text = useText();
  return (
    <Listing
      rows={rungs}
      label={label}
      empty={null}
      keyOf={({ week }) => week}
      {...(to !== undefined && { to })}
      columns={[
        { label: text('ladder.week'), cell: ({ week }) => week },
        { label: text('ladder.count'), cell: ({ count }) => count, numeric: true },
        { label: text('ladder.amount'), cell: ({ fen }) => <Money value={fen} />, numeric: true },
      ]}
    />
  );
}
