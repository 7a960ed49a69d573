import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useOwnMember } from '../../auth/session';
import { useText } from '../../i18n';
import { Money } from '../../money/Money';
import { MoneyField } from '../../money/MoneyField';
import { MemberPicker } from '../../party/MemberPicker';
import { emptyInvoice, faceFen, takeOver, type InvoiceDraft, type IssueDraft } from './draft';
import { InvoiceFile } from './InvoiceFile';

interface Props {
  draft: IssueDraft;
  onChange: (draft: IssueDraft) => void;
  /** Words for what is wrong, by field path. */
  complaint: (path: string) => string | undefined;
}

const newKey = () => crypto.randomUUID();

/** First step: whom, under which contract, for which invoices; a file may fill it. */
export function TradeStep({ draft, onChange, complaint }: Props) {
  const text = useText();
  const own = useOwnMember();
  const setInvoice = (index: number, changed: InvoiceDraft) => {
    onChange({ ...draft, invoices: draft.invoices.map((one, at) => (at === index ? changed : one)) });
  };
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <InvoiceFile
        onRead={(read) => {
          onChange(takeOver(draft, read, newKey));
        }}
      />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '2fr 1fr' } }}>
        <MemberPicker
          label={text('certificate.issue.supplier')}
          value={draft.creditor}
          onChange={(creditor) => {
            onChange({ ...draft, creditor });
          }}
          without={own === undefined ? [] : [own.id]}
          problem={complaint('creditor')}
          required
        />
        <TextField
          label={text('certificate.contractNo')}
          value={draft.contractNo}
          onChange={({ target }) => {
            onChange({ ...draft, contractNo: target.value });
          }}
          required
          error={complaint('contractNo') !== undefined}
          helperText={complaint('contractNo')}
          slotProps={{ htmlInput: { maxLength: 60 } }}
        />
      </Box>
      {draft.invoices.map((invoice, index) => (
        <InvoiceRow
          key={invoice.key}
          number={index + 1}
          invoice={invoice}
          onChange={(changed) => {
            setInvoice(index, changed);
          }}
          onRemove={
            draft.invoices.length === 1
              ? undefined
              : () => {
                  onChange({ ...draft, invoices: draft.invoices.filter((_, at) => at !== index) });
                }
          }
          complaint={(field) => complaint(`invoices.${String(index)}.${field}`)}
        />
      ))}
      <Box sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Button
          startIcon={<Add />}
          disabled={draft.invoices.length >= 20}
          onClick={() => {
            onChange({ ...draft, invoices: [...draft.invoices, emptyInvoice(newKey())] });
          }}
        >
          {text('certificate.issue.addInvoice')}
        </Button>
        <Box sx={{ textAlign: 'right', ml: 'auto' }}>
          <Typography variant="body2" color="text.secondary">
            {text('certificate.issue.face')}
          </Typography>
          <Money value={faceFen(draft)} big />
        </Box>
      </Box>
    </Box>
  );
}

interface RowProps {
  number: number;
  invoice: InvoiceDraft;
  onChange: (invoice: InvoiceDraft) => void;
  onRemove: (() => void) | undefined;
  complaint: (field: string) => string | undefined;
}

function InvoiceRow({ number, invoice, onChange, onRemove, complaint }: RowProps) {
  const text = useText();
  const id = useId();
  const set = (field: keyof InvoiceDraft) => (value: string) => {
    onChange({ ...invoice, [field]: value });
  };
  const date = (field: 'date' | 'deliveredOn') => (
    <TextField
      type="date"
      label={text(`certificate.invoice.${field}`)}
      value={invoice[field]}
      onChange={({ target }) => {
        set(field)(target.value);
      }}
      required
      error={complaint(field) !== undefined}
      helperText={complaint(field)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
  const amount = (field: 'grossAmount' | 'amount') => (
    <MoneyField
      label={text(`certificate.invoice.${field}`)}
      value={invoice[field]}
      onChange={set(field)}
      required
      problem={complaint(field)}
    />
  );
  return (
    <Card component="section" role="group" aria-labelledby={id} sx={{ p: 2, m: 0, minWidth: 0 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1.5, minHeight: 34 }}>
        <Typography component="h3" id={id} sx={{ fontWeight: 600 }}>
          {text('certificate.issue.invoice', { number })}
        </Typography>
        {onRemove !== undefined && (
          <IconButton size="small" aria-label={text('certificate.issue.removeInvoice', { number })} onClick={onRemove}>
            <Delete fontSize="small" />
          </IconButton>
        )}
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', lg: '1.3fr 1fr 1fr 1.2fr 1.2fr' },
        }}
      >
        <TextField
          label={text('certificate.invoice.number')}
          value={invoice.number}
          onChange={({ target }) => {
            set('number')(target.value);
          }}
          required
          error={complaint('number') !== undefined}
          helperText={complaint('number')}
          slotProps={{ htmlInput: { maxLength: 60 } }}
        />
        {date('date')}
        {date('deliveredOn')}
        {amount('grossAmount')}
        {amount('amount')}
      </Box>
    </Card>
  );
}
