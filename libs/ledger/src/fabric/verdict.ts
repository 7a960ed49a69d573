import type { NotEndorsed } from '../port';
import { unwrapRefusal } from '../refusal';
import type { PeerProblem } from './client';

/** Why a proposal got no endorsement, from what its endorsers said; one that is missing did endorse. */
export function verdict(txId: string, endorsers: readonly string[], problems: readonly PeerProblem[]): NotEndorsed {
  const unreached = problems.filter(({ kind }) => kind === 'unavailable' || kind === 'busy');
  const [first] = unreached;
  if (first !== undefined) return unavailable(txId, organisationsOf(unreached), texts(unreached));

  const thrown = problems.filter(({ kind }) => kind === 'threw');
  const [error] = thrown;
  if (error === undefined) return notEndorsed(txId, 'mismatch', texts(problems) || 'endorsements do not match');
  // One alone may come from a peer that stands at another height.
  const isUnanimous = thrown.length >= endorsers.length && thrown.every(({ message }) => message === error.message);
  const refusal = unwrapRefusal(error.message);
  const cause = isUnanimous ? (refusal === null ? 'failed' : 'refused') : 'mismatch';
  return { ...notEndorsed(txId, cause, error.message), ...(refusal === null ? {} : { refusal }) };
}

export function unavailable(txId: string, organisations: readonly string[], message: string): NotEndorsed {
  const result = notEndorsed(txId, 'unavailable', message);
  return organisations.length === 0 ? result : { ...result, organisations };
}

export function behind(txId: string, organisations: readonly string[]): NotEndorsed {
  return { ...notEndorsed(txId, 'behind', `behind: ${organisations.join(', ')}`), organisations };
}

export function notEndorsed(txId: string, cause: NotEndorsed['cause'], message: string): NotEndorsed {
  return { kind: 'notEndorsed', txId, cause, message };
}

function organisationsOf(problems: readonly PeerProblem[]): string[] {
  return [...new Set(problems.flatMap(({ mspId }) => mspId ?? []))];
}

function texts(problems: readonly PeerProblem[]): string {
  return problems.map(({ mspId, message }) => (mspId === null ? message : `${mspId}: ${message}`)).join('; ');
}
