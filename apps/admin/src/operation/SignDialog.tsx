import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useMediaQuery, useTheme } from '@mui/material';
import type { Operation } from '@tallystick/protocol';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { post } from '../api/client';
import { useText } from '../i18n';
import { NextStep } from './NextStep';
import { Progress } from './Progress';
import { SignPanel } from './SignPanel';
import { useOperation } from './useOperation';

interface Props {
  operation: Operation;
  fresh: boolean;
  onClose: (end: Operation | null) => void;
}

/** Review, signature and what becomes of it, in one dialog over the page that gave the command. */
export function SignDialog({ operation, fresh, onClose }: Props) {
  const text = useText();
  const navigate = useNavigate();
  const theme = useTheme();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  const [signed, setSigned] = useState<Operation | null>(null);

  const leave = () => {
    // A form's own operation that nobody signed is taken back, so that it does not linger in the inbox.
    if (signed === null && fresh) void post(`/operations/${operation.id}/cancellation`, {}).catch(() => undefined);
    onClose(signed);
  };
  return (
    <Dialog open fullScreen={narrow} fullWidth maxWidth="sm" onClose={leave} aria-labelledby="sign-title">
      <DialogTitle id="sign-title">{text(`operation.kind.${operation.kind}`)}</DialogTitle>
      {signed === null ? (
        <SignPanel
          operation={operation}
          onSigned={setSigned}
          onLeave={leave}
          leaveText={fresh ? text('operation.back') : text('operation.later')}
        />
      ) : (
        <Following
          operation={signed}
          onClose={leave}
          onOpen={() => {
            leave();
            void navigate(`/operations/${signed.id}/show`);
          }}
        />
      )}
    </Dialog>
  );
}

/** After the signature: the states as they come, and who has to act next. */
function Following({ operation, onClose, onOpen }: { operation: Operation; onClose: () => void; onOpen: () => void }) {
  const text = useText();
  const current = useOperation(operation.id, operation).data ?? operation;
  return (
    <>
      <DialogContent dividers>
        <Progress operation={current} />
        <NextStep operation={current} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onOpen}>{text('operation.details')}</Button>
        <Button variant="contained" onClick={onClose} autoFocus>
          {text('frame.close')}
        </Button>
      </DialogActions>
    </>
  );
}
