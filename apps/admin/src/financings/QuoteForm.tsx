import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { request } from '../api/client';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { useBusinessDate } from '../layout/network';
import { Panel } from '../layout/Panel';
import { Money } from '../money/Money';
import { MoneyField } from '../money/MoneyField';
import { useCommand } from '../operation/useCommand';
import { ProblemAlert } from '../problem/ProblemAlert';
import type { QuotePreview } from './financing';
import { emptyFee, quoteFormOf, type FeeDraft, type QuoteDraft } from './quote-draft';

const MOST_FEES = 5;

/** A bank names its price; what the applicant would get is shown while it is typed. */
export function QuoteForm({ financing, again }: { financing: string; again: boolean }) {
  const text = useText();
  const [draft, setDraft] = useState<QuoteDraft>({ rate: '', basis: 'ACT_360', fees: [] });
  const { give, busy, problem, fields } = useCommand<object>(`/financings/${financing}/quotes`);
  const form = useDeferredValue(quoteFormOf(draft));
  const today = useBusinessDate();
  const preview = useQuery({
    queryKey: ['preview', financing, form, today],
    queryFn: ({ signal }) =>
      request<QuotePreview>('POST', `/financings/${financing}/quotes/preview`, { body: form, signal }),
    enabled: form !== null,
    retry: false,
    placeholderData: (before) => before,
  });
  const setFee = (index: number, changed: Partial<FeeDraft>) => {
    setDraft({ ...draft, fees: draft.fees.map((fee, at) => (at === index ? { ...fee, ...changed } : fee)) });
  };
  return (
    <Panel title={text(again ? 'financing.quoteAgain' : 'financing.quote')}>
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const ready = quoteFormOf(draft);
          if (ready !== null) void give(ready);
        }}
        sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '3fr 2fr' } }}
      >
        <Box sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
            <TextField
              label={text('financing.rate')}
              value={draft.rate}
              onChange={({ target }) => {
                setDraft({ ...draft, rate: target.value });
              }}
              required
              error={fields['rate'] !== undefined}
              helperText={fields['rate'] ?? text('financing.rateHint')}
              slotProps={{
                htmlInput: { inputMode: 'decimal', maxLength: 7, style: { textAlign: 'right' } },
                input: { endAdornment: <InputAdornment position="end">%</InputAdornment> },
              }}
            />
            <TextField
              select
              label={text('financing.basis')}
              value={draft.basis}
              onChange={({ target }) => {
                setDraft({ ...draft, basis: target.value === 'ACT_365' ? 'ACT_365' : 'ACT_360' });
              }}
            >
              <MenuItem value="ACT_360">{text('financing.bases.ACT_360')}</MenuItem>
              <MenuItem value="ACT_365">{text('financing.bases.ACT_365')}</MenuItem>
            </TextField>
          </Box>
          {draft.fees.map((fee, index) => (
            <FeeRow
              key={fee.key}
              number={index + 1}
              fee={fee}
              onChange={(changed) => {
                setFee(index, changed);
              }}
              onRemove={() => {
                setDraft({ ...draft, fees: draft.fees.filter(({ key }) => key !== fee.key) });
              }}
              problem={fields[`fees.${String(index)}.amount`] ?? fields[`fees.${String(index)}.amount.amount`]}
            />
          ))}
          <Button
            startIcon={<Add />}
            disabled={draft.fees.length >= MOST_FEES}
            onClick={() => {
              setDraft({ ...draft, fees: [...draft.fees, emptyFee(crypto.randomUUID())] });
            }}
            sx={{ justifySelf: 'start' }}
          >
            {text('financing.addFee')}
          </Button>
        </Box>
        <Box>
          {preview.error !== null ? (
            <ProblemAlert problem={preview.error} />
          ) : (
            <Preview price={form === null ? undefined : preview.data} />
          )}
        </Box>
        <Box sx={{ gridColumn: '1 / -1', display: 'grid', gap: 1.5, justifyItems: 'end' }}>
          {problem !== null && preview.error === null && <ProblemAlert problem={problem} />}
          <Button type="submit" variant="contained" loading={busy} disabled={quoteFormOf(draft) === null}>
            {text('command.go')}
          </Button>
        </Box>
      </Box>
    </Panel>
  );
}

function Preview({ price }: { price: QuotePreview | undefined }) {
  const text = useText();
  return (
    <Box aria-live="polite" sx={{ p: 2, borderRadius: 1, bgcolor: 'background.default' }}>
      <Box sx={{ color: 'text.secondary' }}>{text('financing.net')}</Box>
      <Money value={price?.net} align="left" big />
      <FactList
        facts={[
          { label: text('financing.apr'), value: price === undefined ? '–' : `${price.apr} %` },
          { label: text('financing.days'), value: price === undefined ? '–' : String(price.days) },
          { label: text('financing.interest'), value: <Money value={price?.interest} /> },
          { label: text('financing.validUntil'), value: <DateWithDays date={price?.validUntil} /> },
        ]}
      />
    </Box>
  );
}

interface FeeRowProps {
  number: number;
  fee: FeeDraft;
  onChange: (changed: Partial<FeeDraft>) => void;
  onRemove: () => void;
  problem: string | undefined;
}

function FeeRow({ number, fee, onChange, onRemove, problem }: FeeRowProps) {
  const text = useText();
  return (
    <Box
      role="group"
      aria-label={text('financing.fee', { number })}
      sx={{
        display: 'grid',
        gap: 1,
        gridTemplateColumns: { xs: '1fr auto', sm: '2fr 2fr 2fr auto' },
        alignItems: 'start',
      }}
    >
      {(['name', 'payee'] as const).map((field) => (
        <TextField
          key={field}
          label={text(`financing.feeFields.${field}`)}
          value={fee[field]}
          onChange={({ target }) => {
            onChange({ [field]: target.value });
          }}
          required
          slotProps={{ htmlInput: { maxLength: field === 'name' ? 60 : 100 } }}
          sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }}
        />
      ))}
      <MoneyField
        label={text('financing.feeFields.amount')}
        value={fee.amount}
        onChange={(amount) => {
          onChange({ amount });
        }}
        problem={problem}
        required
      />
      <IconButton aria-label={text('financing.removeFee', { number })} onClick={onRemove}>
        <Delete fontSize="small" />
      </IconButton>
    </Box>
  );
}
