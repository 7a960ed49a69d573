import Add from '@mui/icons-material/Add';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { applicationOf, type JoiningTerms } from '@tallystick/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../api/client';
import { localProblem } from '../api/problem';
import { useText, type Text } from '../i18n';
import { TextLink } from '../layout/TextLink';
import { LanguageSwitch, ThemeSwitch } from '../layout/switches';
import { fieldsOf } from '../operation/useCommand';
import { ProblemAlert } from '../problem/ProblemAlert';
import { complaintsOf, type FirmDraft, type PersonRole } from './person-draft';
import { PersonCard } from './PersonCard';

type Terms = Omit<JoiningTerms, 'hosts'> & { hosts: (JoiningTerms['hosts'][number] & { name: string })[] };
const KINDS = ['CORE', 'SUPPLIER', 'BANK', 'REGULATOR'] as const;

const newPerson = (roles: PersonRole[]) => ({
  key: crypto.randomUUID(),
  displayName: '',
  user: '',
  password: '',
  roles,
});

/** A firm asks to become a member: who it is and who acts for it. Every key is made here and signs the application here. */
export function ApplyPage() {
  const text = useText();
  const { data: terms, error } = useQuery({
    queryKey: ['applications', 'terms'],
    queryFn: ({ signal }) => get<Terms>('/applications/terms', {}, signal),
  });
  const [sent, setSent] = useState<string | null>(null);
  return (
    <Box component="main" sx={{ minHeight: '100vh', bgcolor: 'background.default', p: { xs: 1.5, sm: 3 } }}>
      <Box sx={{ maxWidth: 860, mx: 'auto' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2 }}>
          <img src="/tally.svg" width="40" height="40" alt="" />
          <Typography variant="h1" sx={{ flexGrow: 1 }}>
            {text('application.title')}
          </Typography>
          <LanguageSwitch />
          <ThemeSwitch />
        </Box>
        {sent !== null ? (
          <Alert severity="success">
            <p>{text('application.sent', { id: sent })}</p>
            <TextLink to="/login">{text('auth.title')}</TextLink>
          </Alert>
        ) : terms !== undefined ? (
          <Form terms={terms} onSent={setSent} />
        ) : (
          error !== null && <ProblemAlert problem={error} />
        )}
      </Box>
    </Box>
  );
}

function Form({ terms, onSent }: { terms: Terms; onSent: (id: string) => void }) {
  const text = useText();
  const [firm, setFirm] = useState<FirmDraft>(() => ({
    id: '',
    name: '',
    nameEn: '',
    kind: 'SUPPLIER',
    host: terms.hosts[0]?.msp ?? '',
    people: [newPerson(['maker', 'admin']), newPerson(['checker'])],
  }));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const complaints = complaintsOf(firm);
  const fields = fieldsOf(problem);
  const complaint = (path: string): string | undefined => {
    const mine = tried ? complaints[path] : undefined;
    return mine === undefined ? fields[path] : text(`application.need.${mine}`);
  };
  const send = async () => {
    setTried(true);
    if (Object.keys(complaints).length > 0 || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      if (!window.isSecureContext) throw localProblem('CRYPTO_MISSING');
      onSent((await post<{ id: string }>('/applications', await made(firm, terms))).id);
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  const field = (name: 'id' | 'name' | 'nameEn', label: Text, most: number) => (
    <TextField
      label={text(label)}
      value={firm[name]}
      onChange={({ target }) => {
        setFirm({ ...firm, [name]: name === 'id' ? target.value.toUpperCase() : target.value });
      }}
      required
      error={complaint(`subject.${name}`) !== undefined}
      helperText={complaint(`subject.${name}`)}
      slotProps={{ htmlInput: { maxLength: most } }}
    />
  );
  return (
    <Box
      component="form"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      <Typography color="text.secondary">{text('application.explain')}</Typography>
      <Card
        component="section"
        role="group"
        aria-label={text('application.firm')}
        sx={{ p: 2, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}
      >
        {field('name', 'member.name', 100)}
        {field('nameEn', 'member.nameEn', 100)}
        {field('id', 'member.id', 18)}
        <TextField
          select
          label={text('member.kinds')}
          value={firm.kind}
          onChange={({ target }) => {
            setFirm({ ...firm, kind: KINDS.find((kind) => kind === target.value) ?? 'SUPPLIER' });
          }}
        >
          {KINDS.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {text(`frame.kind.${kind}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={text('member.host')}
          value={firm.host}
          onChange={({ target }) => {
            setFirm({ ...firm, host: target.value });
          }}
          helperText={complaint('subject.host') ?? text('application.hostHint')}
          error={complaint('subject.host') !== undefined}
        >
          {terms.hosts.map(({ msp, name }) => (
            <MenuItem key={msp} value={msp}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      </Card>
      <Typography variant="h2">{text('application.people')}</Typography>
      {firm.people.map((person, index) => (
        <PersonCard
          key={person.key}
          number={index + 1}
          person={person}
          bank={firm.kind === 'BANK'}
          onChange={(changed) => {
            setFirm({ ...firm, people: firm.people.map((one, at) => (at === index ? { ...one, ...changed } : one)) });
          }}
          onRemove={
            firm.people.length <= 2
              ? undefined
              : () => {
                  setFirm({ ...firm, people: firm.people.filter(({ key }) => key !== person.key) });
                }
          }
          complaint={(name) => complaint(`users.${String(index)}.${name}`)}
        />
      ))}
      {complaint('users') !== undefined && <Alert severity="error">{complaint('users')}</Alert>}
      {problem !== null && <ProblemAlert problem={problem} />}
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, flexWrap: 'wrap' }}>
        <Button
          startIcon={<Add />}
          disabled={firm.people.length >= 20}
          onClick={() => {
            setFirm({ ...firm, people: [...firm.people, newPerson(['viewer'])] });
          }}
        >
          {text('application.addPerson')}
        </Button>
        <Button type="submit" variant="contained" loading={busy}>
          {text('application.send')}
        </Button>
      </Box>
    </Box>
  );
}

/** Makes the keys and signs; a new firm always needs two signatures until it sets a limit. */
function made({ id, name, nameEn, kind, host, people }: FirmDraft, terms: Terms) {
  const firm = { id: id.trim(), name: name.trim(), nameEn: nameEn.trim(), kinds: [kind], group: null, host };
  return applicationOf(
    {
      ...firm,
      // A core enterprise or bank runs its organisation, whose services act for it; others are guests there.
      ownHost: kind === 'CORE' || kind === 'BANK',
      soloLimitFen: '0',
      people: people.map(({ user, password, displayName, roles }) => ({
        user,
        password,
        displayName: displayName.trim(),
        roles: [...roles],
      })),
    },
    terms,
  );
}
