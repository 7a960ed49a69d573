import VpnKey from '@mui/icons-material/VpnKeyOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useText } from '../i18n';

/** Which key signs, for whom. */
export function KeyLine({ role, keyId, user, member }: { role: string; keyId: string; user: string; member: string }) {
  const text = useText();
  return (
    <Alert severity="info" icon={<VpnKey fontSize="small" />} sx={{ mt: 2 }}>
      <Typography variant="body2">{text('operation.keyLine', { role, user, member })}</Typography>
      <Box component="code" sx={{ fontSize: '0.8rem', overflowWrap: 'anywhere', color: 'text.secondary' }}>
        {keyId}
      </Box>
    </Alert>
  );
}
