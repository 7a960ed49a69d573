import type { Operation } from '@tallystick/protocol';

type SignerRole = Operation['needs'][number];
type Outcome = NonNullable<Operation['steps'][number]['outcome']>;
export type Mark = 'done' | 'now' | 'ahead' | 'failed';

/** A stop on an operation's way to the ledger. */
export interface Station {
  name: 'signed' | 'check' | 'sent' | 'unknown' | 'recorded' | 'refused' | 'returned' | 'cancelled' | 'expired';
  mark: Mark;
  /** Who has signed, or who is still to sign. */
  roles: SignerRole[];
  /** Of the last step that is on the ledger. */
  outcome?: Outcome;
}

export interface Standing {
  stations: Station[];
  /** Why it was refused; `detail` is in the reader's language. */
  refusal: { detail?: string; rule?: string } | null;
}

/** Where an operation stands. An operation that ended elsewhere than on the ledger shows that end last. */
export function progressOf({ state, signatures, needs, steps }: Operation): Standing {
  const signed: Station = {
    name: 'signed',
    mark: signatures.length > 0 ? 'done' : 'now',
    roles: signatures.map(({ role }) => role),
  };
  const check: Station[] =
    needs.length > 0 && signatures.length > 0 ? [{ name: 'check', mark: 'now', roles: needs }] : [];
  const onWay = state === 'submitted' || state === 'recorded' || state === 'refused' || state === 'unknown';
  const sent: Station = { name: 'sent', mark: onWay ? 'done' : state === 'queued' ? 'now' : 'ahead', roles: [] };
  const outcome = steps.findLast((step) => step.outcome !== null)?.outcome ?? undefined;
  const end = (name: Station['name'], mark: Mark): Station => ({
    name,
    mark,
    roles: [],
    ...(outcome !== undefined && { outcome }),
  });
  const refused = steps.find((step) => step.refusal !== null)?.refusal ?? null;
  const refusal = refused === null ? null : { ...textOf(refused, 'detail'), ...textOf(refused, 'rule') };
  switch (state) {
    case 'toSign':
    case 'toCheck':
      return { stations: [signed, ...check, { ...sent, mark: 'ahead' }, end('recorded', 'ahead')], refusal };
    case 'queued':
    case 'submitted':
      return { stations: [signed, sent, end('recorded', state === 'submitted' ? 'now' : 'ahead')], refusal };
    case 'unknown':
      return { stations: [signed, sent, end('unknown', 'now')], refusal };
    case 'recorded':
      return { stations: [signed, sent, end('recorded', 'done')], refusal };
    case 'refused':
      return { stations: [signed, sent, end('refused', 'failed')], refusal: refusal ?? {} };
    case 'returned':
    case 'cancelled':
    case 'expired':
      return { stations: [...(signatures.length > 0 ? [signed] : []), end(state, 'failed')], refusal };
  }
}

function textOf<K extends string>(problem: Record<string, unknown>, key: K): Partial<Record<K, string>> {
  const value = problem[key];
  return typeof value === 'string' ? ({ [key]: value } as Record<K, string>) : {};
}
