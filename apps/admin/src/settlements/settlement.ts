import type { Answer, ItemOf } from '../api/types';

/** One payment of an issuer on one certificate, as issuer and paying bank see it. */
export type Settlement = ItemOf<'SettlementPage_Output'>;
export type SettlementDetail = Answer<'SettlementDetail_Output'>;
