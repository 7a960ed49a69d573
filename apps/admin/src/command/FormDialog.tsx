import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, type ReactNode } from 'react';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Props {
  title: string;
  explain?: string;
  busy: boolean;
  problem: unknown;
  /** Whether the form may be given as it stands. */
  ready: boolean;
  onGive: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A small form over a page; giving it leads to review and signature. */
export function FormDialog({ title, explain, busy, problem, ready, onGive, onClose, children }: Props) {
  const text = useText();
  const id = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onGive();
        }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, '& > :first-of-type': { mt: 0.5 } }}>
          {explain !== undefined && <DialogContentText>{explain}</DialogContentText>}
          {children}
          {problem !== null && <ProblemAlert problem={problem} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('frame.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!ready} loading={busy}>
            {text('command.go')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
