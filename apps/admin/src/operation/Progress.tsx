import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import HourglassTop from '@mui/icons-material/HourglassTop';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Operation } from '@tallystick/protocol';
import { minuteOf } from '../date/days';
import { ShortId } from '../id/ShortId';
import { useText } from '../i18n';
import { progressOf, type Station } from './progress-of';

const MARKS = {
  done: <CheckCircle color="success" />,
  now: <HourglassTop color="info" />,
  ahead: <RadioButtonUnchecked color="disabled" />,
  failed: <ErrorOutline color="error" />,
};

/** Where an operation stands, told as it moves: signed, waiting for check, sent, recorded in block N, or refused and why. */
export function Progress({ operation }: { operation: Operation }) {
  const text = useText();
  const { stations, refusal } = progressOf(operation);
  return (
    <Box role="status" aria-live="polite">
      <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0, display: 'grid', gap: 1 }}>
        {stations.map((station) => (
          <Box component="li" key={station.name} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
            {MARKS[station.mark]}
            <Box sx={{ minWidth: 0 }}>
              <Typography
                sx={{
                  color: station.mark === 'ahead' ? 'text.secondary' : 'text.primary',
                  fontWeight: station.mark === 'now' ? 600 : 400,
                }}
              >
                <StationText station={station} />
              </Typography>
              {station.outcome !== undefined && (
                <Typography variant="body2" color="text.secondary" component="div">
                  {minuteOf(station.outcome.at)} · {text('operation.transaction')} <ShortId id={station.outcome.txId} />
                </Typography>
              )}
            </Box>
          </Box>
        ))}
      </Box>
      {refusal !== null && (
        <Typography color="error" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {refusal.detail ?? text('operation.refusedUnknown')}
          {refusal.rule !== undefined && ` (${text('problem.rule', { rule: refusal.rule })})`}
        </Typography>
      )}
    </Box>
  );
}

function StationText({ station }: { station: Station }) {
  const text = useText();
  switch (station.name) {
    case 'signed':
      return text('operation.station.signed', {
        roles: station.roles.map((role) => text(`frame.role.${role}`)).join(', ') || '–',
      });
    case 'check':
      return text('operation.station.check', {
        roles: station.roles.map((role) => text(`frame.role.${role}`)).join(', '),
      });
    case 'recorded':
      return station.outcome === undefined
        ? text('operation.station.recorded')
        : text('operation.station.recordedIn', { block: station.outcome.block });
    default:
      return text(`operation.station.${station.name}`);
  }
}
