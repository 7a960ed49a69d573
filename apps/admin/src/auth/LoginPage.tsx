import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState, type SyntheticEvent } from 'react';
import { Notification, useLogin } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useText } from '../i18n';
import { LanguageSwitch, ThemeSwitch } from '../layout/switches';
import { ProblemAlert } from '../problem/ProblemAlert';

/** User and password; both derivations of the password happen here, the password goes nowhere. */
export function LoginPage() {
  const text = useText();
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        bgcolor: 'background.default',
        display: 'grid',
        placeItems: 'center',
        p: 2,
        position: 'relative',
      }}
    >
      <Box sx={{ position: 'absolute', top: 12, right: 12 }}>
        <LanguageSwitch />
        <ThemeSwitch />
      </Box>
      <Box sx={{ width: '100%', maxWidth: 380 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2.5 }}>
          <img src="/tally.svg" width="44" height="44" alt="" />
          <div>
            <Typography variant="h1">{text('frame.product')}</Typography>
            <Typography color="text.secondary">{text('frame.tagline')}</Typography>
          </div>
        </Box>
        <Card sx={{ p: 3 }}>
          <LoginForm />
        </Card>
        <Typography variant="body2" color="text.secondary" sx={{ mt: 2 }}>
          {text('auth.note')}
        </Typography>
        <Typography variant="body2" sx={{ mt: 1 }}>
          <Link component={RouterLink} to="/apply">
            {text('auth.apply')}
          </Link>
        </Typography>
      </Box>
      <Notification />
    </Box>
  );
}

function LoginForm() {
  const text = useText();
  const login = useLogin();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (user.trim() === '' || password === '' || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await login({ username: user.trim(), password });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const missing = (value: string, words: string) => (tried && value === '' ? { error: true, helperText: words } : {});
  return (
    <Box
      component="form"
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-busy={busy}
      sx={{ display: 'grid', gap: 2 }}
    >
      <TextField
        id={`${id}-user`}
        label={text('auth.user')}
        value={user}
        onChange={({ target }) => {
          setUser(target.value);
        }}
        autoComplete="username"
        autoFocus
        fullWidth
        required
        slotProps={{ htmlInput: { maxLength: 64, autoCapitalize: 'none', spellCheck: false } }}
        {...missing(user.trim(), text('auth.needUser'))}
      />
      <TextField
        id={`${id}-password`}
        label={text('auth.password')}
        type="password"
        value={password}
        onChange={({ target }) => {
          setPassword(target.value);
        }}
        autoComplete="current-password"
        fullWidth
        required
        {...missing(password, text('auth.needPassword'))}
      />
      {problem !== null && <ProblemAlert problem={problem} />}
      <Button type="submit" variant="contained" size="large" loading={busy} loadingPosition="start" fullWidth>
        {busy ? text('auth.busy') : text('auth.enter')}
      </Button>
    </Box>
  );
}
