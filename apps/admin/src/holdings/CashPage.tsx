import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { useText, type Text } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { RecordPage } from '../layout/RecordPage';
import { fenOf, moneyOf } from '../money/money';
import { MoneyField } from '../money/MoneyField';
import { readTypedAmount } from '../money/typed-amount';
import { useCommand } from '../operation/useCommand';
import { MembersPicker } from '../party/MemberPicker';
import { ProblemAlert } from '../problem/ProblemAlert';
import { StripCutter } from '../strip/StripCutter';
import { useOwnMember } from '../auth/session';
import type { Holding } from './holding';
import { HoldingHead } from './HoldingHead';
import { typedOf } from './transfer-draft';

/** Asks banks for cash against all or part of a holding. */
export function CashPage() {
  return <RecordPage<Holding> resource="holdings">{(record) => <Form holding={record} />}</RecordPage>;
}

function Form({ holding }: { holding: Holding }) {
  const text = useText();
  const navigate = useNavigate();
  const own = useOwnMember();
  const totalFen = holding.amount === undefined ? 0n : fenOf(holding.amount);
  const [amount, setAmount] = useState(typedOf(totalFen));
  const [banks, setBanks] = useState<string[]>([]);
  const [recourse, setRecourse] = useState(false);
  const [bearer, setBearer] = useState<'supplier' | 'core'>('supplier');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { give, busy, problem, fields } = useCommand(`/holdings/${holding.id}/financings`);
  const read = readTypedAmount(amount, totalFen);

  const submit = async () => {
    setTried(true);
    if (!read.ok || banks.length === 0) return;
    const form = { amount: moneyOf(read.fen), banks, recourse, interestBearer: bearer, note: note.trim() };
    if ((await give(form)) !== null) void navigate('/financings');
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PageTitle title={text('holding.cashTitle')} />
      <HoldingHead holding={holding} />
      <Card sx={{ p: 2, display: 'grid', gap: 2.5 }}>
        <StripCutter
          label={text('holding.cut')}
          totalFen={totalFen}
          pieces={[{ key: 'cash', label: text('holding.cash'), fen: read.ok ? read.fen : 0n }]}
          onChange={(_, fen) => {
            setAmount(typedOf(fen));
          }}
        />
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '1fr 2fr' } }}>
          <MoneyField
            label={text('holding.cashAmount')}
            value={amount}
            onChange={setAmount}
            maxFen={totalFen}
            problem={fields['amount'] ?? fields['amount.amount']}
            required
          />
          <MembersPicker
            label={text('holding.banks')}
            kind="BANK"
            value={banks}
            onChange={setBanks}
            without={own === undefined ? [] : [own.id]}
            problem={tried && banks.length === 0 ? text('holding.need.banks') : fields['banks']}
          />
        </Box>
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          <Choice
            label="holding.recourse.label"
            value={recourse ? 'with' : 'without'}
            onChange={(value) => {
              setRecourse(value === 'with');
            }}
            options={[
              ['without', 'holding.recourse.without'],
              ['with', 'holding.recourse.with'],
            ]}
          />
          <Choice
            label="holding.bearer.label"
            value={bearer}
            onChange={(value) => {
              setBearer(value === 'core' ? 'core' : 'supplier');
            }}
            options={[
              ['supplier', 'holding.bearer.supplier'],
              ['core', 'holding.bearer.core'],
            ]}
          />
        </Box>
        <TextField
          label={text('holding.bankNote')}
          value={note}
          onChange={({ target }) => {
            setNote(target.value);
          }}
          multiline
          minRows={2}
          slotProps={{ htmlInput: { maxLength: 500 } }}
        />
        <Box sx={{ color: 'text.secondary' }}>{text('holding.cashExplain')}</Box>
        {problem !== null && <ProblemAlert problem={problem} />}
        <Button type="submit" variant="contained" loading={busy} sx={{ justifySelf: 'end' }}>
          {text('command.go')}
        </Button>
      </Card>
    </form>
  );
}

interface ChoiceProps {
  label: Text;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [string, Text])[];
}

function Choice({ label, value, onChange, options }: ChoiceProps): ReactNode {
  const text = useText();
  return (
    <FormControl>
      <FormLabel id={label}>{text(label)}</FormLabel>
      <RadioGroup
        aria-labelledby={label}
        value={value}
        onChange={(_, chosen) => {
          onChange(chosen);
        }}
      >
        {options.map(([name, words]) => (
          <FormControlLabel key={name} value={name} control={<Radio size="small" />} label={text(words)} />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
