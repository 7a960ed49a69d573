import type { Noun } from '../nouns';
import { SettlementList } from './SettlementList';
import { SettlementPage } from './SettlementPage';

export const settlements: Noun = { name: 'settlements', list: SettlementList, show: SettlementPage };
