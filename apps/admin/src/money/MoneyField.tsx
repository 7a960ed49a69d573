import InputAdornment from '@mui/material/InputAdornment';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { displayAmount, formatAmount } from '@tallystick/domain';
import { useLayoutEffect, useRef, useState } from 'react';
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
  const input = useRef<HTMLInputElement>(null);
  const rewritten = useRef(false);
  // The browser selects a field that is entered by the keyboard; rewriting undoes that, and what is typed would be appended.
  useLayoutEffect(() => {
    if (rewritten.current) input.current?.select();
    rewritten.current = false;
  }, [value]);
  const read = readTypedAmount(value, maxFen);
  const wrong = read.ok || (read.why === 'empty' && !required) ? null : read.why;
  // What is wrong with what stands there tells more than that the form as a whole wants an amount.
  const complaint =
    wrong !== null && (left || problem !== undefined)
      ? text(`money.${wrong}`, maxFen === undefined ? {} : { max: displayAmount(maxFen) })
      : problem;
  return (
    <TextField
      {...field}
      required={required}
      inputRef={input}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
      onFocus={() => {
        if (!read.ok) return;
        const plain = formatAmount(read.fen);
        rewritten.current = plain !== value;
        onChange(plain);
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
