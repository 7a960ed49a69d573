import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useText } from '../i18n';
import { FactList } from '../fact/FactList';
import { Panel } from '../layout/Panel';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { percentText } from '../operation/words';
import type { CertificateTerms } from './certificate';

/** The trade behind a certificate: contract, invoices, what was delivered when. */
export function TradeBehind({ terms }: { terms: CertificateTerms }) {
  const text = useText();
  const { contractNo, note, longTenorReason, invoices, warnings } = terms;
  return (
    <Panel title={text('certificate.trade')}>
      {warnings.map(({ code, deliveredOn, lastDay }) => (
        <Alert key={code + deliveredOn} severity="warning" sx={{ mb: 2 }}>
          {text('certificate.lateTerm', { deliveredOn, lastDay })}
        </Alert>
      ))}
      <FactList
        columns={2}
        facts={[
          { label: text('certificate.contractNo'), value: contractNo },
          note === '' ? null : { label: text('certificate.note'), value: note },
          longTenorReason === null ? null : { label: text('certificate.longTenorReason'), value: longTenorReason },
        ]}
      />
      <Box sx={{ mt: 2 }}>
        <Listing
          rows={invoices}
          label={text('certificate.invoices')}
          empty={null}
          keyOf={({ number, sellerUscc }) => `${sellerUscc}/${number}`}
          columns={[
            { label: text('certificate.invoice.number'), cell: ({ number }) => number },
            { label: text('certificate.invoice.date'), cell: ({ date }) => date },
            { label: text('certificate.invoice.deliveredOn'), cell: ({ deliveredOn }) => deliveredOn },
            {
              label: text('certificate.invoice.grossAmount'),
              cell: ({ grossAmount }) => <Money value={grossAmount} />,
              numeric: true,
            },
            {
              label: text('certificate.invoice.amount'),
              cell: ({ amount }) => <Money value={amount} />,
              numeric: true,
            },
          ]}
        />
      </Box>
    </Panel>
  );
}

/** What a holder may count on, in plain words. */
export function Rights({ terms, dueDate }: { terms: CertificateTerms | undefined; dueDate: string }) {
  const text = useText();
  const rate = terms === undefined ? null : percentText(terms.latePpmPerDay);
  return (
    <Panel title={text('certificate.rights.title')}>
      <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.75 }}>
        <Typography component="li">{text('certificate.rights.paid', { date: dueDate })}</Typography>
        <Typography component="li">{text('certificate.rights.use')}</Typography>
        {rate !== null && <Typography component="li">{text('certificate.rights.late', { rate })}</Typography>}
        <Typography component="li">{text('certificate.rights.share')}</Typography>
        <Typography component="li">{text('certificate.rights.unpaid')}</Typography>
      </Box>
    </Panel>
  );
}
