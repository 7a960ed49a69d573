import Alert from '@mui/material/Alert';
import type { ButtonProps } from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useState } from 'react';
import type { Can } from '../api/types';
import { useCommand } from '../operation/useCommand';
import { ProblemAlert } from '../problem/ProblemAlert';
import { CommandButton } from './CommandButton';
import { ReasonDialog } from './ReasonDialog';

interface Props extends Pick<ButtonProps, 'variant' | 'color' | 'size'> {
  /** What the record allows; the button stays away for a command that the record does not name. */
  can: Can | undefined;
  command: string;
  /** Where the command is given, such as `/certificates/:id/acceptance`. */
  path: string;
  label: string;
  /** Asks for a reason first, under this question; `optional` lets it be empty. */
  reason?: { question: string; optional?: boolean };
  /** What else the command says. */
  form?: object;
  onDone?: () => void;
}

/** A command that needs no form of its own, at most a reason: button, then review and signature. */
export function Act({ can, command, path, label, reason, form = {}, onDone, ...button }: Props) {
  const [asking, setAsking] = useState(false);
  const { give, busy, problem, clear } = useCommand<object>(path);
  const act = async (more: object) => {
    const end = await give({ ...form, ...more });
    if (end === null) return;
    setAsking(false);
    onDone?.();
  };
  return (
    <>
      <CommandButton
        can={can}
        command={command}
        busy={busy}
        onClick={() => {
          if (reason === undefined) void act({});
          else setAsking(true);
        }}
        {...button}
      >
        {label}
      </CommandButton>
      {asking && reason !== undefined && (
        <ReasonDialog
          title={label}
          question={reason.question}
          optional={reason.optional ?? false}
          busy={busy}
          problem={problem}
          onGive={(given) => void act({ reason: given })}
          onClose={() => {
            setAsking(false);
            clear();
          }}
        />
      )}
      <Snackbar
        open={problem !== null && !asking}
        onClose={clear}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
      >
        <Alert severity="error" variant="outlined" onClose={clear} sx={{ bgcolor: 'background.paper' }}>
          <ProblemAlert problem={problem} plain />
        </Alert>
      </Snackbar>
    </>
  );
}
