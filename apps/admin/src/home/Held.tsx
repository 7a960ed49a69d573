import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Money as MoneyValue } from '../api/types';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { SummaryPanel } from './summary';

/** What the firm holds: in all, free, locked, and paid within 30, 60 and 90 days. */
export function Held() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.held')} part="held" height={120}>
      {(held) => (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: '1fr 1fr', md: '1.6fr repeat(5, 1fr)' },
            alignItems: 'end',
          }}
        >
          <Figure label={text('home.total')} value={held.total} big />
          <Figure label={text('home.free')} value={held.free} />
          <Figure label={text('home.locked')} value={held.locked} />
          <Figure label={text('home.due30')} value={held.due30} />
          <Figure label={text('home.due60')} value={held.due60} />
          <Figure label={text('home.due90')} value={held.due90} />
        </Box>
      )}
    </SummaryPanel>
  );
}

function Figure({ label, value, big = false }: { label: string; value: MoneyValue; big?: boolean }) {
  return (
    <Box sx={{ minWidth: 0, ...(big && { gridColumn: { xs: '1 / -1', md: 'auto' } }) }}>
      <Typography variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Money value={value} align="left" big={big} />
    </Box>
  );
}
