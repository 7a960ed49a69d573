import Card from '@mui/material/Card';
import { DateWithDays } from '../date/DateWithDays';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import type { Holding } from './holding';

/** What a command on a holding is about: how much of which certificate, paid by whom and when. */
export function HoldingHead({ holding: { certificate, amount } }: { holding: Holding }) {
  const text = useText();
  return (
    <Card sx={{ p: 2, mb: 2 }}>
      <FactList
        columns={2}
        facts={[
          { label: text('holding.certificate'), value: certificate.no },
          { label: text('holding.issuer'), value: <Party party={certificate.issuer} /> },
          { label: text('holding.available'), value: <Money value={amount} /> },
          { label: text('holding.paidOn'), value: <DateWithDays date={certificate.rolledDueDate} /> },
        ]}
      />
    </Card>
  );
}
