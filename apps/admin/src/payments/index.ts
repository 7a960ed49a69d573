import type { Noun } from '../nouns';
import { PaymentList } from './PaymentList';

export const payments: Noun = { name: 'payments', list: PaymentList };
