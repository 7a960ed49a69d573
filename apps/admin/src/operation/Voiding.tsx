import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Operation } from '@tallystick/protocol';
import { useEffect, useState } from 'react';
import { Act } from '../command/Act';
import { useText } from '../i18n';

/** Most operations are on the ledger by then; nobody is offered a way out of what is about to end well. */
const PATIENCE_MS = 6_000;

/** The way out of an operation that is signed and whose end does not come: whichever is on the ledger first counts. */
export function Voiding({ operation: { id, can } }: { operation: Operation }) {
  const text = useText();
  const possible = can.void.allowed || can.void.code === 'ROLE_MISSING';
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!possible) return undefined;
    const timer = setTimeout(() => {
      setWaited(true);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [possible]);
  if (!possible || !waited) return null;
  return (
    <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
      <Act
        can={{ void: can.void }}
        command="void"
        path={`/operations/${id}/voiding`}
        label={text('operation.page.void')}
        variant="outlined"
        color="error"
      />
      <Typography variant="body2" color="text.secondary">
        {text('operation.page.voidHint')}
      </Typography>
    </Box>
  );
}
