import type { Noun } from '../nouns';
import { TransferList } from './TransferList';
import { TransferPage } from './TransferPage';

export const transfers: Noun = { name: 'transfers', list: TransferList, show: TransferPage };
