import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import type { Operation } from '@tallystick/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { useParams } from 'react-router-dom';
import { post } from '../api/client';
import { CommandButton } from '../command/CommandButton';
import { recordKey } from '../data/record-key';
import { endMinuteOf, minuteOf } from '../date/days';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { ProblemAlert } from '../problem/ProblemAlert';
import { StateChip } from '../state/StateChip';
import { GiveBack } from './GiveBack';
import { NextStep } from './NextStep';
import { Progress } from './Progress';
import { SignedContent } from './SignedContent';
import { SignPanel } from './SignPanel';
import { useOperation } from './useOperation';
import { Voiding } from './Voiding';

/** One operation: what it says, who has signed, where it stands; here a checker verifies and signs, or gives it back. */
export function OperationPage() {
  const { id = '' } = useParams();
  const { data: operation, error } = useOperation(id);
  const text = useText();
  if (operation === undefined) return error === null ? <Loading /> : <ProblemAlert problem={error} />;
  return (
    <Box sx={{ maxWidth: 860 }}>
      <PageTitle
        title={text(`operation.kind.${operation.kind}`)}
        action={<StateChip group="operation.state" state={operation.state} />}
      >
        <Facts operation={operation} />
      </PageTitle>
      <Content operation={operation} />
    </Box>
  );
}

function Facts({ operation: { createdBy, createdAt, deadline, note, summary, state } }: { operation: Operation }) {
  const text = useText();
  const waits = state === 'toSign' || state === 'toCheck';
  return (
    <Typography color="text.secondary" component="div">
      {[
        summary.certificateNo,
        text('operation.page.preparedBy', { user: createdBy }),
        minuteOf(createdAt),
        deadline !== null && waits ? `${text('operation.page.deadline')} ${endMinuteOf(deadline)}` : undefined,
      ]
        .filter((one) => one !== undefined)
        .join(' · ')}
      {note !== null && note !== '' && (
        <div>
          {text('operation.page.note')}: {note}
        </div>
      )}
    </Typography>
  );
}

function Content({ operation }: { operation: Operation }) {
  const text = useText();
  const client = useQueryClient();
  const [reviewing, setReviewing] = useState(false);
  const { can, state } = operation;
  const waits = state === 'toSign' || state === 'toCheck';
  const takeIn = (after: Operation) => {
    client.setQueryData(recordKey('operations', after.id), after);
    void client.invalidateQueries();
    setReviewing(false);
  };
  return (
    <>
      <Panel title={text('operation.list.state')}>
        <Progress operation={operation} />
        <NextStep operation={operation} />
        <Voiding operation={operation} />
      </Panel>
      {waits && can.sign.allowed ? (
        <Card component="section" aria-label={text('operation.page.signHere')}>
          {/* A new version of the operation is reviewed anew: what was shown is what is signed. */}
          <SignPanel
            key={operation.version}
            operation={operation}
            onSigned={takeIn}
            onLeave={() => {
              window.history.back();
            }}
            leaveText={text('operation.later')}
            more={<Ends operation={operation} reviewing={reviewing} setReviewing={setReviewing} onEnd={takeIn} />}
          />
        </Card>
      ) : (
        <Card>
          <DialogContent>
            <SignedContent operation={operation} />
          </DialogContent>
          <DialogContent sx={{ pt: 0 }}>
            <Ends operation={operation} reviewing={reviewing} setReviewing={setReviewing} onEnd={takeIn} />
          </DialogContent>
        </Card>
      )}
    </>
  );
}

interface EndsProps {
  operation: Operation;
  reviewing: boolean;
  setReviewing: (on: boolean) => void;
  onEnd: (after: Operation) => void;
}

/** The ways out that the reader has: give it back with a reason, or cancel it. */
function Ends({ operation, reviewing, setReviewing, onEnd }: EndsProps) {
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { can, state } = operation;
  if (state !== 'toSign' && state !== 'toCheck') return null;
  const cancel = async () => {
    setBusy(true);
    try {
      onEnd(await post<Operation>(`/operations/${operation.id}/cancellation`, {}));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {problem !== null && <ProblemAlert problem={problem} />}
      {can.cancel.allowed && (
        <CommandButton
          can={{ cancel: can.cancel }}
          command="cancel"
          variant="text"
          color="error"
          busy={busy}
          onClick={() => void cancel()}
        >
          {text('operation.page.cancel')}
        </CommandButton>
      )}
      {can.return.allowed && (
        <Button
          color="error"
          onClick={() => {
            setReviewing(true);
          }}
        >
          {text('operation.page.giveBack')}
        </Button>
      )}
      {reviewing && (
        <GiveBack
          operation={operation}
          onDone={onEnd}
          onClose={() => {
            setReviewing(false);
          }}
        />
      )}
    </>
  );
}
