import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SyntheticEvent } from 'react';
import type { Profile } from '../api/types';
import { useText } from '../i18n';
import { ProblemAlert } from '../problem/ProblemAlert';
import { openKey, type HeldKey } from './signer';

/** Asks for the password where a signature is needed and the key is not open: after a reload, for instance. */
export function UnlockForm({ profile, onOpen }: { profile: Profile; onOpen: (key: HeldKey) => void }) {
  const text = useText();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (password === '') return;
    setBusy(true);
    setProblem(null);
    try {
      onOpen(await openKey(password, profile));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Box component="form" onSubmit={(event) => void submit(event)} sx={{ mt: 2, display: 'grid', gap: 1.5 }}>
      <Typography variant="h3" component="h3">
        {text('auth.unlock.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {text('auth.unlock.explain')}
      </Typography>
      <input type="text" autoComplete="username" value={profile.user} readOnly hidden />
      <TextField
        label={text('auth.password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={({ target }) => {
          setPassword(target.value);
        }}
      />
      {problem !== null && <ProblemAlert problem={problem} />}
      <Button type="submit" variant="contained" loading={busy} disabled={password === ''}>
        {text('auth.unlock.open')}
      </Button>
    </Box>
  );
}
