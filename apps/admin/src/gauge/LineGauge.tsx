import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { Money as MoneyValue } from '../api/types';
import { useText } from '../i18n';
import { fenOf, moneyText } from '../money/money';
import { CHART } from '../theme/palette';
import { sharesOf } from './shares';

interface Props {
  title: ReactNode;
  limit: MoneyValue;
  used: MoneyValue;
  reserved?: MoneyValue | undefined;
  available: MoneyValue;
}

/** A credit line: used, reserved and available of its limit, as one bar with its numbers. */
export function LineGauge({ title, limit, used, reserved, available }: Props) {
  const text = useText();
  const shares = sharesOf({
    limit: fenOf(limit),
    used: fenOf(used),
    reserved: reserved === undefined ? 0n : fenOf(reserved),
  });
  const label = text('gauge.label', {
    used: moneyText(used),
    limit: moneyText(limit),
    available: moneyText(available),
  });
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, mb: 0.5, flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600 }} component="div">
          {title}
        </Typography>
        <Typography sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
          {text('gauge.available', { amount: moneyText(available) })}
        </Typography>
      </Box>
      <Box
        role="img"
        aria-label={label}
        sx={(theme) => ({
          display: 'flex',
          height: 14,
          borderRadius: 1,
          overflow: 'hidden',
          bgcolor: CHART[theme.palette.mode].grid,
          '& > :nth-of-type(1)': { bgcolor: shares.over ? 'error.main' : CHART[theme.palette.mode].mine },
          '& > :nth-of-type(2)': { bgcolor: CHART[theme.palette.mode].locked },
        })}
      >
        <Box sx={{ width: `${shares.used}%` }} />
        <Box sx={{ width: `${shares.reserved}%` }} />
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 0.25, fontVariantNumeric: 'tabular-nums' }}>
        {text('gauge.usedOf', { used: moneyText(used), limit: moneyText(limit) })}
        {reserved !== undefined &&
          fenOf(reserved) > 0n &&
          ` · ${text('gauge.reserved', { amount: moneyText(reserved) })}`}
      </Typography>
    </Box>
  );
}
