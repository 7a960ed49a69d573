import { FINAL_STATES, type Operation } from '@tallystick/protocol';
import { useQuery } from '@tanstack/react-query';
import { getOperation } from '../api/reads';
import { recordKey } from '../data/record-key';

/** While it moves, an operation is looked at even if no notice comes: the stream of events may be away. */
const MOVING_MS = 1_500;
const RESTING_MS = 20_000;

export const isMoving = ({ state }: Operation): boolean =>
  state === 'queued' || state === 'submitted' || state === 'unknown';

/** An operation as it stands, live until it ends. */
export function useOperation(id: string, known?: Operation) {
  return useQuery({
    queryKey: recordKey('operations', id),
    queryFn: ({ signal }) => getOperation(id, signal),
    ...(known !== undefined && { initialData: known, initialDataUpdatedAt: 0 }),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || FINAL_STATES.includes(data.state)) return false;
      return isMoving(data) ? MOVING_MS : RESTING_MS;
    },
  });
}
