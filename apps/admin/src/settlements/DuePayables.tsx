import { addDays } from '@tallystick/domain';
import { useQuery } from '@tanstack/react-query';
import { getPage } from '../api/reads';
import type { CertificateShort } from '../certificates/certificate';
import { DateWithDays } from '../date/DateWithDays';
import { useText } from '../i18n';
import { useBusinessDate } from '../layout/network';
import { Panel } from '../layout/Panel';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';
import { StateChip } from '../state/StateChip';

const AHEAD_DAYS = 14;
const MOST = 100;
const DONE: readonly string[] = ['settled', 'paid', 'declined', 'withdrawn', 'lapsed', 'offered'];

/** What the firm has to pay within two weeks, and what it has not paid in time. */
export function DuePayables() {
  const text = useText();
  const today = useBusinessDate();
  const dueTo = today === undefined ? '' : addDays(today, AHEAD_DAYS);
  const { data, error } = useQuery({
    queryKey: ['certificates', 'getList', 'payable', dueTo],
    // Overdue ones come first by due date; what is settled is left out here.
    queryFn: async ({ signal }) => {
      const states = ['due', 'overdue', 'defaulted', 'active'];
      const pages = await Promise.all(
        states.map((state) =>
          getPage<CertificateShort>('/certificates', { role: 'issued', state, dueTo, limit: MOST }, signal),
        ),
      );
      const byId = new Map(pages.flatMap(({ items }) => items).map((each) => [each.id, each]));
      return [...byId.values()]
        .filter(({ phase }) => !DONE.includes(phase))
        .sort((one, other) => (one.dueDate < other.dueDate ? -1 : 1));
    },
    enabled: dueTo !== '',
  });
  return (
    <Panel title={text('settlement.payables')}>
      {error !== null && data === undefined ? (
        <ProblemAlert problem={error} />
      ) : (
        <Listing
          rows={data}
          label={text('settlement.payables')}
          empty={<Empty title={text('settlement.nothingDue')} />}
          to={({ id }) => `/certificates/${id}/show`}
          columns={[
            { label: text('certificate.no'), cell: ({ no }) => no },
            {
              label: text('certificate.creditor'),
              cell: ({ firstCreditor }) => <Party party={firstCreditor} />,
              from: 'md',
            },
            {
              label: text('certificate.outstanding'),
              cell: ({ outstanding }) => <Money value={outstanding} />,
              numeric: true,
            },
            {
              label: text('certificate.dueDate'),
              cell: ({ rolledDueDate }) => <DateWithDays date={rolledDueDate} pressing />,
            },
            {
              label: text('certificate.state'),
              cell: ({ phase }) => <StateChip group="certificate.phase" state={phase} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
