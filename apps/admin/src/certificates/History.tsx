import VerifiedUser from '@mui/icons-material/VerifiedUserOutlined';
import Warning from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { minuteOf } from '../date/days';
import { useText } from '../i18n';
import { ShortId } from '../id/ShortId';
import { Panel } from '../layout/Panel';
import type { Certificate } from './certificate';

/** What happened to a certificate, the latest first: who, with which keys, in which block; above it what was checked. */
export function History({ certificate: { history, verified, counterfeit } }: { certificate: Certificate }) {
  const text = useText();
  return (
    <Panel title={text('certificate.history')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5, mb: 2 }}>
        <Checked
          good={verified.believed}
          words={text(verified.believed ? 'certificate.verified.believed' : 'certificate.verified.doubted')}
        />
        {verified.opening && <Checked good words={text('certificate.verified.opening')} />}
        {verified.instruction && <Checked good words={text('certificate.verified.instruction')} />}
      </Box>
      {counterfeit !== null && (
        <Typography color="error">{text('certificate.counterfeit', { why: counterfeit })}</Typography>
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...history].reverse().map(({ txId, at, recordedAt, block, words, keyIds }) => (
          <Box
            component="li"
            key={`${txId}/${words}`}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '9.5em minmax(0, 1fr)' },
              columnGap: 2,
              py: 1,
              borderTop: 1,
              borderColor: 'divider',
            }}
          >
            <Typography
              component="time"
              title={text('certificate.recordedAt', { at: minuteOf(recordedAt) })}
              variant="body2"
              color="text.secondary"
              sx={{ lineHeight: '1.5rem' }}
            >
              {minuteOf(at)}
            </Typography>
            <Box sx={{ minWidth: 0 }}>
              <Box>{words}</Box>
              <Typography variant="body2" color="text.secondary" component="div">
                {text('frame.ledger.block', { height: block })} · <ShortId id={txId} />
                {keyIds.length > 0 && ` · ${text('certificate.signedWith', { smart_count: keyIds.length })}`}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

function Checked({ good, words }: { good: boolean; words: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center' }}>
      {good ? <VerifiedUser color="success" fontSize="small" /> : <Warning color="warning" fontSize="small" />}
      <Typography component="span" variant="body2" color={good ? 'text.primary' : 'warning'}>
        {words}
      </Typography>
    </Box>
  );
}
