import Box from '@mui/material/Box';
import { displayAmount } from '@tallystick/domain';
import type { Money as MoneyValue } from '../api/types';
import { fenOf } from './money';

interface Props {
  /** Missing where the reader may not see the amount. */
  value: MoneyValue | bigint | null | undefined;
  /** On a line of its own in a table or card; else within a sentence. */
  align?: 'right' | 'left';
  big?: boolean;
}

/** `1,234,567.89 CNY`, digits of one width; a dash where the reader may not see it. A `bigint` is in fen. */
export function Money({ value, align = 'right', big = false }: Props) {
  if (value === null || value === undefined) return <Box sx={{ textAlign: align, color: 'text.secondary' }}>–</Box>;
  const fen = typeof value === 'bigint' ? value : fenOf(value);
  const currency = typeof value === 'bigint' ? 'CNY' : value.currency;
  return (
    <Box
      component="span"
      sx={{
        display: align === 'right' ? 'block' : 'inline-block',
        textAlign: align,
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums lining-nums',
        ...(big && { fontSize: 'clamp(1.25rem, 5vw, 1.7rem)', fontWeight: 650, letterSpacing: '-0.01em' }),
      }}
    >
      {displayAmount(fen)}
      <Box component="span" sx={{ fontSize: '0.78em', color: 'text.secondary', ml: 0.5, fontWeight: 400 }}>
        {currency}
      </Box>
    </Box>
  );
}
