import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { fenOf } from '../money/money';
import { Party } from '../party/Party';
import { SummaryPanel } from './summary';

/** What each issuer owes, largest first, beside its limit. */
export function Exposure() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.exposure')} part="exposure" height={180}>
      {(rows) => (
        <Listing
          rows={[...(rows ?? [])].sort((one, other) => (fenOf(one.amount) > fenOf(other.amount) ? -1 : 1))}
          label={text('home.exposure')}
          empty={<Empty title={text('home.noExposure')} />}
          keyOf={({ issuer }) => issuer.id}
          columns={[
            { label: text('home.issuer'), cell: ({ issuer }) => <Party party={issuer} /> },
            { label: text('home.exposed'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
            { label: text('home.limit'), cell: ({ limit }) => <Money value={limit} />, numeric: true },
          ]}
        />
      )}
    </SummaryPanel>
  );
}
