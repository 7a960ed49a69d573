import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import type { Operation } from '@tallystick/protocol';
import { useState, type SyntheticEvent } from 'react';
import { post } from '../api/client';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';

/** A checker gives an operation back to its maker and says why. */
export function GiveBack({
  operation,
  onDone,
  onClose,
}: {
  operation: Operation;
  onDone: (after: Operation) => void;
  onClose: () => void;
}) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const missing = reason.trim() === '';
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    setBusy(true);
    try {
      onDone(await post<Operation>(`/operations/${operation.id}/return`, { reason: reason.trim() }));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="give-back-title">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <DialogTitle id="give-back-title">{text('operation.page.giveBackTitle')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <TextField
            label={text('operation.page.reason')}
            value={reason}
            onChange={({ target }) => {
              setReason(target.value);
            }}
            required
            multiline
            minRows={2}
            autoFocus
            error={tried && missing}
            helperText={tried && missing ? text('operation.page.reasonNeeded') : undefined}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
          {problem !== null && <ProblemAlert problem={problem} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('frame.cancel')}</Button>
          <Button type="submit" variant="contained" color="error" loading={busy}>
            {text('operation.page.giveBack')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
