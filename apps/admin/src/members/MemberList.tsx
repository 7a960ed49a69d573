import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { useDeferredValue, useState } from 'react';
import type { Member } from '../api/types';
import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { fenOf } from '../money/money';
import { useMemberName } from '../party/name';
import { StateChip } from '../state/StateChip';

/** The directory: every firm of the network. */
export function MemberList() {
  const text = useText();
  const nameOf = useMemberName();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  return (
    <ListPage<Member>
      resource="members"
      title={text('frame.menu.members')}
      filter={q === '' ? {} : { q }}
      to={({ id }) => `/members/${id}/show`}
      empty={<Empty title={text('member.empty')} />}
      columns={[
        { label: text('member.name'), cell: (member) => nameOf(member) },
        { label: text('member.id'), cell: ({ id }) => id, from: 'md' },
        { label: text('member.kinds'), cell: ({ kinds }) => <Kinds kinds={kinds} /> },
        {
          label: text('member.soloLimit'),
          // Nothing means that two people always sign.
          cell: ({ soloLimit }) => (fenOf(soloLimit) === 0n ? text('member.alwaysTwo') : <Money value={soloLimit} />),
          numeric: true,
          from: 'lg',
        },
        { label: text('member.status'), cell: ({ status }) => <StateChip group="member.statuses" state={status} /> },
      ]}
    >
      <TextField
        label={text('member.search')}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
        type="search"
        sx={{ mb: 2, width: { xs: '100%', sm: 320 } }}
        slotProps={{ htmlInput: { maxLength: 60 } }}
      />
    </ListPage>
  );
}

export function Kinds({ kinds }: { kinds: Member['kinds'] }) {
  const text = useText();
  return kinds.map((kind) => (
    <Chip key={kind} size="small" label={text(`frame.kind.${kind}`)} sx={{ mr: 0.5, borderRadius: 1 }} />
  ));
}
