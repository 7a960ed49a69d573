import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { InboxItem } from '../api/types';
import { DateWithDays } from '../date/DateWithDays';
import { useText, useTextOr } from '../i18n';
import { useInbox } from '../layout/InboxBell';
import { Panel } from '../layout/Panel';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { Money } from '../money/Money';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';
import { addressOf, taskOf, todoOf } from './inbox-item';

/** What waits for the reader, the oldest deadline first: what, with whom, how much, how long still. */
export function Inbox() {
  const text = useText();
  const { kind } = useKind();
  const { data, error } = useInbox();
  return (
    <Panel title={text('home.inbox')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton variant="rounded" height={88} />
        ) : (
          <ProblemAlert problem={error} />
        )
      ) : data.length === 0 ? (
        <Empty title={text('home.nothing')} hint={kind === undefined ? undefined : text(`home.next.${kind}`)} />
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
          {data.map((item, index) => (
            <Item key={item.operation ?? `${item.subject.id}/${String(index)}`} item={item} />
          ))}
        </Box>
      )}
    </Panel>
  );
}

function Item({ item }: { item: InboxItem }) {
  const text = useText();
  const { counterparty, amount, certificateNo, deadline } = item;
  const title = useTask(item);
  return (
    <Card
      component="li"
      sx={{
        p: 1.25,
        display: 'grid',
        columnGap: 2,
        rowGap: 0.5,
        alignItems: 'center',
        gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', md: '2.2fr 1.8fr 1.3fr 1.6fr 10.5em' },
      }}
    >
      <Typography component="div" sx={{ fontWeight: 600, gridColumn: { xs: '1 / -1', md: 'auto' } }}>
        {title}
        {certificateNo !== undefined && (
          <Typography component="div" variant="body2" color="text.secondary">
            {certificateNo}
          </Typography>
        )}
      </Typography>
      <Box sx={{ color: 'text.secondary', minWidth: 0, gridColumn: { xs: '1 / -1', md: 'auto' } }}>
        {counterparty !== undefined && <Party party={counterparty} />}
      </Box>
      <Box sx={{ order: { xs: 1, md: 0 } }}>{amount !== undefined && <Money value={amount} />}</Box>
      <Box sx={{ fontSize: '0.9rem' }}>
        {deadline !== null && (
          <>
            <Box component="span" sx={{ color: 'text.secondary', mr: 0.75 }}>
              {text('home.until')}
            </Box>
            <DateWithDays date={deadline} pressing />
          </>
        )}
      </Box>
      <Button
        component={Link}
        to={addressOf(item)}
        variant="outlined"
        size="small"
        sx={{ justifySelf: 'end', order: 2, whiteSpace: 'nowrap', gridColumn: { xs: '1 / -1', md: 'auto' } }}
        aria-label={`${text(`home.todo.${todoOf(item)}`)}: ${title}`}
      >
        {text(`home.todo.${todoOf(item)}`)}
      </Button>
    </Card>
  );
}

function useTask(item: InboxItem): string {
  const text = useText();
  const textOr = useTextOr();
  const { text: path, operation } = taskOf(item);
  return text(path, operation === null ? {} : { what: textOr('operation.kind', operation) });
}
