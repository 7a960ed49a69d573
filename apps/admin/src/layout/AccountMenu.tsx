import AccountCircle from '@mui/icons-material/AccountCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import type { MemberKind } from '../api/types';
import { useProfile } from '../auth/session';
import { useText } from '../i18n';
import { useKind } from './role';
import { LanguageSwitch, ThemeSwitch } from './switches';

/** Who is signed in, in which role; choosing another role of the firm, language, theme and leaving. */
export function AccountMenu() {
  const text = useText();
  const logout = useLogout();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <Tooltip title={text('frame.account')}>
        <IconButton
          aria-label={text('frame.account')}
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          onClick={(event) => {
            setAnchor(event.currentTarget);
          }}
        >
          <AccountCircle />
        </IconButton>
      </Tooltip>
      <Popover
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': text('frame.account'),
            sx: { p: 2, width: 300, maxWidth: '100%', boxShadow: 6 },
          },
        }}
      >
        <Who />
        <KindChoice onChosen={close} />
        <Box sx={{ display: { xs: 'flex', md: 'none' }, mt: 1 }}>
          <LanguageSwitch />
          <ThemeSwitch />
        </Box>
        <Divider sx={{ my: 1.5 }} />
        <Button
          fullWidth
          variant="outlined"
          onClick={() => {
            close();
            void logout();
          }}
        >
          {text('frame.leave')}
        </Button>
      </Popover>
    </>
  );
}

function Who() {
  const text = useText();
  const profile = useProfile();
  return (
    <>
      <Typography sx={{ fontWeight: 600 }}>{text('frame.signedInAs', { user: profile?.user ?? '' })}</Typography>
      <Typography variant="body2" color="text.secondary">
        {profile?.roles.map((role) => text(`frame.role.${role}`)).join(' · ')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
        {text('frame.member', { id: profile?.member ?? '' })}
      </Typography>
    </>
  );
}

function KindChoice({ onChosen }: { onChosen: () => void }) {
  const text = useText();
  const { kind, kinds, choose } = useKind();
  if (kinds.length < 2) return null;
  return (
    <ToggleButtonGroup
      exclusive
      fullWidth
      size="small"
      value={kind}
      aria-label={text('frame.actAs')}
      onChange={(_, next: MemberKind | null) => {
        if (next === null) return;
        choose(next);
        onChosen();
      }}
      sx={{ mt: 1.5 }}
    >
      {kinds.map((one) => (
        <ToggleButton key={one} value={one}>
          {text(`frame.kind.${one}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
