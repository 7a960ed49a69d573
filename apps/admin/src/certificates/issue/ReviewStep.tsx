import Box from '@mui/material/Box';
import type { PartyRef } from '../../api/types';
import { useOwnMember } from '../../auth/session';
import { DateWithDays } from '../../date/DateWithDays';
import { FactList } from '../../fact/FactList';
import { useText } from '../../i18n';
import { Listing } from '../../list/Listing';
import { Money } from '../../money/Money';
import { readTypedAmount } from '../../money/typed-amount';
import { Party } from '../../party/Party';
import { useParty } from '../../party/useParty';
import { Instrument } from '../Instrument';
import { faceFen, type IssueDraft } from './draft';

const fenIn = (typed: string): bigint | undefined => {
  const read = readTypedAmount(typed);
  return read.ok ? read.fen : undefined;
};

/** Third step: the certificate as it will look, and the trade it stands on. */
export function ReviewStep({ draft, today, bank }: { draft: IssueDraft; today: string; bank: PartyRef | undefined }) {
  const text = useText();
  const { invoices, contractNo, note } = draft;
  return (
    <>
      <Instrument
        faceFen={faceFen(draft)}
        issuer={useOwnMember()}
        creditor={useParty(draft.creditor)}
        issuedOn={today}
        dueDate={<DateWithDays date={draft.dueDate} />}
      />
      <FactList
        columns={2}
        facts={[
          { label: text('certificate.contractNo'), value: contractNo },
          { label: text('certificate.issue.line'), value: <Party party={bank} /> },
          note === '' ? null : { label: text('certificate.note'), value: note },
        ]}
      />
      <Box sx={{ mt: 2 }}>
        <Listing
          rows={invoices}
          label={text('certificate.invoices')}
          empty={null}
          keyOf={({ key }) => key}
          columns={[
            { label: text('certificate.invoice.number'), cell: ({ number }) => number },
            { label: text('certificate.invoice.date'), cell: ({ date }) => date },
            { label: text('certificate.invoice.deliveredOn'), cell: ({ deliveredOn }) => deliveredOn },
            {
              label: text('certificate.invoice.grossAmount'),
              cell: ({ grossAmount }) => <Money value={fenIn(grossAmount)} />,
              numeric: true,
            },
            {
              label: text('certificate.invoice.amount'),
              cell: ({ amount }) => <Money value={fenIn(amount)} />,
              numeric: true,
            },
          ]}
        />
      </Box>
    </>
  );
}
