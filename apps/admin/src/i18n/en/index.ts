import englishMessages from 'ra-language-english';
import { auth } from './auth';
import { frame } from './frame';
import { gauge } from './gauge';
import { home } from './home';
import { ladder } from './ladder';
import { money } from './money';
import { operation } from './operation';
import { problem } from './problem';
import { strip } from './strip';

/** All English messages; one file per noun. Their shape is what every other language satisfies. */
export const en = { ra: englishMessages.ra, auth, frame, gauge, home, ladder, money, operation, problem, strip };
