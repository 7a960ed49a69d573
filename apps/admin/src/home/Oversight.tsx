import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { getOversight } from '../api/reads';
import { useText } from '../i18n';
import { Panel } from '../layout/Panel';
import { Empty } from '../list/Empty';
import { Listing, type Column } from '../list/Listing';
import { Party } from '../party/Party';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Counts {
  active: number;
  overdue: number;
  defaulted: number;
  settled: number;
}

/** The market in counts: overdue issuers first, then who pays out. Amounts are open to each certificate's own parties alone. */
export function Oversight() {
  const text = useText();
  const { data, error } = useQuery({ queryKey: ['oversight'], queryFn: ({ signal }) => getOversight(signal) });
  const counts = <T extends Counts>(): Column<T>[] =>
    (['active', 'overdue', 'defaulted', 'settled'] as const).map((name) => ({
      label: text(`home.counts.${name}`),
      cell: (row) => row[name],
      numeric: true,
    }));
  if (data === undefined) {
    return (
      <Panel title={text('home.oversight')}>
        {error === null ? <Skeleton variant="rounded" height={160} /> : <ProblemAlert problem={error} />}
      </Panel>
    );
  }
  const { total, financed, issuers, payingBanks } = data;
  return (
    <>
      <Panel title={text('home.oversight')}>
        <Typography>{text('home.oversightWords', { ...total })}</Typography>
        <Typography color="text.secondary">{text('home.financedWords', { ...financed })}</Typography>
      </Panel>
      <Panel title={text('home.issuers')}>
        <Listing
          rows={issuers}
          label={text('home.issuers')}
          empty={<Empty title={text('home.noCertificates')} />}
          keyOf={({ issuer }) => issuer.id}
          to={({ issuer }) => `/members/${issuer.id}/show`}
          columns={[{ label: text('home.firm'), cell: ({ issuer }) => <Party party={issuer} /> }, ...counts()]}
        />
      </Panel>
      <Panel title={text('home.payingBanks')}>
        <Listing
          rows={payingBanks}
          label={text('home.payingBanks')}
          empty={<Empty title={text('home.noCertificates')} />}
          keyOf={({ org }) => org}
          columns={[{ label: text('home.firm'), cell: ({ name }) => name }, ...counts()]}
        />
      </Panel>
    </>
  );
}
