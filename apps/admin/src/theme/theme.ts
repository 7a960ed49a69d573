import { createTheme } from '@mui/material/styles';
import type { RaThemeOptions } from 'react-admin';

/** Fonts that the reader's machine has; nothing is downloaded. Latin first, so that digits keep one width and look. */
const FONT_STACK = [
  'Inter',
  'system-ui',
  '-apple-system',
  '"Segoe UI"',
  '"PingFang SC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  '"WenQuanYi Micro Hei"',
  'sans-serif',
].join(', ');

function themeOf(mode: 'light' | 'dark'): RaThemeOptions {
  const dark = mode === 'dark';
  const line = dark ? '#2c3843' : '#dfe5ea';
  const base = {
    palette: {
      mode,
      primary: { main: dark ? '#7cc0e8' : '#17557f', contrastText: dark ? '#06202f' : '#ffffff' },
      secondary: { main: dark ? '#e3b968' : '#8a5a0b' },
      success: { main: dark ? '#6cc7a2' : '#23724f' },
      warning: { main: dark ? '#e9b45c' : '#8f5a00' },
      error: { main: dark ? '#f09a9a' : '#b3372f' },
      info: { main: dark ? '#8cb9dd' : '#2c618f' },
      background: { default: dark ? '#11181e' : '#f5f7f9', paper: dark ? '#182129' : '#ffffff' },
      text: { primary: dark ? '#e6ecf1' : '#1b2833', secondary: dark ? '#a5b3be' : '#50606d' },
      divider: line,
    },
    shape: { borderRadius: 8 },
    typography: {
      fontFamily: FONT_STACK,
      fontSize: 14,
      h1: { fontSize: '1.6rem', fontWeight: 650, letterSpacing: '-0.01em' },
      h2: { fontSize: '1.2rem', fontWeight: 650 },
      h3: { fontSize: '1.02rem', fontWeight: 650 },
      h4: { fontSize: '1.3rem', fontWeight: 600 },
      h5: { fontSize: '1.15rem', fontWeight: 600 },
      h6: { fontSize: '1rem', fontWeight: 600 },
      button: { textTransform: 'none', fontWeight: 600 },
      overline: { textTransform: 'none', letterSpacing: 0, lineHeight: 1.6, fontSize: '0.8rem' },
    },
    sidebar: { width: 216, closedWidth: 56 },
  } satisfies RaThemeOptions;
  const theme = createTheme(base);
  return {
    ...base,
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          body: { fontVariantNumeric: 'tabular-nums' },
          ':focus-visible': { outlineOffset: 2 },
          '@media (prefers-reduced-motion: reduce)': {
            '*': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
          },
        },
      },
      MuiAppBar: { defaultProps: { elevation: 0 } },
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: { root: { backgroundImage: 'none' }, rounded: { border: `1px solid ${line}` } },
      },
      MuiCard: { styleOverrides: { root: { border: `1px solid ${line}` } } },
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
      MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small' } },
      MuiTableCell: {
        styleOverrides: {
          root: { borderBottomColor: line },
          head: { fontWeight: 600, color: theme.palette.text.secondary, backgroundColor: dark ? '#1d2831' : '#eef2f5' },
        },
      },
      MuiTooltip: {
        defaultProps: { arrow: true, enterTouchDelay: 200 },
        styleOverrides: { tooltip: { fontSize: '0.85rem', maxWidth: 340 } },
      },
      MuiLink: { defaultProps: { underline: 'hover' } },
      RaLayout: {
        styleOverrides: {
          root: {
            '& .RaLayout-content': {
              backgroundColor: 'inherit',
              padding: theme.spacing(2, 2, 8),
              minWidth: 0,
              [theme.breakpoints.down('sm')]: { padding: theme.spacing(1.5, 1.5, 8) },
            },
          },
        },
      },
      RaMenuItemLink: {
        styleOverrides: {
          root: {
            margin: theme.spacing(0.25, 1),
            borderRadius: 8,
            paddingLeft: 12,
            color: theme.palette.text.primary,
            '&.RaMenuItemLink-active': {
              backgroundColor: dark ? '#22384a' : '#e3eef6',
              color: theme.palette.primary.main,
              fontWeight: 600,
            },
          },
        },
      },
      RaDatagrid: {
        styleOverrides: { root: { '& .RaDatagrid-headerCell': { backgroundColor: dark ? '#1d2831' : '#eef2f5' } } },
      },
    },
  };
}

export const lightTheme = themeOf('light');
export const darkTheme = themeOf('dark');
