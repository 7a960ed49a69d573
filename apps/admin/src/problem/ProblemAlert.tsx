import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { isLocal, ProblemError } from '../api/problem';
import { useText } from '../i18n';

/** Words for whatever went wrong; a fault of the page itself is told as such, never in its own terms. */
export function useProblemWords(): (error: unknown) => string {
  const text = useText();
  return (error) => {
    if (!(error instanceof ProblemError)) return text('problem.unexpected');
    const { code, detail } = error.problem;
    return isLocal(code) ? text(`problem.${code}`) : detail;
  };
}

/** A problem in the reader's language with its rule, and a reference to give to support when it is the gateway's fault. */
export function ProblemAlert({ problem, plain = false }: { problem: unknown; plain?: boolean }) {
  const text = useText();
  const words = useProblemWords()(problem);
  const { rule, instance, status = 0 } = problem instanceof ProblemError ? problem.problem : {};
  const content = (
    <Box>
      {words}
      {rule !== undefined && (
        <Typography variant="body2" sx={{ opacity: 0.85 }}>
          {text('problem.rule', { rule })}
        </Typography>
      )}
      {status >= 500 && instance !== undefined && (
        <Typography variant="body2" sx={{ opacity: 0.85, overflowWrap: 'anywhere' }}>
          {text('problem.reference', { id: instance })}
        </Typography>
      )}
    </Box>
  );
  return plain ? content : <Alert severity="error">{content}</Alert>;
}
