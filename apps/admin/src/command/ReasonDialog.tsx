import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Props {
  title: string;
  question: string;
  optional: boolean;
  busy: boolean;
  problem: unknown;
  onGive: (reason: string) => void;
  onClose: () => void;
}

const LONGEST = 500;

/** Asks why, before a command that the other side will want explained. */
export function ReasonDialog({ title, question, optional, busy, problem, onGive, onClose }: Props) {
  const text = useText();
  const id = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = !optional && reason.trim() === '';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!missing) onGive(reason.trim());
        }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <DialogContentText>{question}</DialogContentText>
          <TextField
            label={text('command.reason')}
            value={reason}
            onChange={({ target }) => {
              setReason(target.value);
            }}
            required={!optional}
            multiline
            minRows={2}
            autoFocus
            error={tried && missing}
            helperText={tried && missing ? text('command.reasonNeeded') : undefined}
            slotProps={{ htmlInput: { maxLength: LONGEST } }}
          />
          {problem !== null && <ProblemAlert problem={problem} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('frame.cancel')}</Button>
          <Button type="submit" variant="contained" loading={busy}>
            {text('command.go')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
