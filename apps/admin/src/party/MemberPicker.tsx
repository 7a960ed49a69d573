import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { getMembers } from '../api/reads';
import type { Member, MemberKind } from '../api/types';
import { useText } from '../i18n';
import { useMemberName } from './name';
import { useParty } from './useParty';

interface Props {
  label: string;
  /** Id of the chosen member; empty for none. */
  value: string;
  onChange: (id: string) => void;
  kind?: MemberKind;
  /** Members that may not be chosen, such as oneself. */
  without?: readonly string[];
  problem?: string | undefined;
  required?: boolean;
}

const SHOWN = 20;

/** Chooses a member by name or number from the directory. */
export function MemberPicker({ label, value, onChange, kind, without = [], problem, required = false }: Props) {
  const text = useText();
  const nameOf = useMemberName();
  const [typed, setTyped] = useState('');
  const chosen = useParty(value);
  const q = useDeferredValue(typed.trim());
  const asked = chosen !== undefined && q === nameOf(chosen) ? '' : q;
  const { data, isFetching } = useQuery({
    queryKey: ['members', 'pick', asked, kind],
    queryFn: ({ signal }) => getMembers({ q: asked, limit: SHOWN, ...(kind !== undefined && { kind }) }, signal),
    placeholderData: (before) => before,
  });
  const options = (data?.items ?? []).filter(({ id, status }) => !without.includes(id) && status === 'active');
  return (
    <Autocomplete<Member>
      options={options}
      value={value === '' ? null : (chosen ?? null)}
      onChange={(_, member) => {
        onChange(member?.id ?? '');
      }}
      inputValue={typed}
      onInputChange={(_, next) => {
        setTyped(next);
      }}
      filterOptions={(all) => all}
      getOptionLabel={nameOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      loading={isFetching}
      loadingText={text('frame.search.busy')}
      noOptionsText={text('frame.search.nothing')}
      renderInput={(params) => (
        <TextField {...params} label={label} required={required} error={problem !== undefined} helperText={problem} />
      )}
      renderOption={({ key, ...props }, member) => (
        <Box component="li" key={key} {...props} sx={{ flexDirection: 'column', alignItems: 'flex-start !important' }}>
          <span>{nameOf(member)}</span>
          <Typography variant="caption" color="text.secondary">
            {member.id} · {member.kinds.map((one) => text(`frame.kind.${one}`)).join(', ')}
          </Typography>
        </Box>
      )}
    />
  );
}

/** {@link MemberPicker} for several, such as the banks that are asked. */
export function MembersPicker({
  value,
  onChange,
  ...rest
}: Omit<Props, 'value' | 'onChange'> & { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { label, kind, without = [], problem } = rest;
  const text = useText();
  const nameOf = useMemberName();
  const { data } = useQuery({
    queryKey: ['members', 'pick', '', kind],
    queryFn: ({ signal }) => getMembers({ limit: 100, ...(kind !== undefined && { kind }) }, signal),
  });
  const options = (data?.items ?? []).filter(({ id, status }) => !without.includes(id) && status === 'active');
  return (
    <Autocomplete<Member, true>
      multiple
      disableCloseOnSelect
      options={options}
      value={options.filter(({ id }) => value.includes(id))}
      onChange={(_, members) => {
        onChange(members.map(({ id }) => id));
      }}
      getOptionLabel={nameOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      noOptionsText={text('frame.search.nothing')}
      renderInput={(params) => (
        <TextField {...params} label={label} error={problem !== undefined} helperText={problem} />
      )}
    />
  );
}
