/** A bank's credit line for an issuer; amounts and parties are absent for who may not see them. */
export type { Line } from '../api/types';
