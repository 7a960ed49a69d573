import englishMessages from 'ra-language-english';
import { auth } from './auth';
import { frame } from './frame';
import { operation } from './operation';
import { problem } from './problem';

/** All English messages; one file per noun. Their shape is what every other language satisfies. */
export const en = { ra: englishMessages.ra, auth, frame, operation, problem };
