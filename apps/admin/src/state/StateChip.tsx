import Chip, { type ChipProps } from '@mui/material/Chip';
import { useTextOr } from '../i18n';

type Tone = NonNullable<ChipProps['color']>;

/** What a state means to its reader, whatever noun it belongs to. */
const TONES: Readonly<Record<string, Tone>> = {
  // something has to be done
  toSign: 'warning',
  toCheck: 'warning',
  offered: 'warning',
  open: 'info',
  due: 'warning',
  agreed: 'info',
  approved: 'info',
  ownerSigned: 'info',
  received: 'warning',
  quoted: 'info',
  // on its way
  queued: 'info',
  submitted: 'info',
  prepared: 'info',
  instructed: 'info',
  allocated: 'info',
  locked: 'info',
  signed: 'info',
  partPaid: 'info',
  // good
  active: 'success',
  recorded: 'success',
  accepted: 'success',
  settled: 'success',
  funded: 'success',
  credited: 'success',
  closed: 'success',
  paid: 'success',
  admitted: 'success',
  free: 'success',
  redeemed: 'success',
  // bad
  overdue: 'error',
  defaulted: 'error',
  refused: 'error',
  unknown: 'error',
  suspended: 'error',
  returned: 'error',
  lapsed: 'default',
};

/** A state in words with its tone; words come from `<group>.<state>` of the messages. */
export function StateChip({ state, group }: { state: string; group: string }) {
  const textOr = useTextOr();
  return (
    <Chip
      size="small"
      variant="outlined"
      color={TONES[state] ?? 'default'}
      label={textOr(group, state)}
      sx={{ fontWeight: 600, borderRadius: 1 }}
    />
  );
}
