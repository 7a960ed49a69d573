import type { Settings } from '../config/config';
import type { Login } from './logins';

/** A person of a trial, and the address at which it signs in. */
export type LoginAt = Login & { address: string };

export interface Platform {
  /** Where people begin: the operator's gateway in a trial. */
  url: string;
  /** How to sign in, on a trial network. */
  logins: readonly LoginAt[];
  /** Stops everything in the reverse order of starting, and waits. */
  close(): Promise<void>;
}

/** Hears one line for each step. */
export type Progress = (line: string) => void;
/** What stops what has been started so far. */
export type Closers = (() => Promise<void>)[];

/** Starts something of several parts; a failure half-way stops those that were started. */
export type Start = (settings: Settings, progress: Progress, closers: Closers) => Promise<Omit<Platform, 'close'>>;
