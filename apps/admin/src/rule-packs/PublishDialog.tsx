import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { addDays, isIsoDate } from '@tallystick/domain';
import { useState } from 'react';
import { FormDialog } from '../command/FormDialog';
import { useText } from '../i18n';
import { useCommand } from '../operation/useCommand';
import { changesOf, typedRule } from './publish-draft';
import { ruleGroups, type Rule } from './rules';

interface Props {
  /** The last rules published: new ones are these with changes. */
  pack: Readonly<Record<string, unknown>>;
  today: string;
  onClose: () => void;
}

/** New rules from a day on: the operator changes what is to change, and sees what stays. */
export function PublishDialog({ pack, today, onClose }: Props) {
  const text = useText();
  const [from, setFrom] = useState(addDays(today, 1));
  const [typed, setTyped] = useState<Partial<Record<Rule['name'], string>>>({});
  const { give, busy, problem, fields } = useCommand<object>('/network/rule-packs');
  const { changes, wrong } = changesOf(pack, typed);
  const late = isIsoDate(from) && from > today;
  const submit = async () => {
    if ((await give({ from, changes })) !== null) onClose();
  };
  return (
    <FormDialog
      title={text('rules.publish')}
      explain={text('rules.publishExplain')}
      busy={busy}
      problem={problem}
      ready={late && wrong.length === 0 && Object.keys(changes).length > 0}
      onGive={() => void submit()}
      onClose={onClose}
    >
      <TextField
        type="date"
        label={text('rules.effectiveFrom')}
        value={from}
        onChange={({ target }) => {
          setFrom(target.value);
        }}
        error={!late || fields['from'] !== undefined}
        helperText={late ? fields['from'] : text('frame.clock.mustBeLater', { date: today })}
        slotProps={{ htmlInput: { min: addDays(today, 1) }, inputLabel: { shrink: true } }}
      />
      {ruleGroups(pack).map(({ name: group, rules }) => (
        <Box key={group} component="section" sx={{ display: 'grid', gap: 1.5 }}>
          <Typography variant="h3">{text(`rules.group.${group}`)}</Typography>
          {rules.map((rule) => (
            <RuleField
              key={rule.name}
              rule={rule}
              value={typed[rule.name] ?? typedRule(rule)}
              changed={rule.name in changes}
              problem={fields[`changes.${rule.name}`] ?? (wrong.includes(rule.name) ? text('rules.unread') : undefined)}
              onChange={(value) => {
                setTyped((before) => ({ ...before, [rule.name]: value }));
              }}
            />
          ))}
        </Box>
      ))}
    </FormDialog>
  );
}

interface FieldProps {
  rule: Rule;
  value: string;
  changed: boolean;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function RuleField({ rule, value, changed, problem, onChange }: FieldProps) {
  const text = useText();
  const unit = rule.unit === 'fen' ? 'CNY' : rule.unit === 'plain' ? '' : text(`rules.typed.${rule.unit}`);
  return (
    <TextField
      size="small"
      label={text(`rules.rule.${rule.name}`)}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
      focused={changed || undefined}
      error={problem !== undefined}
      helperText={
        problem ?? (changed ? text('rules.before', { value: typedRule(rule) || text('rules.none') }) : undefined)
      }
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { maxLength: 24, autoComplete: 'off' },
        input: { endAdornment: <InputAdornment position="end">{unit}</InputAdornment> },
      }}
    />
  );
}
