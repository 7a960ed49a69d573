import Box from '@mui/material/Box';
import { displayAmount } from '@tallystick/domain';
import { useText } from '../i18n';
import { Panel } from '../layout/Panel';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { fenOf } from '../money/money';
import { Party } from '../party/Party';
import { useMemberName } from '../party/name';
import { Strip } from '../strip/Strip';
import type { Certificate, StripPart } from './certificate';

/** Who holds what of a certificate, as a strip and as a table with the same content. */
export function Holders({ certificate: { strip, face, phase } }: { certificate: Certificate }) {
  const text = useText();
  const nameOf = useMemberName();
  // Before its acceptance nobody holds anything.
  if (phase === 'offered' || phase === 'lapsed' || phase === 'declined' || phase === 'withdrawn') return null;
  const holder = ({ owner, state }: StripPart) =>
    owner === undefined ? text(state === 'hatched' ? 'strip.state.hatched' : 'frame.unknownParty') : nameOf(owner);
  return (
    <Panel title={text('certificate.holders')}>
      <Strip
        label={text('certificate.holders')}
        faceFen={face === undefined ? undefined : fenOf(face)}
        parts={strip.map((part, index) => ({
          key: part.holdingId ?? `unseen-${String(index)}`,
          state: part.state,
          fen: part.amount === undefined ? undefined : fenOf(part.amount),
          label: holder(part),
        }))}
      />
      <Box sx={{ mt: 2 }}>
        <Listing
          rows={strip.filter(({ holdingId }) => holdingId !== null)}
          label={text('certificate.holders')}
          empty={null}
          keyOf={({ holdingId }) => holdingId ?? ''}
          columns={[
            { label: text('certificate.holder'), cell: ({ owner }) => <Party party={owner} /> },
            { label: text('certificate.part'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
            {
              label: text('certificate.positions'),
              cell: ({ from, to }) => (from === null || to === null ? '–' : `${position(from)} – ${position(to)}`),
              numeric: true,
              from: 'md',
            },
            { label: text('certificate.state'), cell: ({ state }) => text(`strip.state.${state}`) },
          ]}
        />
      </Box>
    </Panel>
  );
}

/** A position is a cent of the face, written as the amount up to it. */
const position = (cent: string): string => displayAmount(BigInt(cent));
