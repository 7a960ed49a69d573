import type { MemberKind } from '../api/types';

/** Colour of the bar's edge, so that a person with several roles sees which one is on. */
export const ROLE_COLOURS: Record<MemberKind, string> = {
  CORE: '#2f6fa8',
  SUPPLIER: '#2a8c6a',
  BANK: '#b07a1e',
  OPERATOR: '#7a5aa6',
  REGULATOR: '#5f6b76',
};

/**
 * Colours of charts and strips. They differ in lightness as well as in hue, so that they stay apart without colour vision
 * and in both themes (after Okabe and Ito, 2008).
 */
export const CHART = {
  light: {
    mine: '#17648f',
    other: '#9fb4c3',
    locked: '#d58a1d',
    frozen: '#b5476b',
    paid: '#3f9c78',
    hatch: '#8896a1',
    grid: '#dfe5ea',
  },
  dark: {
    mine: '#6db6e0',
    other: '#53626e',
    locked: '#e9b45c',
    frozen: '#e08aa7',
    paid: '#6cc7a2',
    hatch: '#74828e',
    grid: '#2c3843',
  },
} as const;
