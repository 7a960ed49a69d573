import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { getPage } from '../api/reads';
import { useProfile } from '../auth/session';
import { CommandButton } from '../command/CommandButton';
import { DateWithDays } from '../date/DateWithDays';
import { LineGauge } from '../gauge/LineGauge';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { useKind } from '../layout/role';
import { Empty } from '../list/Empty';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';
import type { Line } from './line';
import { LineDialog } from './LineDialog';

const MOST = 100;

/** Credit lines as gauges: a bank sees those it granted, an issuer those it may draw. */
export function LineList() {
  const text = useText();
  const { kind } = useKind();
  const roles = useProfile()?.roles ?? [];
  const [granting, setGranting] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['lines', 'getList', 'all'],
    queryFn: ({ signal }) => getPage<Line>('/lines', { limit: MOST }, signal),
  });
  const grants = kind === 'BANK' && roles.includes('maker');
  return (
    <>
      <PageTitle
        title={text('frame.menu.lines')}
        action={
          grants && (
            <Button
              variant="contained"
              onClick={() => {
                setGranting(true);
              }}
            >
              {text('line.grant')}
            </Button>
          )
        }
      />
      {error !== null && data === undefined ? (
        <ProblemAlert problem={error} />
      ) : data === undefined ? (
        <Skeleton variant="rounded" height={160} />
      ) : data.items.length === 0 ? (
        <Empty title={text('line.empty')} hint={text(kind === 'BANK' ? 'line.emptyBank' : 'line.emptyIssuer')} />
      ) : (
        <Box
          component="ul"
          sx={{
            listStyle: 'none',
            m: 0,
            p: 0,
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          {data.items.map((line) => (
            <OneLine key={line.id} line={line} asBank={kind === 'BANK'} />
          ))}
        </Box>
      )}
      {granting && (
        <LineDialog
          onClose={() => {
            setGranting(false);
          }}
        />
      )}
    </>
  );
}

function OneLine({ line, asBank }: { line: Line; asBank: boolean }) {
  const text = useText();
  const [changing, setChanging] = useState(false);
  const { limit, used, available, until, can } = line;
  const other = <Party party={asBank ? line.issuer : line.bank} />;
  return (
    <Card component="li" sx={{ p: 2, display: 'grid', gap: 1.5 }}>
      {limit !== undefined && used !== undefined && available !== undefined ? (
        <LineGauge title={other} limit={limit} used={used} available={available} />
      ) : (
        <Typography color="text.secondary">{text('line.unseen')}</Typography>
      )}
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
        <Typography variant="body2" color="text.secondary" component="div">
          {text('line.until')} <DateWithDays date={until} pressing />
        </Typography>
        {asBank ? (
          <CommandButton
            can={can}
            command="change"
            variant="outlined"
            size="small"
            onClick={() => {
              setChanging(true);
            }}
          >
            {text('line.change')}
          </CommandButton>
        ) : (
          can.issue.allowed && (
            <Button component={Link} to="/certificates/create" variant="outlined" size="small">
              {text('certificate.issue.open')}
            </Button>
          )
        )}
      </Box>
      {changing && (
        <LineDialog
          line={line}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </Card>
  );
}
