import { useText } from '../i18n';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { StateChip } from '../state/StateChip';
import type { Payment } from './payment';

/** Payments, one a row. */
export function PaymentListing({ payments }: { payments: readonly Payment[] | undefined }) {
  const text = useText();
  return (
    <Listing
      rows={payments}
      label={text('frame.menu.payments')}
      empty={<Empty title={text('payment.empty')} hint={text('payment.emptyHint')} />}
      to={({ certificate }) => `/certificates/${certificate.id}/show`}
      columns={[
        { label: text('payment.certificate'), cell: ({ certificate }) => certificate.no },
        { label: text('payment.payer'), cell: ({ certificate }) => <Party party={certificate.issuer} />, from: 'md' },
        { label: text('payment.principal'), cell: ({ principal }) => <Money value={principal} />, numeric: true },
        { label: text('payment.interest'), cell: ({ interest }) => <Money value={interest} />, numeric: true },
        { label: text('payment.paidOn'), cell: ({ paidOn }) => paidOn ?? '–' },
        { label: text('payment.state'), cell: ({ state }) => <StateChip group="payment.states" state={state} /> },
        { label: text('payment.reference'), cell: ({ reference }) => reference ?? '–', from: 'lg' },
      ]}
    />
  );
}
