import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { displayAmount, sumFen } from '@tallystick/domain';
import { useRef, type PointerEvent } from 'react';
import { useText } from '../i18n';
import { fenAt, movedBy, stepOf, widthsOf, type Part } from './geometry';
import { paintOf } from './paint';
import { partSx, stripSx } from './Strip';

export interface Piece {
  key: string;
  /** Who gets it, or what it is for. */
  label: string;
  fen: bigint;
}

interface Props {
  /** The whole that is cut, in fen. */
  totalFen: bigint;
  /** Pieces from the left; what they leave is the remainder. */
  pieces: readonly Piece[];
  /** A cut was moved: the piece at `index` now has `fen`. */
  onChange: (index: number, fen: bigint) => void;
  /** The smallest piece, in fen. */
  leastFen?: bigint;
  label: string;
}

/**
 * Splitting on the strip itself: drag a cut, or move it with the arrow keys; the remainder shows at once. For an exact amount
 * put a `MoneyField` beside it that sets the same piece.
 */
export function StripCutter({ totalFen, pieces, onChange, leastFen = 1n, label }: Props) {
  const text = useText();
  const bar = useRef<HTMLDivElement>(null);
  const step = stepOf(totalFen);
  const given = sumFen(pieces.map(({ fen }) => fen));
  const remainder = totalFen - given;
  const parts: Part[] = [
    ...pieces.map(({ key, label: name, fen }): Part => ({ key, label: name, fen, state: 'locked' })),
    { key: 'remainder', label: text('strip.remainder'), fen: remainder > 0n ? remainder : 0n, state: 'mine' },
  ];
  const widths = widthsOf(parts, undefined);
  const before = (index: number) => sumFen(pieces.slice(0, index).map(({ fen }) => fen));
  const most = (index: number) => totalFen - given + (pieces[index]?.fen ?? 0n);
  const least = leastFen < totalFen ? leastFen : totalFen;
  const clamp = (index: number, fen: bigint) => (fen < least ? least : fen > most(index) ? most(index) : fen);

  const drag = (index: number) => (event: PointerEvent<HTMLElement>) => {
    if (bar.current === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = bar.current.getBoundingClientRect();
    onChange(index, clamp(index, fenAt((event.clientX - left) / width, totalFen, step) - before(index)));
  };
  return (
    <Box role="group" aria-label={label}>
      <Box ref={bar} sx={{ position: 'relative', touchAction: 'none' }}>
        <Box sx={stripSx} aria-hidden>
          {parts.map((part, index) => (
            <Box
              key={part.key}
              sx={(theme) => ({
                ...partSx(theme),
                minWidth: 0,
                ...paintOf(part.state, theme),
                flexBasis: `${widths[index] ?? 0}%`,
              })}
            />
          ))}
        </Box>
        {pieces.map((piece, index) => (
          <Box
            key={piece.key}
            role="slider"
            tabIndex={0}
            aria-label={text('strip.cut', { name: piece.label })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(widths[index] ?? 0)}
            aria-valuetext={`${displayAmount(piece.fen)} CNY`}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={drag(index)}
            onKeyDown={(event) => {
              const next = movedBy(event.key, piece.fen, step, least, most(index));
              if (next === null) return;
              event.preventDefault();
              onChange(index, clamp(index, next));
            }}
            sx={(theme) => ({
              position: 'absolute',
              top: -6,
              bottom: -6,
              left: `${widths.slice(0, index + 1).reduce((sum, width) => sum + width, 0)}%`,
              width: 24,
              ml: '-12px',
              cursor: 'ew-resize',
              touchAction: 'none',
              '&::before': {
                content: '""',
                position: 'absolute',
                left: 10,
                top: 0,
                bottom: 0,
                width: 4,
                borderRadius: 2,
                backgroundColor: theme.palette.text.primary,
              },
              '&::after': {
                content: '""',
                position: 'absolute',
                left: 5,
                top: '50%',
                mt: '-9px',
                width: 14,
                height: 18,
                borderRadius: '4px',
                backgroundColor: theme.palette.background.paper,
                border: `2px solid ${theme.palette.text.primary}`,
              },
              '&:focus-visible': { outline: `3px solid ${theme.palette.primary.main}`, borderRadius: 1 },
            })}
          />
        ))}
      </Box>
      <Box
        sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', columnGap: 2, mt: 1 }}
        aria-live="polite"
      >
        <Typography variant="body2" color="text.secondary">
          {text('strip.given', { amount: `${displayAmount(given)} CNY` })}
        </Typography>
        <Typography variant="body2" color={remainder < 0n ? 'error' : 'text.secondary'}>
          {remainder < 0n
            ? text('strip.tooMuch', { amount: `${displayAmount(-remainder)} CNY` })
            : text('strip.kept', { amount: `${displayAmount(remainder)} CNY` })}
        </Typography>
      </Box>
    </Box>
  );
}
