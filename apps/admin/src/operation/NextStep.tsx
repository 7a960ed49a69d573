import Typography from '@mui/material/Typography';
import type { Operation } from '@tallystick/protocol';
import { useText } from '../i18n';

/** What happens next and who has to act. */
export function NextStep({ operation: { kind, state, can } }: { operation: Operation }) {
  const text = useText();
  const words =
    state === 'recorded'
      ? text(`operation.next.${kind}`)
      : state === 'toCheck'
        ? text(can.sign.allowed ? 'operation.then.yours' : 'operation.then.check')
        : state === 'queued' || state === 'submitted'
          ? text('operation.then.wait')
          : state === 'unknown'
            ? text('operation.then.unknown')
            : state === 'refused'
              ? text('operation.then.refused')
              : state === 'expired'
                ? text('operation.then.expired')
                : null;
  if (words === null) return null;
  return <Typography sx={{ mt: 2 }}>{words}</Typography>;
}
