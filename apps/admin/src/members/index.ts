import type { Noun } from '../nouns';
import { MemberList } from './MemberList';
import { MemberPage } from './MemberPage';

export const members: Noun = { name: 'members', list: MemberList, show: MemberPage };
