import type { TranslationMessages } from 'ra-core';
import type { en } from '../en';
import type { Shape } from '../messages';
import { application } from './application';
import { auth } from './auth';
import { certificate } from './certificate';
import { command } from './command';
import { financing } from './financing';
import { frame } from './frame';
import { gauge } from './gauge';
import { holding } from './holding';
import { home } from './home';
import { ladder } from './ladder';
import { line } from './line';
import { member } from './member';
import { money } from './money';
import { operation } from './operation';
import { payment } from './payment';
import { problem } from './problem';
import { ra } from './ra';
import { reconciliation } from './reconciliation';
import { rules } from './rules';
import { settlement } from './settlement';
import { strip } from './strip';
import { transfer } from './transfer';

export const zh = {
  application,
  auth,
  certificate,
  command,
  financing,
  frame,
  gauge,
  holding,
  home,
  ladder,
  line,
  member,
  money,
  operation,
  payment,
  problem,
  ra,
  reconciliation,
  rules,
  settlement,
  strip,
  transfer,
} satisfies Shape<Omit<typeof en, 'ra'>> & {
  ra: TranslationMessages['ra'];
};
