import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { LineGauges } from './Lines';
import { SummaryPanel } from './summary';

/** What issuers still owe on certificates that this bank pays out, and how far each one's line is used. */
export function Exposure() {
  const text = useText();
  return (
    <>
      <SummaryPanel title={text('home.exposure')} part="exposure" height={60}>
        {({ total, count }) => (
          <Box>
            <Money value={total} align="left" big />
            <Typography color="text.secondary">{text('home.exposureWords', { smart_count: count })}</Typography>
          </Box>
        )}
      </SummaryPanel>
      <SummaryPanel title={text('home.linesGranted')} part="lines" height={140}>
        {(lines) => <LineGauges lines={lines} of="issuer" />}
      </SummaryPanel>
    </>
  );
}
