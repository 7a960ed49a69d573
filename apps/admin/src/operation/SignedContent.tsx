import VerifiedUser from '@mui/icons-material/VerifiedUserOutlined';
import Alert from '@mui/material/Alert';
import type { Operation } from '@tallystick/protocol';
import { useMemo } from 'react';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';
import { ExactContent } from './ExactContent';
import { NotAsAsked, prepare } from './prepare';
import { Says } from './Says';

/** What an operation says, for readers who do not sign it; verified here when somebody has signed it. */
export function SignedContent({ operation }: { operation: Operation }) {
  const text = useText();
  const read = useMemo(() => {
    try {
      return { prepared: prepare(operation) };
    } catch (error) {
      return { error };
    }
  }, [operation]);
  if ('error' in read) {
    const { error } = read;
    return error instanceof NotAsAsked ? (
      <Alert severity="error">{text('problem.NOT_AS_ASKED', { field: error.field })}</Alert>
    ) : (
      <ProblemAlert problem={error} />
    );
  }
  return (
    <>
      <Says says={read.prepared.says} />
      {!read.prepared.first && (
        <Alert severity="success" icon={<VerifiedUser fontSize="small" />} sx={{ mt: 2 }}>
          {text('operation.page.verified')}
        </Alert>
      )}
      <ExactContent unsigned={read.prepared.unsigned} />
    </>
  );
}
