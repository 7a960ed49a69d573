import { DateWithDays } from '../date/DateWithDays';
import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { Transfer } from './transfer';

/** Offers made to the firm and by it, newest first. */
export function TransferList() {
  const text = useText();
  return (
    <ListPage<Transfer>
      resource="transfers"
      title={text('frame.menu.transfers')}
      tabs={[
        { label: text('transfer.all'), filter: {} },
        { label: text('transfer.toAccept'), filter: { direction: 'in', state: 'open' } },
        { label: text('transfer.in'), filter: { direction: 'in' } },
        { label: text('transfer.out'), filter: { direction: 'out' } },
      ]}
      to={({ id }) => `/transfers/${id}/show`}
      empty={<Empty title={text('transfer.empty')} hint={text('transfer.emptyHint')} />}
      columns={[
        {
          label: text('transfer.other'),
          cell: ({ direction, sender, receiver }) => <Party party={direction === 'in' ? sender : receiver} />,
        },
        { label: text('transfer.direction'), cell: ({ direction }) => text(`transfer.${direction}`) },
        { label: text('transfer.amount'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
        { label: text('transfer.certificate'), cell: ({ certificate }) => certificate?.no ?? '–', from: 'lg' },
        {
          label: text('transfer.until'),
          cell: ({ until, state }) => <DateWithDays date={until} pressing days={state === 'open'} />,
        },
        { label: text('transfer.state'), cell: ({ state }) => <StateChip group="transfer.states" state={state} /> },
      ]}
    />
  );
}
