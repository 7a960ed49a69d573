import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getSummary } from '../api/reads';
import type { Summary } from '../api/types';
import { Panel } from '../layout/Panel';
import { ProblemAlert } from '../problem/ProblemAlert';

/** A panel filled from the home page's numbers; its place is kept while they load, and a problem stays inside it. */
export function SummaryPanel<K extends keyof Summary>({
  title,
  part,
  height,
  children,
}: {
  title: string;
  part: K;
  height: number;
  children: (value: NonNullable<Summary[K]> | undefined) => ReactNode;
}) {
  const { data, error } = useQuery({ queryKey: ['summary'], queryFn: ({ signal }) => getSummary(signal) });
  return (
    <Panel title={title}>
      {data !== undefined ? (
        children(data[part] ?? undefined)
      ) : error !== null ? (
        <ProblemAlert problem={error} />
      ) : (
        <Skeleton variant="rounded" height={height} />
      )}
    </Panel>
  );
}
