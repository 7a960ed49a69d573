import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, request } from '../api/client';
import { minuteOf } from '../date/days';
import { FactList } from '../fact/FactList';
import { useText } from '../i18n';
import { PageTitle } from '../layout/PageTitle';
import { Panel } from '../layout/Panel';
import { Empty } from '../list/Empty';
import { Listing } from '../list/Listing';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Reconciliation {
  /** Null while none was made since the gateway started. */
  at: string | null;
  org: string;
  height: string;
  records: number;
  openings: number;
  sights: number;
  differences: { ref: string; what: string }[];
}

const KEY = ['reconciliation', 'report'] as const;

/** The operator compares what the gateway shows with what the ledger says; it should find nothing. */
export function ReconciliationPage() {
  const text = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Reconciliation>('/reconciliation', {}, signal),
  });
  const run = async () => {
    setBusy(true);
    setFailed(null);
    try {
      client.setQueryData(KEY, await request<Reconciliation>('POST', '/reconciliation', { body: {} }));
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const problem = failed ?? (data === undefined ? error : null);
  return (
    <>
      <PageTitle
        title={text('frame.menu.reconciliation')}
        action={
          <Button variant="contained" loading={busy} onClick={() => void run()}>
            {text('reconciliation.run')}
          </Button>
        }
      />
      {problem !== null && <ProblemAlert problem={problem} />}
      {data !== undefined && (data.at === null ? <NotYet /> : <Found found={data} at={data.at} />)}
    </>
  );
}

function NotYet() {
  const text = useText();
  return <Empty title={text('reconciliation.notYet')} hint={text('reconciliation.hint')} />;
}

function Found({ found, at }: { found: Reconciliation; at: string }) {
  const text = useText();
  const { org, height, records, openings, sights, differences } = found;
  return (
    <>
      <Alert severity={differences.length === 0 ? 'success' : 'error'} sx={{ mb: 2 }}>
        {differences.length === 0
          ? text('reconciliation.none')
          : text('reconciliation.found', { smart_count: differences.length })}
      </Alert>
      <Panel title={text('reconciliation.compared')}>
        <FactList
          columns={2}
          facts={[
            { label: text('reconciliation.at'), value: minuteOf(at) },
            { label: text('reconciliation.org'), value: org },
            { label: text('reconciliation.height'), value: height },
            { label: text('reconciliation.records'), value: String(records) },
            { label: text('reconciliation.openings'), value: String(openings) },
            { label: text('reconciliation.sights'), value: String(sights) },
          ]}
        />
      </Panel>
      {differences.length > 0 && (
        <Listing
          rows={differences}
          label={text('reconciliation.differences')}
          empty={null}
          keyOf={({ ref, what }) => `${ref} ${what}`}
          columns={[
            { label: text('reconciliation.ref'), cell: ({ ref }) => ref },
            { label: text('reconciliation.what'), cell: ({ what }) => what },
          ]}
        />
      )}
    </>
  );
}
