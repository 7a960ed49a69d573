import AccountCircle from '@mui/icons-material/AccountCircleOutlined';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useProfile } from '../auth/session';
import { useText } from '../i18n';
import { useKind } from './role';
import { LanguageSwitch, ThemeSwitch } from './TopBar';

/** Who is signed in, in which role; choosing another role of the firm, language, theme and leaving. */
export function AccountMenu() {
  const text = useText();
  const logout = useLogout();
  const profile = useProfile();
  const { kind, kinds, choose } = useKind();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <Tooltip title={text('frame.account')}>
        <IconButton
          aria-label={text('frame.account')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => {
            setAnchor(event.currentTarget);
          }}
        >
          <AccountCircle />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <Box component="li" role="presentation" sx={{ px: 2, py: 1, maxWidth: 300 }}>
          <Typography sx={{ fontWeight: 600 }}>{text('frame.signedInAs', { user: profile?.user ?? '' })}</Typography>
          <Typography variant="body2" color="text.secondary">
            {profile?.roles.map((role) => text(`frame.role.${role}`)).join(' · ')}
          </Typography>
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {text('frame.member', { id: profile?.member ?? '' })}
          </Typography>
        </Box>
        <Divider component="li" />
        {kinds.length > 1 &&
          kinds.map((one) => (
            <MenuItem
              key={one}
              role="menuitemradio"
              aria-checked={one === kind}
              selected={one === kind}
              onClick={() => {
                choose(one);
                close();
              }}
            >
              <ListItemText primary={text(`frame.kind.${one}`)} secondary={text('frame.actAs')} />
            </MenuItem>
          ))}
        <Box component="li" role="presentation" sx={{ px: 1, display: { xs: 'flex', md: 'none' } }}>
          <LanguageSwitch />
          <ThemeSwitch />
        </Box>
        <MenuItem
          onClick={() => {
            close();
            void logout();
          }}
        >
          {text('frame.leave')}
        </MenuItem>
      </Menu>
    </>
  );
}
