import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useText } from '../i18n';
import { useNetwork } from '../layout/network';
import { Panel } from '../layout/Panel';

/** How the ledger and the network stand, for those who run it. */
export function Health() {
  const text = useText();
  const { data: network } = useNetwork();
  if (network === undefined) {
    return (
      <Panel title={text('home.health')}>
        <Skeleton variant="rounded" height={160} />
      </Panel>
    );
  }
  const { networkId, trial, ledger, height, lagBlocks: lag, businessDate, rulePack, organisations } = network;
  const facts: [string, string][] = [
    [text('home.networkName'), `${networkId} · ${text(trial ? 'home.trial' : 'home.production')}`],
    [text('frame.ledger.label'), text(`frame.ledger.${ledger}`, { height, lag })],
    [text('home.block'), height],
    [text('home.lag'), String(lag)],
    [text('frame.clock.label'), businessDate],
    [text('home.rules'), String(rulePack['id'])],
    [text('home.organisations'), organisations.map(({ name }) => name).join(' · ')],
  ];
  return (
    <Panel title={text('home.health')}>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: 'max-content 1fr' },
          columnGap: 3,
          rowGap: { xs: 0, sm: 0.75 },
        }}
      >
        {facts.map(([label, value]) => (
          <Box key={label} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {label}
            </Box>
            <Box component="dd" sx={{ m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: 'anywhere' }}>
              {value}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
