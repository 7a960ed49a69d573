import Alert from '@mui/material/Alert';
import { useText } from '../i18n';
import { useReachability } from '../live/reachability';
import { useNetwork } from './network';

/** Says what still works while the gateway, the ledger or the stream of events is away. */
export function AwayBanner() {
  const text = useText();
  const { reached, live } = useReachability();
  const ledger = useNetwork().data?.ledger;
  const away = !reached ? 'gateway' : ledger === 'red' ? 'ledger' : !live ? 'events' : null;
  return (
    <div role="status">
      {away !== null && (
        <Alert severity={away === 'events' ? 'info' : 'warning'} sx={{ mb: 2 }}>
          {text(`frame.away.${away}`)}
        </Alert>
      )}
    </div>
  );
}
