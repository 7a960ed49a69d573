import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { useRecord } from '../data/useRecord';
import { ProblemAlert } from '../problem/ProblemAlert';

/** The page of one record: its place is kept while it loads, and a problem is told in its stead. */
export function RecordPage<T>({ resource, children }: { resource: string; children: (record: T) => ReactNode }) {
  const { id } = useParams();
  const { data, error } = useRecord<T>(resource, id);
  if (data !== undefined) return children(data);
  if (error !== null) return <ProblemAlert problem={error} />;
  return (
    <>
      <Skeleton width="40%" height={48} />
      <Skeleton variant="rounded" height={320} sx={{ mt: 2 }} />
    </>
  );
}
