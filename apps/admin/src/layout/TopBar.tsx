import Brightness from '@mui/icons-material/Brightness4Outlined';
import LightMode from '@mui/icons-material/LightModeOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { AppBar, useTheme, type AppBarProps } from 'react-admin';
import { useOwnMember } from '../auth/session';
import { useLanguage, useText } from '../i18n';
import { useMemberName } from '../party/name';
import { ROLE_COLOURS } from '../theme/palette';
import { AccountMenu } from './AccountMenu';
import { BusinessDate } from './BusinessDate';
import { InboxBell } from './InboxBell';
import { LedgerChip } from './LedgerChip';
import { useBusinessDate } from './network';
import { useKind } from './role';
import { SearchBox } from './SearchBox';

/** Whose desk this is, what waits, and how the ledger stands. Its edge has the colour of the role. */
export function TopBar(props: AppBarProps) {
  const { kind } = useKind();
  return (
    <AppBar
      {...props}
      color="inherit"
      toolbar={false}
      userMenu={false}
      sx={{
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
        borderTop: `4px solid ${kind === undefined ? 'transparent' : ROLE_COLOURS[kind]}`,
        '& .RaAppBar-toolbar': { gap: { xs: 0, sm: 0.5 }, minWidth: 0 },
      }}
    >
      <Owner />
      <SearchBox />
      <InboxBell />
      <LedgerChip />
      <BusinessDate />
      <Box sx={{ display: { xs: 'none', md: 'flex' } }}>
        <LanguageSwitch />
        <ThemeSwitch />
      </Box>
      <AccountMenu />
    </AppBar>
  );
}

function Owner() {
  const text = useText();
  const member = useOwnMember();
  const nameOf = useMemberName();
  const { kind } = useKind();
  const today = useBusinessDate();
  return (
    <Box sx={{ flex: '1 1 0', minWidth: 0, mr: 0.5, lineHeight: 1.25 }}>
      <Typography noWrap sx={{ fontWeight: 650, lineHeight: 1.25 }} component="div">
        {member === undefined ? ' ' : nameOf(member)}
      </Typography>
      <Typography noWrap variant="caption" color="text.secondary" component="div" sx={{ lineHeight: 1.25 }}>
        {kind === undefined ? ' ' : text(`frame.kind.${kind}`)}
        <Box component="span" sx={{ display: { xs: 'inline', sm: 'none' } }}>
          {today !== undefined && kind !== 'OPERATOR' && ` · ${today}`}
        </Box>
      </Typography>
    </Box>
  );
}

export function LanguageSwitch() {
  const text = useText();
  const [language, choose] = useLanguage();
  const mark = language === 'zh' ? 'EN' : '中';
  return (
    <Tooltip title={text('frame.language')}>
      <IconButton
        aria-label={`${mark} · ${text('frame.language')}`}
        onClick={() => {
          choose(language === 'zh' ? 'en' : 'zh');
        }}
        sx={{ width: 40, height: 40, fontSize: '0.95rem', fontWeight: 600, color: 'text.primary' }}
      >
        <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{mark}</span>
      </IconButton>
    </Tooltip>
  );
}

export function ThemeSwitch() {
  const text = useText();
  const [theme, setTheme] = useTheme();
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip title={text(`frame.theme.${next}`)}>
      <IconButton
        aria-label={text(`frame.theme.${next}`)}
        onClick={() => {
          setTheme(next);
        }}
      >
        {next === 'dark' ? <Brightness fontSize="small" /> : <LightMode fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
}
