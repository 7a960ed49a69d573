import Notifications from '@mui/icons-material/NotificationsOutlined';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getInbox } from '../api/reads';
import { useText } from '../i18n';

/** What waits for the caller, oldest deadline first; kept fresh by notices. */
export function useInbox() {
  return useQuery({ queryKey: ['inbox'], queryFn: ({ signal }) => getInbox(signal) });
}

export function InboxBell() {
  const text = useText();
  const count = useInbox().data?.length ?? 0;
  const label = text('frame.inbox', { smart_count: count });
  return (
    <Tooltip title={label}>
      <IconButton component={Link} to="/" aria-label={label}>
        <Badge badgeContent={count} max={99} color="error">
          <Notifications />
        </Badge>
      </IconButton>
    </Tooltip>
  );
}
