import { DateWithDays } from '../date/DateWithDays';
import { Held } from '../home/Held';
import { useText } from '../i18n';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { Holding } from './holding';

/** What the firm holds and when it is paid, earliest first. */
export function HoldingList() {
  const text = useText();
  const { kind } = useKind();
  return (
    <ListPage<Holding>
      resource="holdings"
      title={text(kind === 'BANK' ? 'frame.menu.portfolio' : 'frame.menu.holdings')}
      tabs={[
        { label: text('holding.states.free'), filter: { state: 'free' } },
        { label: text('holding.states.locked'), filter: { state: 'locked' } },
        { label: text('holding.all'), filter: {} },
      ]}
      to={({ id }) => `/holdings/${id}/show`}
      empty={<Empty title={text('holding.empty')} hint={text('holding.emptyHint')} />}
      columns={[
        { label: text('holding.certificate'), cell: ({ certificate }) => certificate.no },
        { label: text('holding.issuer'), cell: ({ certificate }) => <Party party={certificate.issuer} /> },
        { label: text('holding.amount'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
        {
          label: text('holding.dueDate'),
          cell: ({ certificate }) => (
            <DateWithDays date={certificate.rolledDueDate} pressing={certificate.phase !== 'settled'} />
          ),
        },
        { label: text('holding.state'), cell: ({ state }) => <StateChip group="holding.states" state={state} /> },
      ]}
    >
      <Held />
    </ListPage>
  );
}
