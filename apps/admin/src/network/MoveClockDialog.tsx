import Button from '@mui/material/Button';
import ButtonGroup from '@mui/material/ButtonGroup';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { addDays, isIsoDate } from '@tallystick/domain';
import { useState } from 'react';
import { useText } from '../i18n';
import { useCommand } from '../operation/useCommand';
import { ProblemAlert } from '../problem/ProblemAlert';

const JUMPS = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
] as const;

/** Moves the trial network's business date forward, so that a visitor reaches maturity. */
export function MoveClockDialog({ from, onClose }: { from: string; onClose: () => void }) {
  const text = useText();
  const [to, setTo] = useState(addDays(from, 1));
  const { give, busy, problem, fields } = useCommand<{ date: string }>('/network/clock');
  const right = isIsoDate(to) && to > from;
  const submit = async () => {
    if ((await give({ date: to })) !== null) onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="clock-title" fullWidth maxWidth="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (right) void submit();
        }}
      >
        <DialogTitle id="clock-title">{text('frame.clock.title')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <DialogContentText>{text('frame.clock.explain')}</DialogContentText>
          <TextField
            type="date"
            label={text('frame.clock.to')}
            value={to}
            onChange={({ target }) => {
              setTo(target.value);
            }}
            error={!right || fields['date'] !== undefined}
            helperText={right ? fields['date'] : text('frame.clock.mustBeLater', { date: from })}
            slotProps={{ htmlInput: { min: addDays(from, 1) }, inputLabel: { shrink: true } }}
          />
          <ButtonGroup size="small" fullWidth>
            {JUMPS.map(([name, days]) => (
              <Button
                key={name}
                onClick={() => {
                  setTo(addDays(isIsoDate(to) ? to : from, days));
                }}
              >
                {text(`frame.clock.${name}`)}
              </Button>
            ))}
          </ButtonGroup>
          {problem !== null && <ProblemAlert problem={problem} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('frame.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!right} loading={busy}>
            {text('frame.clock.move')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
