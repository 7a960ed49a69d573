import InputAdornment from '@mui/material/InputAdornment';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { displayAmount, formatAmount } from '@tallystick/domain';
import { useState } from 'react';
import { useText } from '../i18n';
import { readTypedAmount } from './typed-amount';

interface Props extends Omit<TextFieldProps, 'value' | 'onChange' | 'error'> {
  /** What is typed; keep it as text and read it with `readTypedAmount`. */
  value: string;
  onChange: (typed: string) => void;
  /** The most that may be given, in fen. */
  maxFen?: bigint | undefined;
  /** A message of the gateway for this field. */
  problem?: string | undefined;
  /** Also complain while it is empty. */
  required?: boolean;
}

/** An amount in CNY: strict, right-aligned; written out with separators when left. */
export function MoneyField({ value, onChange, maxFen, problem, required = false, helperText, ...field }: Props) {
  const text = useText();
  const [left, setLeft] = useState(false);
  const read = readTypedAmount(value, maxFen);
  const complaint =
    problem ??
    (read.ok || !left || (read.why === 'empty' && !required)
      ? undefined
      : text(`money.${read.why}`, maxFen === undefined ? {} : { max: displayAmount(maxFen) }));
  return (
    <TextField
      {...field}
      required={required}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
      onFocus={() => {
        if (read.ok) onChange(formatAmount(read.fen));
      }}
      onBlur={() => {
        setLeft(true);
        if (read.ok) onChange(displayAmount(read.fen));
      }}
      error={complaint !== undefined}
      helperText={complaint ?? helperText}
      slotProps={{
        htmlInput: {
          inputMode: 'decimal',
          maxLength: 24,
          autoComplete: 'off',
          style: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
        },
        input: { endAdornment: <InputAdornment position="end">CNY</InputAdornment> },
      }}
    />
  );
}
