import type { Noun } from '../nouns';
import { RulePackPage } from './RulePackPage';

export const rulePacks: Noun = { name: 'rule-packs', list: RulePackPage };
