import type { Theme } from '@mui/material/styles';
import { CHART } from '../theme/palette';
import type { PartState } from './geometry';

/** How a part looks; what others hold is hatched, so that it differs without colour too. */
export function paintOf(state: PartState, theme: Theme): Record<string, string> {
  const colours = CHART[theme.palette.mode];
  if (state !== 'hatched') return { backgroundColor: colours[state] };
  return {
    backgroundColor: 'transparent',
    backgroundImage: `repeating-linear-gradient(135deg, ${colours.hatch} 0 2px, transparent 2px 8px)`,
  };
}
