import Box from '@mui/material/Box';
import type { PartyRef } from '../api/types';
import { ShortId } from '../id/ShortId';
import { useMemberName } from './name';
import { useParty } from './useParty';

/** A firm: its name in the reader's language, on request with its number below. */
export function Party({ party, withId = false }: { party: PartyRef | null | undefined; withId?: boolean }) {
  const nameOf = useMemberName();
  if (party === null || party === undefined) return <span>–</span>;
  return (
    <Box component="span" sx={{ display: 'inline-block', minWidth: 0 }}>
      <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
        {nameOf(party)}
      </Box>
      {withId && (
        <Box component="span" sx={{ display: 'block', fontSize: '0.85em', color: 'text.secondary' }}>
          <ShortId id={party.id} />
        </Box>
      )}
    </Box>
  );
}

/** {@link Party} of whom only the number is known; shows the number until the directory answers. */
export function PartyById({ id, withId = false }: { id: string; withId?: boolean }) {
  const member = useParty(id);
  return member === undefined ? <ShortId id={id} /> : <Party party={member} withId={withId} />;
}
