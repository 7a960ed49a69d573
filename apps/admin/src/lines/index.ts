import type { Noun } from '../nouns';
import { LineList } from './LineList';
import { LinePage } from './LinePage';

export const lines: Noun = { name: 'lines', list: LineList, show: LinePage };
