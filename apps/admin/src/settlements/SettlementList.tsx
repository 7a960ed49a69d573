import { useText } from '../i18n';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import { DuePayables } from './DuePayables';
import type { Settlement } from './settlement';

/** Payments of issuers on certificates, newest first; for an issuer above them what is to be paid next. */
export function SettlementList() {
  const text = useText();
  const { kind } = useKind();
  return (
    <ListPage<Settlement>
      resource="settlements"
      title={text(kind === 'BANK' ? 'frame.menu.collections' : 'frame.menu.settlements')}
      tabs={[
        { label: text('settlement.all'), filter: {} },
        { label: text('settlement.states.prepared'), filter: { state: 'prepared' } },
        { label: text('settlement.states.funded'), filter: { state: 'funded' } },
        { label: text('settlement.states.allocated'), filter: { state: 'allocated' } },
        { label: text('settlement.states.closed'), filter: { state: 'closed' } },
      ]}
      to={({ id }) => `/settlements/${id}/show`}
      empty={<Empty title={text('settlement.empty')} hint={text('settlement.emptyHint')} />}
      columns={[
        { label: text('settlement.certificate'), cell: ({ certificate }) => certificate.no },
        {
          label: text('settlement.payer'),
          cell: ({ certificate }) => <Party party={certificate.issuer} />,
          from: 'md',
        },
        { label: text('settlement.amount'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
        { label: text('settlement.dueDate'), cell: ({ certificate }) => certificate.dueDate, from: 'md' },
        { label: text('settlement.paidOn'), cell: ({ paidOn }) => paidOn ?? '–' },
        { label: text('settlement.state'), cell: ({ state }) => <StateChip group="settlement.states" state={state} /> },
      ]}
    >
      {kind === 'CORE' && <DuePayables />}
    </ListPage>
  );
}
