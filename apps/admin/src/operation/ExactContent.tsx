import Box from '@mui/material/Box';
import { canonicalJson } from '@tallystick/crypto';
import type { Unsigned } from '@tallystick/protocol';
import { useText } from '../i18n';

/** For whoever wants to see it: the very text that the signature covers. */
export function ExactContent({ unsigned }: { unsigned: readonly Unsigned[] }) {
  const text = useText();
  return (
    <Box component="details" sx={{ mt: 1.5, color: 'text.secondary', fontSize: '0.85rem' }}>
      <summary style={{ cursor: 'pointer' }}>{text('operation.exact')}</summary>
      <Box
        component="pre"
        tabIndex={0}
        sx={{
          m: 0,
          mt: 1,
          p: 1,
          maxHeight: 220,
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          bgcolor: 'background.default',
          borderRadius: 1,
        }}
      >
        {unsigned.map(({ instruction }) => canonicalJson(instruction)).join('\n\n')}
      </Box>
    </Box>
  );
}
