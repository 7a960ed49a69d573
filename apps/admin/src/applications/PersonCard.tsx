import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useText } from '../i18n';
import { PERSON_ROLES, type PersonDraft } from './person-draft';

interface Props {
  number: number;
  person: PersonDraft;
  /** Only banks have risk officers. */
  bank: boolean;
  onChange: (changed: Partial<PersonDraft>) => void;
  onRemove: (() => void) | undefined;
  complaint: (field: 'displayName' | 'user' | 'password' | 'roles') => string | undefined;
}

/** One person who will act for the firm. */
export function PersonCard({ number, person, bank, onChange, onRemove, complaint }: Props) {
  const text = useText();
  const id = useId();
  const field = (name: 'displayName' | 'user' | 'password') => (
    <TextField
      label={text(`application.person.${name}`)}
      value={person[name]}
      type={name === 'password' ? 'password' : 'text'}
      autoComplete={name === 'password' ? 'new-password' : 'off'}
      onChange={({ target }) => {
        onChange({ [name]: name === 'user' ? target.value.toLowerCase() : target.value });
      }}
      required
      error={complaint(name) !== undefined}
      helperText={complaint(name)}
      slotProps={{ htmlInput: { maxLength: name === 'user' ? 64 : 100 } }}
    />
  );
  return (
    <Card component="section" role="group" aria-labelledby={id} sx={{ p: 2, m: 0, minWidth: 0 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1.5, minHeight: 34 }}>
        <Typography component="h3" id={id} sx={{ fontWeight: 600 }}>
          {text('application.personNo', { number })}
        </Typography>
        {onRemove !== undefined && (
          <IconButton size="small" aria-label={text('application.removePerson', { number })} onClick={onRemove}>
            <Delete fontSize="small" />
          </IconButton>
        )}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, 1fr)' } }}>
        {field('displayName')}
        {field('user')}
        {field('password')}
      </Box>
      <FormGroup row sx={{ mt: 1 }}>
        {PERSON_ROLES.filter((role) => bank || role !== 'risk').map((role) => (
          <FormControlLabel
            key={role}
            label={text(`frame.role.${role}`)}
            control={
              <Checkbox
                size="small"
                checked={person.roles.includes(role)}
                onChange={(_, checked) => {
                  const others = person.roles.filter((one) => one !== role);
                  onChange({ roles: checked ? [...others, role] : others });
                }}
              />
            }
          />
        ))}
      </FormGroup>
      {complaint('roles') !== undefined && <FormHelperText error>{complaint('roles')}</FormHelperText>}
    </Card>
  );
}
