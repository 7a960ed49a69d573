import Alert from '@mui/material/Alert';
import { useText } from '../i18n';
import { Money } from '../money/Money';
import { SummaryPanel } from './summary';

/** What is overdue; it should be empty. */
export function Overdue() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.overdue')} part="overdue" height={52}>
      {(overdue) =>
        overdue === undefined || overdue.count === 0 ? (
          <Alert severity="success">{text('home.noneOverdue')}</Alert>
        ) : (
          <Alert severity="error">
            {text('home.overdueCount', { smart_count: overdue.count })} · <Money value={overdue.amount} align="left" />
          </Alert>
        )
      }
    </SummaryPanel>
  );
}
