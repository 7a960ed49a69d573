import Event from '@mui/icons-material/EventOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useText } from '../i18n';
import { MoveClockDialog } from '../network/MoveClockDialog';
import { useNetwork } from './network';
import { useKind } from './role';

/** The business date; on a trial network the operator moves it forward here. */
export function BusinessDate() {
  const text = useText();
  const { data: network } = useNetwork();
  const { kind } = useKind();
  const [open, setOpen] = useState(false);
  if (network === undefined) return null;
  const { businessDate, trial } = network;
  const movable = trial && kind === 'OPERATOR';
  const hint = trial ? text('frame.clock.trial') : text('frame.clock.label');
  return (
    <>
      <Tooltip title={hint}>
        {movable ? (
          <Button
            size="small"
            variant="outlined"
            startIcon={<Event sx={{ display: { xs: 'none', sm: 'block' } }} />}
            aria-label={`${text('frame.clock.label')} ${businessDate}. ${text('frame.clock.move')}`}
            onClick={() => {
              setOpen(true);
            }}
            sx={{ whiteSpace: 'nowrap', flex: 'none', px: { xs: 0.75, sm: 1.25 } }}
          >
            <DateText date={businessDate} />
          </Button>
        ) : (
          <Box
            tabIndex={0}
            aria-label={`${text('frame.clock.label')} ${businessDate}`}
            role="img"
            sx={{
              display: { xs: 'none', sm: 'flex' },
              alignItems: 'center',
              gap: 0.5,
              px: 0.75,
              whiteSpace: 'nowrap',
              fontSize: '0.85rem',
              color: 'text.secondary',
            }}
          >
            <Event fontSize="small" />
            <DateText date={businessDate} />
          </Box>
        )}
      </Tooltip>
      {open && (
        <MoveClockDialog
          from={businessDate}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** On narrow screens without the year. */
function DateText({ date }: { date: string }) {
  return (
    <span>
      <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
        {date.slice(0, 5)}
      </Box>
      {date.slice(5)}
    </span>
  );
}
