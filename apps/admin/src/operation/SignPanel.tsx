import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import type { Operation } from '@tallystick/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { newIdempotencyKey, post } from '../api/client';
import { useProfile } from '../auth/session';
import { heldKey, type HeldKey } from '../auth/signer';
import { UnlockForm } from '../auth/UnlockForm';
import { recordKey } from '../data/record-key';
import { useText } from '../i18n';
import { useMemberName } from '../party/name';
import { ProblemAlert } from '../problem/ProblemAlert';
import { ExactContent } from './ExactContent';
import { NotAsAsked, prepare, sign, type Prepared } from './prepare';
import { Says } from './Says';
import { KeyLine } from './KeyLine';

interface Props {
  operation: Operation;
  onSigned: (operation: Operation) => void;
  onLeave: () => void;
  leaveText: string;
  /** More buttons beside the signature, such as giving it back. */
  more?: ReactNode;
}

/** Shows what is signed, in words and facts taken from the instruction itself, and signs it. */
export function SignPanel({ operation, onSigned, onLeave, leaveText, more }: Props) {
  const text = useText();
  const nameOf = useMemberName();
  const profile = useProfile();
  const client = useQueryClient();
  const [prepared] = useState(() => attemptTo(operation));
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const idempotencyKey = useRef(newIdempotencyKey());

  if ('error' in prepared) {
    return (
      <>
        <DialogContent dividers>
          <Unfit error={prepared.error} />
        </DialogContent>
        <DialogActions>
          {more}
          <Button onClick={onLeave}>{leaveText}</Button>
        </DialogActions>
      </>
    );
  }
  const signWith = async (key: HeldKey) => {
    setAsking(false);
    setBusy(true);
    setProblem(null);
    try {
      const form = await sign(prepared, key);
      const after = await post<Operation>(`/operations/${operation.id}/signatures`, form, {
        idempotencyKey: idempotencyKey.current,
      });
      void client.invalidateQueries({ queryKey: ['inbox'] });
      client.setQueryData(recordKey('operations', operation.id), after);
      onSigned(after);
    } catch (error) {
      // ECDSA signs differently each time, so another try is another request.
      idempotencyKey.current = newIdempotencyKey();
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const start = () => {
    const key = profile === undefined ? null : heldKey(profile.user);
    if (key === null) setAsking(true);
    else void signWith(key);
  };
  const { sign: permission } = operation.can;
  return (
    <>
      <DialogContent dividers>
        <Says says={prepared.says} />
        {profile !== undefined && (
          <KeyLine
            role={text(`frame.role.${prepared.role}`)}
            keyId={heldKey(profile.user)?.keyId ?? profile.keys.at(-1)?.keyId ?? '–'}
            user={profile.user}
            member={nameOf(operation.member)}
          />
        )}
        <ExactContent unsigned={prepared.unsigned} />
        {!permission.allowed && permission.reason !== undefined && (
          <Alert severity="info" sx={{ mt: 2 }}>
            {permission.reason}
          </Alert>
        )}
        {problem !== null && <ProblemAlert problem={problem} />}
        {asking && profile !== undefined && <UnlockForm profile={profile} onOpen={(key) => void signWith(key)} />}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', rowGap: 1 }}>
        {more}
        <Button onClick={onLeave}>{leaveText}</Button>
        <Button
          variant="contained"
          onClick={start}
          loading={busy}
          loadingPosition="start"
          disabled={!permission.allowed || asking}
          ref={focusInPlace}
        >
          {busy ? text('operation.signing') : text(prepared.first ? 'operation.sign' : 'operation.checkAndSign')}
        </Button>
      </DialogActions>
    </>
  );
}

/** Enter signs; but on a page nobody is moved past what is to be read first. */
function focusInPlace(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
}

function attemptTo(operation: Operation): Prepared | { error: unknown } {
  try {
    return prepare(operation);
  } catch (error) {
    return { error };
  }
}

/** Nothing is signed that does not say what was asked. */
function Unfit({ error }: { error: unknown }) {
  const text = useText();
  if (!(error instanceof NotAsAsked)) return <ProblemAlert problem={error} />;
  return <Alert severity="error">{text('problem.NOT_AS_ASKED', { field: error.field })}</Alert>;
}
