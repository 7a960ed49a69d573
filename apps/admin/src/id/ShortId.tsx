import Copy from '@mui/icons-material/ContentCopyOutlined';
import Done from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useText } from '../i18n';
import { shortened } from './short-id';

const SAID_MS = 1_500;

/** A long id, shortened in the middle; one click copies the whole. */
export function ShortId({ id }: { id: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const label = copied ? text('frame.copied') : text('frame.copy', { value: shortened(id) });
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    window.setTimeout(() => {
      setCopied(false);
    }, SAID_MS);
  };
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', display: 'inline-flex', alignItems: 'center' }}>
      <Box component="span" title={id} sx={{ fontFamily: 'ui-monospace, Consolas, monospace', fontSize: '0.92em' }}>
        {shortened(id)}
      </Box>
      <IconButton
        aria-label={label}
        title={label}
        size="small"
        onClick={(event) => {
          event.stopPropagation();
          void copy().catch(() => undefined);
        }}
        sx={{ p: 0.5, ml: 0.25, color: 'text.secondary' }}
      >
        {copied ? <Done sx={{ fontSize: 14 }} /> : <Copy sx={{ fontSize: 14 }} />}
      </IconButton>
    </Box>
  );
}
