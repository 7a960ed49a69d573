import { refusalMessage, refuse, type Outcome, type Refusal } from '@tallystick/domain';
import type { Permission } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import type { Role } from '../auth/roles';

/**
 * Whether the caller may do something now: by role, then by the same `decide…` functions that the contract calls; the first that
 * refuses gives the reason, in the reader's language. A counterfeit record allows nothing.
 */
export function permission(
  caller: Caller,
  roles: readonly Role[],
  counterfeit: string | null,
  ...decisions: readonly (() => Outcome<unknown>)[]
): Permission {
  if (!roles.some((role) => caller.roles.includes(role)))
    return denied(caller, refuse('ROLE_MISSING', { role: roles.join('/') }).refusal);
  if (counterfeit !== null) return denied(caller, refuse('COUNTERFEIT', { record: counterfeit }).refusal);
  for (const decide of decisions) {
    const outcome = decide();
    if (!outcome.ok) return denied(caller, outcome.refusal);
  }
  return { allowed: true };
}

function denied({ language }: Caller, refusal: Refusal): Permission {
  return { allowed: false, code: refusal.code, reason: refusalMessage(refusal, language) };
}
