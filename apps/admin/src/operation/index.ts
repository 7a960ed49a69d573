import type { Noun } from '../nouns';
import { OperationList } from './OperationList';
import { OperationPage } from './OperationPage';

export const operations: Noun = { name: 'operations', list: OperationList, show: OperationPage };
