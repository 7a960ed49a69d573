import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { ShortId } from '../id/ShortId';
import { Panel } from '../layout/Panel';
import { DateWithDays } from '../date/DateWithDays';
import { placeOf, type Financing } from './financing';

/** The agreement that owner and bank sign: its text, its hash, who has signed. */
export function AgreementPanel({ financing: { agreement, stage } }: { financing: Financing }) {
  const text = useText();
  if (agreement === null) return null;
  const { document, text: words, signedBy, validUntil } = agreement;
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
          {
            label: text('financing.payUntil'),
            value: <DateWithDays date={validUntil} pressing={placeOf(stage) < placeOf('funded')} />,
          },
          { label: text('financing.hash'), value: <ShortId id={document} /> },
        ]}
      />
    </Panel>
  );
}
