import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useText } from '../../i18n';
import type { Line } from '../../lines/line';
import { moneyText } from '../../money/money';
import { useMemberName } from '../../party/name';
import type { IssueDraft } from './draft';

interface Props {
  draft: IssueDraft;
  onChange: (draft: IssueDraft) => void;
  complaint: (path: string) => string | undefined;
  /** Lines under which the firm can issue; undefined while they load. */
  lines: readonly Line[] | undefined;
  /** The last due date that needs no reason, and the rule's months. */
  latest: string;
  months: number;
  today: string;
}

/** Second step: under which line, until when. */
export function TermsStep({ draft, onChange, complaint, lines, latest, months, today }: Props) {
  const text = useText();
  const nameOf = useMemberName();
  const set = (field: 'line' | 'dueDate' | 'note' | 'longTenorReason') => (value: string) => {
    onChange({ ...draft, [field]: value });
  };
  return (
    <Box sx={{ display: 'grid', gap: 2.5, maxWidth: 620 }}>
      {lines?.length === 0 && <Alert severity="warning">{text('certificate.issue.noLine')}</Alert>}
      <TextField
        select
        label={text('certificate.issue.line')}
        value={lines === undefined ? '' : draft.line}
        onChange={({ target }) => {
          set('line')(target.value);
        }}
        required
        error={complaint('line') !== undefined}
        helperText={complaint('line')}
      >
        {(lines ?? []).map(({ id, bank, available, until }) => (
          <MenuItem key={id} value={id} sx={{ whiteSpace: 'normal' }}>
            {text('certificate.issue.lineOption', {
              bank: bank === undefined ? '–' : nameOf(bank),
              available: available === undefined ? '–' : moneyText(available),
              until,
            })}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        type="date"
        label={text('certificate.issue.dueDate')}
        value={draft.dueDate}
        onChange={({ target }) => {
          set('dueDate')(target.value);
        }}
        required
        error={complaint('dueDate') !== undefined}
        helperText={complaint('dueDate') ?? text('certificate.issue.dueHint', { months, latest })}
        slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: today } }}
      />
      {draft.dueDate > latest && (
        <>
          <Alert severity="info">{text('certificate.issue.longTenor', { months })}</Alert>
          <TextField
            label={text('certificate.longTenorReason')}
            value={draft.longTenorReason}
            onChange={({ target }) => {
              set('longTenorReason')(target.value);
            }}
            required
            multiline
            minRows={2}
            error={complaint('longTenorReason') !== undefined}
            helperText={complaint('longTenorReason')}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
        </>
      )}
      <TextField
        label={text('certificate.issue.note')}
        value={draft.note}
        onChange={({ target }) => {
          set('note')(target.value);
        }}
        multiline
        minRows={2}
        slotProps={{ htmlInput: { maxLength: 500 } }}
      />
    </Box>
  );
}
