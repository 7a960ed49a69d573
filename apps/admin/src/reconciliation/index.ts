import type { Noun } from '../nouns';
import { ReconciliationPage } from './ReconciliationPage';

export const reconciliation: Noun = { name: 'reconciliation', list: ReconciliationPage };
