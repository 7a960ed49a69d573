import Search from '@mui/icons-material/Search';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { getMembers, getPage } from '../api/reads';
import type { Money, PartyRef } from '../api/types';
import { useText } from '../i18n';
import { moneyText } from '../money/money';
import { useMemberName } from '../party/name';
import { SEARCH_FIELD_ID } from './Shortcuts';

interface Hit {
  to: string;
  group: 'certificates' | 'members';
  name: string;
  more: string;
}

const MOST_PER_GROUP = 6;

/** Finds certificates and members by number, party or amount; `/` comes here. */
export function SearchBox() {
  const text = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [wide, setWide] = useState(false);
  const { hits, busy } = useHits(useDeferredValue(typed.trim()));
  return (
    <>
      <IconButton
        aria-label={text('frame.search.label')}
        onClick={() => {
          setWide(true);
          window.setTimeout(() => document.getElementById(SEARCH_FIELD_ID)?.focus());
        }}
        sx={{ display: { xs: wide ? 'none' : 'inline-flex', md: 'none' } }}
      >
        <Search />
      </IconButton>
      <Autocomplete<Hit, false, false, true>
        id={SEARCH_FIELD_ID}
        freeSolo
        options={hits}
        filterOptions={(all) => all}
        groupBy={({ group }) => text(`frame.search.${group}`)}
        getOptionLabel={(hit) => (typeof hit === 'string' ? hit : hit.name)}
        getOptionKey={(hit) => (typeof hit === 'string' ? hit : hit.to)}
        loading={busy}
        loadingText={text('frame.search.busy')}
        noOptionsText={text('frame.search.nothing')}
        inputValue={typed}
        value={null}
        onInputChange={(_, value, reason) => {
          setTyped(reason === 'selectOption' ? '' : value);
        }}
        onChange={(_, hit) => {
          if (hit !== null && typeof hit !== 'string') void navigate(hit.to);
        }}
        onBlur={() => {
          setWide(false);
        }}
        sx={{
          display: { xs: wide ? 'block' : 'none', md: 'block' },
          width: { xs: 'auto', md: 260 },
          ...(wide && {
            position: { xs: 'absolute', md: 'static' },
            inset: { xs: '6px 8px' },
            zIndex: 2,
            bgcolor: 'background.paper',
          }),
        }}
        renderInput={(params) => (
          <TextField
            {...params}
            margin="none"
            placeholder={text('frame.search.placeholder')}
            slotProps={{
              htmlInput: { ...params.inputProps, 'aria-label': text('frame.search.label') },
              input: {
                ...params.InputProps,
                startAdornment: (
                  <InputAdornment position="start">
                    <Search fontSize="small" />
                  </InputAdornment>
                ),
              },
            }}
          />
        )}
        renderOption={({ key, ...props }, { name, more }) => (
          <Box
            component="li"
            key={key}
            {...props}
            sx={{ flexDirection: 'column', alignItems: 'flex-start !important' }}
          >
            <span>{name}</span>
            <Typography variant="caption" color="text.secondary">
              {more}
            </Typography>
          </Box>
        )}
      />
    </>
  );
}

interface FoundCertificate {
  id: string;
  no: string;
  issuer: PartyRef;
  face?: Money;
  dueDate: string;
}

function useHits(q: string): { hits: Hit[]; busy: boolean } {
  const nameOf = useMemberName();
  const enabled = q.length >= 2;
  const certificates = useQuery({
    queryKey: ['certificates', 'search', q],
    queryFn: ({ signal }) => getPage<FoundCertificate>('/certificates', { q, limit: MOST_PER_GROUP }, signal),
    enabled,
  });
  const members = useQuery({
    queryKey: ['members', 'search', q],
    queryFn: ({ signal }) => getMembers({ q, limit: MOST_PER_GROUP }, signal),
    enabled,
  });
  if (!enabled) return { hits: [], busy: false };
  return {
    busy: certificates.isLoading || members.isLoading,
    hits: [
      ...(certificates.data?.items ?? []).map(({ id, no, issuer, face, dueDate }): Hit => ({
        to: `/certificates/${id}/show`,
        group: 'certificates',
        name: no,
        more: [nameOf(issuer), face === undefined ? '' : moneyText(face), dueDate].filter(Boolean).join(' · '),
      })),
      ...(members.data?.items ?? []).map((member): Hit => ({
        to: `/members/${member.id}/show`,
        group: 'members',
        name: nameOf(member),
        more: member.id,
      })),
    ],
  };
}
