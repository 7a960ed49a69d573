import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import type { Theme } from '@mui/material/styles';
import { displayAmount } from '@tallystick/domain';
import { useText } from '../i18n';
import { widthsOf, type Part, type PartState } from './geometry';
import { paintOf } from './paint';

interface Props {
  parts: readonly Part[];
  /** Face of the certificate in fen, if the reader may know it. */
  faceFen?: bigint | undefined;
  label: string;
}

/** A certificate as one strip cut into its holdings; below it what each colour means, which is also its text form. */
export function Strip({ parts, faceFen, label }: Props) {
  const text = useText();
  const widths = widthsOf(parts, faceFen);
  const words = (part: Part) =>
    `${part.label}: ${part.fen === undefined ? text('strip.unseen') : `${displayAmount(part.fen)} CNY`} (${text(`strip.state.${part.state}`)})`;
  const states = [...new Set(parts.map(({ state }) => state))];
  return (
    <Box component="figure" aria-label={label} sx={{ m: 0 }}>
      <Box component="ul" sx={stripSx}>
        {parts.map((part, index) => (
          <Tooltip key={part.key} title={words(part)}>
            <Box
              component="li"
              tabIndex={0}
              aria-label={words(part)}
              sx={(theme) => ({ ...partSx(theme), ...paintOf(part.state, theme), flexBasis: `${widths[index] ?? 0}%` })}
            />
          </Tooltip>
        ))}
      </Box>
      <Box
        component="figcaption"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          rowGap: 0.5,
          mt: 1,
          fontSize: '0.85rem',
          color: 'text.secondary',
        }}
      >
        {states.map((state) => (
          <Swatch key={state} state={state} label={text(`strip.state.${state}`)} />
        ))}
      </Box>
    </Box>
  );
}

export const stripSx = {
  display: 'flex',
  listStyle: 'none',
  m: 0,
  p: 0,
  height: 44,
  borderRadius: 1,
  overflow: 'hidden',
  border: 1,
  borderColor: 'divider',
} as const;

export const partSx = (theme: Theme) => ({
  flexGrow: 0,
  flexShrink: 1,
  minWidth: 3,
  // The notch between two parts of a tally.
  borderRight: `2px solid ${theme.palette.background.paper}`,
  '&:last-of-type': { borderRight: 0 },
  '&:focus-visible': { outline: `3px solid ${theme.palette.primary.main}`, outlineOffset: -3 },
});

function Swatch({ state, label }: { state: PartState; label: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      <Box
        component="span"
        sx={(theme) => ({
          width: 14,
          height: 14,
          borderRadius: '3px',
          border: `1px solid ${theme.palette.divider}`,
          ...paintOf(state, theme),
        })}
      />
      {label}
    </Box>
  );
}
