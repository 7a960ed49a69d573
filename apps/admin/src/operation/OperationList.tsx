import type { Operation } from '@tallystick/protocol';
import { minuteOf } from '../date/days';
import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';

/** Everything the firm has given as commands, newest first, with where it stands. */
export function OperationList() {
  const text = useText();
  return (
    <ListPage<Operation>
      resource="operations"
      title={text('operation.list.title')}
      to={({ id }) => `/operations/${id}/show`}
      tabs={[
        { label: text('operation.list.all'), filter: {} },
        { label: text('operation.state.toCheck'), filter: { state: 'toCheck' } },
        { label: text('operation.list.mine'), filter: { mine: true } },
        { label: text('operation.state.refused'), filter: { state: 'refused' } },
        { label: text('operation.state.expired'), filter: { state: 'expired' } },
      ]}
      empty={<Empty title={text('operation.list.empty')} hint={text('operation.list.emptyHint')} />}
      columns={[
        { label: text('operation.list.what'), cell: ({ kind }) => text(`operation.kind.${kind}`) },
        {
          label: text('operation.list.counterparty'),
          cell: ({ summary }) => <Party party={summary.counterparty} />,
          from: 'md',
          absent: ({ summary }) => summary.counterparty === undefined,
        },
        {
          label: text('operation.list.amount'),
          absent: ({ summary }) => summary.amount === undefined,
          cell: ({ summary }) => <Money value={summary.amount} />,
          numeric: true,
        },
        {
          label: text('operation.list.state'),
          cell: ({ state }) => <StateChip group="operation.state" state={state} />,
        },
        { label: text('operation.list.by'), cell: ({ createdBy }) => createdBy, from: 'lg' },
        { label: text('operation.list.at'), cell: ({ updatedAt }) => minuteOf(updatedAt), from: 'md' },
      ]}
    />
  );
}
