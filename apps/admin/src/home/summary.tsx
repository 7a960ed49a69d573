import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getSummary } from '../api/reads';
import type { Summary } from '../api/types';
import { Panel } from '../layout/Panel';
import { ProblemAlert } from '../problem/ProblemAlert';

interface Props<K extends keyof Summary> {
  title: string;
  part: K;
  /** Of the place that is kept while the numbers load. */
  height: number;
  children: (value: Summary[K]) => ReactNode;
}

/** A panel filled from the home page's numbers; a problem stays inside it. */
export function SummaryPanel<K extends keyof Summary>({ title, part, height, children }: Props<K>) {
  const { data, error } = useQuery({ queryKey: ['summary'], queryFn: ({ signal }) => getSummary(signal) });
  return (
    <Panel title={title}>
      {data !== undefined ? (
        children(data[part])
      ) : error !== null ? (
        <ProblemAlert problem={error} />
      ) : (
        <Skeleton variant="rounded" height={height} />
      )}
    </Panel>
  );
}
