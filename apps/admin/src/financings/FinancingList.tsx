import { DateWithDays } from '../date/DateWithDays';
import { useText } from '../i18n';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { ListPage } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import { deadlineOf, type Financing } from './financing';

/** Applications for cash: the firm's own, or those a bank was invited to; newest first. */
export function FinancingList() {
  const text = useText();
  const { kind } = useKind();
  const asBank = kind === 'BANK';
  return (
    <ListPage<Financing>
      resource="financings"
      title={text(asBank ? 'frame.menu.applications' : 'frame.menu.financings')}
      tabs={[
        { label: text('financing.all'), filter: {} },
        { label: text('financing.tabs.open'), filter: { state: 'open' } },
        { label: text('financing.tabs.agreed'), filter: { state: 'agreed' } },
        { label: text('financing.tabs.funded'), filter: { state: 'funded' } },
        { label: text('financing.tabs.ended'), filter: { state: 'ended' } },
      ]}
      to={({ id }) => `/financings/${id}/show`}
      empty={
        <Empty
          title={text('financing.empty')}
          hint={text(asBank ? 'financing.emptyBank' : 'financing.emptyApplicant')}
        />
      }
      columns={[
        asBank
          ? { label: text('financing.applicant'), cell: ({ applicant }) => <Party party={applicant} /> }
          : { label: text('financing.certificate'), cell: ({ certificate }) => certificate?.no ?? '–' },
        {
          label: text('financing.issuer'),
          cell: ({ certificate }) => <Party party={certificate?.issuer} />,
          from: 'md',
        },
        { label: text('financing.amount'), cell: ({ amount }) => <Money value={amount} />, numeric: true },
        {
          label: text('financing.due'),
          cell: ({ certificate }) => certificate?.rolledDueDate ?? '–',
          from: 'lg',
        },
        {
          label: text('financing.deadline'),
          cell: (financing) => {
            const until = deadlineOf(financing);
            return until === null ? '–' : <DateWithDays date={until} pressing />;
          },
        },
        { label: text('financing.stage'), cell: ({ stage }) => <StateChip group="financing.stages" state={stage} /> },
      ]}
    />
  );
}
