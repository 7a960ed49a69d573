import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { recordKey } from './record-key';

/** One record of a noun, kept fresh by the stream of events; undefined while it loads. */
export function useRecord<T>(resource: string, id: string | undefined) {
  return useQuery({
    queryKey: recordKey(resource, id ?? ''),
    queryFn: ({ signal }) => get<T>(`/${resource}/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined && id !== '',
  });
}
