import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { Listing, type Column } from '../list/Listing';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { Payment } from './payment';

interface Props {
  payments: readonly Payment[] | undefined;
  /** All of them the reader's own: who paid goes without saying, and the bank's reference stands with each payee. */
  ours?: boolean;
}

/** Payments, one a row. */
export function PaymentListing({ payments, ours = false }: Props) {
  const text = useText();
  const payer: Column<Payment> = {
    label: text('payment.payer'),
    cell: ({ certificate }) => <Party party={certificate.issuer} />,
    from: 'md',
  };
  const reference: Column<Payment> = {
    label: text('payment.reference'),
    cell: (payment) => payment.reference ?? '–',
    from: 'lg',
  };
  return (
    <Listing
      rows={payments}
      label={text('frame.menu.payments')}
      empty={<Empty title={text('payment.empty')} hint={text('payment.emptyHint')} />}
      to={({ certificate }) => `/certificates/${certificate.id}/show`}
      columns={[
        { label: text('payment.certificate'), cell: ({ certificate }) => certificate.no },
        ...(ours ? [] : [payer]),
        { label: text('payment.principal'), cell: ({ principal }) => <Money value={principal} />, numeric: true },
        { label: text('payment.interest'), cell: ({ interest }) => <Money value={interest} />, numeric: true },
        { label: text('payment.paidOn'), cell: ({ paidOn }) => paidOn ?? '–' },
        { label: text('payment.state'), cell: ({ state }) => <StateChip group="payment.states" state={state} /> },
        ...(ours ? [] : [reference]),
      ]}
    />
  );
}
