import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { AppBar, type AppBarProps } from 'react-admin';
import { useOwnMember } from '../auth/session';
import { useText } from '../i18n';
import { useMemberName } from '../party/name';
import { ROLE_COLOURS } from '../theme/palette';
import { AccountMenu } from './AccountMenu';
import { BusinessDate } from './BusinessDate';
import { InboxBell } from './InboxBell';
import { LedgerChip } from './LedgerChip';
import { useBusinessDate } from './network';
import { useKind } from './role';
import { SearchBox } from './SearchBox';
import { LanguageSwitch, ThemeSwitch } from './switches';

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
