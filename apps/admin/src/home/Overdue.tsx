import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { useText } from '../i18n';
import { fenOf, moneyText } from '../money/money';
import { SummaryPanel } from './summary';

/** What the issuer owes; what is overdue should be nothing. */
export function Overdue() {
  const text = useText();
  return (
    <SummaryPanel title={text('home.owes')} part="owes" height={52}>
      {({ total, overdue, count }) =>
        fenOf(overdue) === 0n ? (
          <Alert severity="success">
            {text('home.owesWords', { amount: moneyText(total), smart_count: count })} {text('home.noneOverdue')}
          </Alert>
        ) : (
          <Alert
            severity="error"
            action={
              <Button
                color="inherit"
                component={Link}
                to={`/certificates?filter=${encodeURIComponent(JSON.stringify({ role: 'issued', state: 'overdue' }))}`}
              >
                {text('home.todo.open')}
              </Button>
            }
          >
            <Box component="strong">{text('home.overdueWords', { amount: moneyText(overdue) })}</Box>{' '}
            {text('home.owesWords', { amount: moneyText(total), smart_count: count })}
          </Alert>
        )
      }
    </SummaryPanel>
  );
}
