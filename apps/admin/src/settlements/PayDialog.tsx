import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useState } from 'react';
import type { Money } from '../api/types';
import type { CertificateShort } from '../certificates/certificate';
import { FormDialog } from '../command/FormDialog';
import { useText } from '../i18n';
import { fenOf, moneyOf, moneyText } from '../money/money';
import { MoneyField } from '../money/MoneyField';
import { readTypedAmount } from '../money/typed-amount';
import { useCommand } from '../operation/useCommand';

type Payable = Pick<CertificateShort, 'id' | 'outstanding' | 'lateInterest'>;

/** Pays a certificate: everything owed, or a part of it. */
export function PayDialog({ certificate, onClose }: { certificate: Payable; onClose: () => void }) {
  const text = useText();
  const { id, outstanding, lateInterest } = certificate;
  const owed = outstanding === undefined ? undefined : fenOf(outstanding) + (lateInterest ? fenOf(lateInterest) : 0n);
  const [whole, setWhole] = useState(true);
  const [typed, setTyped] = useState('');
  const { give, busy, problem, fields } = useCommand<{ amount?: Money }>(`/certificates/${id}/settlements`);
  const read = readTypedAmount(typed, owed);
  const submit = async () => {
    const form = whole || !read.ok ? {} : { amount: moneyOf(read.fen) };
    if ((await give(form)) !== null) onClose();
  };
  return (
    <FormDialog
      title={text('certificate.pay')}
      explain={text('settlement.explain')}
      busy={busy}
      problem={problem}
      ready={whole || read.ok}
      onGive={() => void submit()}
      onClose={onClose}
    >
      <RadioGroup
        value={whole ? 'whole' : 'part'}
        onChange={(_, value) => {
          setWhole(value === 'whole');
        }}
      >
        <FormControlLabel
          value="whole"
          control={<Radio />}
          label={
            owed === undefined
              ? text('settlement.whole')
              : text('settlement.wholeOf', { amount: moneyText(moneyOf(owed)) })
          }
        />
        <FormControlLabel value="part" control={<Radio />} label={text('settlement.part')} />
      </RadioGroup>
      {!whole && (
        <MoneyField
          label={text('settlement.amount')}
          value={typed}
          onChange={setTyped}
          maxFen={owed}
          problem={fields['amount'] ?? fields['amount.amount']}
          helperText={text('settlement.partHint')}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}
