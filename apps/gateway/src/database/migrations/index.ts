import { Base1795392000000 } from './1795392000000-base';

/** In order of time; a released migration is never edited. */
export const MIGRATIONS = [Base1795392000000];
