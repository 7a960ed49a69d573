import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import type { Light } from '../api/types';
import { useText } from '../i18n';
import { useNetwork } from './network';

/** Shape and word go with the colour, so that it is not the colour alone that tells. */
const MARKS: Record<Light, { colour: string; shape: string }> = {
  green: { colour: 'success.main', shape: '50%' },
  amber: { colour: 'warning.main', shape: '2px' },
  red: { colour: 'error.main', shape: '0' },
};

/** How far the page's data are along the ledger. */
export function LedgerChip() {
  const text = useText();
  const { data: network } = useNetwork();
  if (network === undefined) return null;
  const { ledger, height, lagBlocks: lag } = network;
  const label = text(`frame.ledger.${ledger}`, { height, lag });
  const short = {
    green: text('frame.ledger.block', { height }),
    amber: text('frame.ledger.behind', { lag }),
    red: text('frame.ledger.away'),
  }[ledger];
  return (
    <Tooltip title={label}>
      <Box
        role="img"
        aria-label={label}
        tabIndex={0}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 0.75,
          px: 1,
          py: 0.75,
          borderRadius: 1,
          whiteSpace: 'nowrap',
          fontSize: '0.85rem',
          color: 'text.secondary',
        }}
      >
        <Box
          sx={{ width: 10, height: 10, flex: 'none', bgcolor: MARKS[ledger].colour, borderRadius: MARKS[ledger].shape }}
        />
        <Box component="span" sx={{ display: { xs: 'none', lg: 'inline' } }}>
          {short}
        </Box>
      </Box>
    </Tooltip>
  );
}
