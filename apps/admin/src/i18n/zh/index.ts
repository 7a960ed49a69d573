import type { TranslationMessages } from 'ra-core';
import type { en } from '../en';
import type { Shape } from '../messages';
import { auth } from './auth';
import { frame } from './frame';
import { gauge } from './gauge';
import { home } from './home';
import { ladder } from './ladder';
import { money } from './money';
import { operation } from './operation';
import { problem } from './problem';
import { ra } from './ra';
import { strip } from './strip';

export const zh = { ra, auth, frame, gauge, home, ladder, money, operation, problem, strip } satisfies Shape<
  Omit<typeof en, 'ra'>
> & {
  ra: TranslationMessages['ra'];
};
