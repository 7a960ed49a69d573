import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { ShortId } from '../id/ShortId';
import { Panel } from '../layout/Panel';
import { DateWithDays } from '../date/DateWithDays';
import type { Financing } from './financing';

/** The agreement that owner and bank sign: its text, its hash, who has signed. */
export function AgreementPanel({ financing: { agreement } }: { financing: Financing }) {
  const text = useText();
  if (agreement === null) return null;
  const { document, text: words, signedBy, validUntil, state } = agreement;
  return (
    <Panel title={text('financing.agreement')}>
      {words === null ? (
        <Alert severity="warning">{text('financing.agreementUnknown')}</Alert>
      ) : (
        <Box
          tabIndex={0}
          sx={{
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            p: 2,
            mb: 2,
            bgcolor: 'background.default',
            borderRadius: 1,
            lineHeight: 1.8,
          }}
        >
          {words}
        </Box>
      )}
      <FactList
        columns={2}
        facts={[
          {
            label: text('financing.signedBy'),
            value:
              signedBy.length === 0
                ? text('financing.nobody')
                : signedBy.map((one) => text(`financing.signer.${one}`)).join(', '),
          },
          state === 'signed'
            ? null
            : { label: text('financing.signUntil'), value: <DateWithDays date={validUntil} pressing /> },
          { label: text('financing.hash'), value: <ShortId id={document} /> },
        ]}
      />
    </Panel>
  );
}
