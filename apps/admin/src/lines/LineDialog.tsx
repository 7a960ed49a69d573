import TextField from '@mui/material/TextField';
import { isIsoDate } from '@tallystick/domain';
import { useState } from 'react';
import { FormDialog } from '../command/FormDialog';
import { useText } from '../i18n';
import { useBusinessDate } from '../layout/network';
import { moneyOf } from '../money/money';
import { MoneyField } from '../money/MoneyField';
import { readTypedAmount } from '../money/typed-amount';
import { useCommand } from '../operation/useCommand';
import { MemberPicker } from '../party/MemberPicker';
import type { Line } from './line';

/** Grants a credit line, or changes the limit and end of one. */
export function LineDialog({ line, onClose }: { line?: Line; onClose: () => void }) {
  const text = useText();
  const today = useBusinessDate();
  const [issuer, setIssuer] = useState('');
  const [limit, setLimit] = useState(line?.limit?.amount ?? '');
  const [until, setUntil] = useState(line?.until ?? '');
  const { give, busy, problem, fields } = useCommand(line === undefined ? '/lines' : `/lines/${line.id}/changes`);
  const read = readTypedAmount(limit);
  const ready = read.ok && isIsoDate(until) && (line !== undefined || issuer !== '');
  const submit = async () => {
    if (!read.ok) return;
    const terms = { limit: moneyOf(read.fen), until };
    if ((await give(line === undefined ? { issuer, ...terms } : terms)) !== null) onClose();
  };
  return (
    <FormDialog
      title={text(line === undefined ? 'line.grant' : 'line.change')}
      explain={text('line.explain')}
      busy={busy}
      problem={problem}
      ready={ready}
      onGive={() => void submit()}
      onClose={onClose}
    >
      {line === undefined && (
        <MemberPicker
          label={text('line.issuer')}
          kind="CORE"
          value={issuer}
          onChange={setIssuer}
          problem={fields['issuer']}
          required
        />
      )}
      <MoneyField
        label={text('line.limit')}
        value={limit}
        onChange={setLimit}
        problem={fields['limit'] ?? fields['limit.amount']}
        required
      />
      <TextField
        type="date"
        label={text('line.lastDay')}
        value={until}
        onChange={({ target }) => {
          setUntil(target.value);
        }}
        required
        error={fields['until'] !== undefined}
        helperText={fields['until']}
        slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: today } }}
      />
    </FormDialog>
  );
}
