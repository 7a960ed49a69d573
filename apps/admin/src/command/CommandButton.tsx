import Button, { type ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useId } from 'react';
import type { Can } from '../api/types';

interface Props extends Omit<ButtonProps, 'disabled' | 'loading'> {
  /** What the record allows; missing while it loads. */
  can: Can | undefined;
  command: string;
  busy?: boolean;
}

/**
 * A button that the record's `can` rules. Where the command is not possible now it stays in the focus order and says why,
 * naming the rule; a command that the record does not know shows nothing.
 */
export function CommandButton({ can, command, busy = false, children, onClick, ...button }: Props) {
  const reasonId = useId();
  const permission = can?.[command];
  if (permission === undefined) return null;
  if (permission.allowed) {
    return (
      <Button
        variant="contained"
        {...button}
        {...(onClick !== undefined && { onClick })}
        loading={busy}
        loadingPosition="start"
      >
        {children}
      </Button>
    );
  }
  const reason = permission.reason ?? '';
  return (
    <Tooltip title={reason} describeChild>
      <span>
        <Button
          variant="contained"
          {...button}
          aria-disabled
          aria-describedby={reasonId}
          disableRipple
          onClick={(event) => {
            event.preventDefault();
          }}
          type="button"
          sx={{
            bgcolor: 'action.disabledBackground',
            color: 'text.secondary',
            borderColor: 'divider',
            cursor: 'not-allowed',
            '&:hover': { bgcolor: 'action.disabledBackground' },
          }}
        >
          {children}
        </Button>
        <span id={reasonId} hidden>
          {reason}
        </span>
      </span>
    </Tooltip>
  );
}
