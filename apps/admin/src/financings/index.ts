import type { Noun } from '../nouns';
import { FinancingList } from './FinancingList';
import { FinancingPage } from './FinancingPage';

export const financings: Noun = { name: 'financings', list: FinancingList, show: FinancingPage };
