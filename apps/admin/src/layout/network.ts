import { useQuery } from '@tanstack/react-query';
import { getNetwork } from '../api/reads';

const LOOK_AGAIN_MS = 15_000;

/** State of the ledger, business date and rules; looked at again every quarter of a minute and with each block. */
export function useNetwork() {
  return useQuery({
    queryKey: ['network'],
    queryFn: ({ signal }) => getNetwork(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Today's business date, or undefined while unknown. */
export const useBusinessDate = (): string | undefined => useNetwork().data?.businessDate;
