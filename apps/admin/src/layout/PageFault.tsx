import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import type { ErrorProps } from 'react-admin';
import { ProblemError } from '../api/problem';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';

/** What a page shows when it breaks: words, never the fault itself. */
export function PageFault({ error, resetErrorBoundary }: ErrorProps & { resetErrorBoundary?: () => void }) {
  const text = useText();
  return (
    <Alert
      severity="error"
      sx={{ mt: 2 }}
      action={<Button onClick={resetErrorBoundary}>{text('problem.again')}</Button>}
    >
      {error instanceof ProblemError ? <ProblemAlert problem={error} plain /> : text('problem.unexpected')}
    </Alert>
  );
}
