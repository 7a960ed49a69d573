import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';

/** One record of a noun, kept fresh by the stream of events; undefined while it loads. */
export function useRecord<T>(resource: string, id: string | undefined) {
  return useQuery({
    queryKey: [resource, 'getOne', { id: id ?? '' }],
    queryFn: ({ signal }) => get<T>(`/${resource}/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined && id !== '',
  });
}
