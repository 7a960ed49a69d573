import { useNetwork } from '../layout/network';

/** The organisation that keeps a member's data, by its name. */
export function Host({ msp }: { msp: string }) {
  const { data: network } = useNetwork();
  return network?.organisations.find((one) => one.msp === msp)?.name ?? msp;
}
