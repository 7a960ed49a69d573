import englishMessages from 'ra-language-english';
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
import { reconciliation } from './reconciliation';
import { rules } from './rules';
import { settlement } from './settlement';
import { strip } from './strip';
import { transfer } from './transfer';

/** All English messages; one file per noun. Their shape is what every other language satisfies. */
export const en = {
  ra: englishMessages.ra,
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
  reconciliation,
  rules,
  settlement,
  strip,
  transfer,
};
