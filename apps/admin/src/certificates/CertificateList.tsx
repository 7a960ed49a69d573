import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { DateWithDays } from '../date/DateWithDays';
import { useText } from '../i18n';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { ListPage, type ListTab } from '../list/ListPage';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { CertificateShort } from './certificate';

/** Certificates that the firm issued, received, holds or pays; which comes first depends on what the firm is. */
export function CertificateList() {
  const text = useText();
  const { kind } = useKind();
  const tabs = useTabs();
  if (kind === undefined) return null;
  const issuing = kind === 'CORE';
  const issue = issuing && (
    <Button component={Link} to="/certificates/create" variant="contained">
      {text('certificate.issue.open')}
    </Button>
  );
  return (
    <ListPage<CertificateShort>
      key={kind}
      resource="certificates"
      title={text(
        issuing ? 'frame.menu.issued' : kind === 'SUPPLIER' ? 'frame.menu.received' : 'frame.menu.certificates',
      )}
      tabs={tabs}
      to={({ id }) => `/certificates/${id}/show`}
      action={issue}
      empty={
        <Empty
          title={text('certificate.list.empty')}
          hint={issuing ? text('certificate.list.emptyHint') : undefined}
          action={issue}
        />
      }
      columns={[
        { label: text('certificate.no'), cell: ({ no }) => no },
        issuing
          ? { label: text('certificate.creditor'), cell: ({ firstCreditor }) => <Party party={firstCreditor} /> }
          : { label: text('certificate.issuer'), cell: ({ issuer }) => <Party party={issuer} /> },
        { label: text('certificate.face'), cell: ({ face }) => <Money value={face} />, numeric: true },
        {
          label: text('certificate.outstanding'),
          cell: ({ outstanding }) => <Money value={outstanding} />,
          numeric: true,
          from: 'lg',
        },
        { label: text('certificate.issuedOn'), cell: ({ issuedOn }) => issuedOn, from: 'lg' },
        {
          label: text('certificate.dueDate'),
          cell: ({ dueDate, phase }) => <DateWithDays date={dueDate} pressing={isOpen(phase)} />,
        },
        {
          label: text('certificate.state'),
          cell: ({ phase }) => <StateChip group="certificate.phase" state={phase} />,
        },
      ]}
    />
  );
}

const isOpen = (phase: CertificateShort['phase']): boolean =>
  phase === 'due' || phase === 'overdue' || phase === 'partPaid' || phase === 'defaulted';

function useTabs(): ListTab[] {
  const text = useText();
  const { kind } = useKind();
  const tab = (label: Parameters<typeof text>[0], filter: Record<string, string>): ListTab => ({
    label: text(label),
    filter,
  });
  switch (kind) {
    case 'CORE':
      return [
        tab('certificate.phase.active', { role: 'issued', state: 'active' }),
        tab('certificate.phase.offered', { role: 'issued', state: 'offered' }),
        tab('certificate.phase.due', { role: 'issued', state: 'due' }),
        tab('certificate.phase.overdue', { role: 'issued', state: 'overdue' }),
        tab('certificate.phase.settled', { role: 'issued', state: 'settled' }),
        tab('certificate.list.all', { role: 'issued' }),
      ];
    case 'SUPPLIER':
      return [
        tab('certificate.phase.active', { role: 'received', state: 'active' }),
        tab('certificate.list.toAccept', { role: 'received', state: 'offered' }),
        tab('certificate.list.received', { role: 'received' }),
        tab('certificate.list.held', { role: 'held' }),
        tab('certificate.phase.overdue', { state: 'overdue' }),
      ];
    case 'BANK':
      return [
        tab('certificate.phase.active', { role: 'paid', state: 'active' }),
        tab('certificate.phase.overdue', { state: 'overdue' }),
        tab('certificate.list.held', { role: 'held' }),
        tab('certificate.list.paid', { role: 'paid' }),
      ];
    default:
      return [tab('certificate.list.all', {}), tab('certificate.phase.overdue', { state: 'overdue' })];
  }
}
