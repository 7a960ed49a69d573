import type { TranslationMessages } from 'ra-core';
import type { en } from '../en';
import type { Shape } from '../messages';
import { auth } from './auth';
import { frame } from './frame';
import { operation } from './operation';
import { problem } from './problem';
import { ra } from './ra';

export const zh = { ra, auth, frame, operation, problem } satisfies Shape<Omit<typeof en, 'ra'>> & {
  ra: TranslationMessages['ra'];
};
