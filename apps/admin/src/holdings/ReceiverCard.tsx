import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useText } from '../i18n';
import { MoneyField } from '../money/MoneyField';
import { MemberPicker } from '../party/MemberPicker';
import type { ReceiverDraft } from './transfer-draft';

interface Props {
  number: number;
  receiver: ReceiverDraft;
  without: readonly string[];
  onChange: (changed: Partial<ReceiverDraft>) => void;
  onRemove: (() => void) | undefined;
  complaint: (field: string) => string | undefined;
}

/** One receiver: who, how much, for which trade. */
export function ReceiverCard({ number, receiver, without, onChange, onRemove, complaint }: Props) {
  const text = useText();
  const id = useId();
  const field = (name: 'contractNo' | 'invoiceNo' | 'note', most: number) => (
    <TextField
      label={text(`holding.background.${name}`)}
      value={receiver[name]}
      onChange={({ target }) => {
        onChange({ [name]: target.value });
      }}
      required={name === 'contractNo'}
      error={complaint(`background.${name}`) !== undefined}
      helperText={complaint(`background.${name}`)}
      slotProps={{ htmlInput: { maxLength: most } }}
    />
  );
  return (
    <Card component="section" role="group" aria-labelledby={id} sx={{ p: 2, m: 0, mb: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1.5, minHeight: 34 }}>
        <Typography component="h3" id={id} sx={{ fontWeight: 600 }}>
          {text('holding.receiver', { number })}
        </Typography>
        {onRemove !== undefined && (
          <IconButton size="small" aria-label={text('holding.removeReceiver', { number })} onClick={onRemove}>
            <Delete fontSize="small" />
          </IconButton>
        )}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '2fr 1fr' } }}>
        <MemberPicker
          label={text('holding.receiverName')}
          value={receiver.member}
          onChange={(member) => {
            onChange({ member });
          }}
          without={without}
          problem={complaint('member')}
          required
        />
        <MoneyField
          label={text('holding.amount')}
          value={receiver.amount}
          onChange={(amount) => {
            onChange({ amount });
          }}
          problem={complaint('amount')}
          required
        />
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 2, mb: 1.5 }}>
        {text('holding.background.why')}
      </Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr 2fr' } }}>
        {field('contractNo', 60)}
        {field('invoiceNo', 60)}
        {field('note', 500)}
      </Box>
    </Card>
  );
}
