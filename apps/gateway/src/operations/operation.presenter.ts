import { REFUSAL_CATALOGUE, refusalMessage, type Language, type Refusal } from '@tallystick/domain';
import type { Operation, Permission, Step } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { problemOf } from '../problem/problem-document';
import { RefusedError } from '../problem/problem.error';
import { maySign, missingRoles, signingNeed, type PersonRole } from './needs';
import type { ToBusinessTime } from './business-clock';
import type { Facts } from './network-facts';
import { OperationRow } from './operation.entity';
import type { SignatureRow } from './signature.entity';
import type { StepRow } from './step.entity';
import { voidable } from './voidable';

/** An operation with everything that belongs to it. */
export interface WholeOperation {
  row: OperationRow;
  steps: StepRow[];
  signatures: SignatureRow[];
  member: { id: string; name: string; nameEn: string; soloLimitFen: string };
}

const iso = (date: Date): string => date.toISOString();

/** Business time and raw time, as deadlines and lifetimes need them. */
export type Moment = Pick<Facts, 'now' | 'rawNow'>;

/** The same, and what shows earlier moments in business time. */
export type Reading = Moment & { business: ToBusinessTime };

/** A draft whose deadline, or whose instructions' lifetime, is over: nobody can sign it any more. */
const isLapsed = (row: OperationRow, { now, rawNow }: Moment): boolean =>
  isWaiting(row) && ((row.deadline !== null && iso(row.deadline) <= now) || iso(row.notAfter) <= rawNow);

const EXPIRED: Pick<OperationRow, 'state'> = { state: 'expired' };

/** The resource as the caller may see it, all in business time; what has lapsed is told as such, whoever tidies it up and when. */
export function presentOperation(stored: WholeOperation, caller: Caller, at: Reading): Operation {
  const lapsed = isLapsed(stored.row, at);
  const whole = lapsed ? { ...stored, row: Object.assign(new OperationRow(), stored.row, EXPIRED) } : stored;
  const { row, steps, signatures, member } = whole;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    member: { id: member.id, name: member.name, nameEn: member.nameEn },
    createdBy: row.createdByName,
    createdAt: at.business(row.createdAt),
    updatedAt: at.business(row.updatedAt),
    deadline: row.deadline === null ? null : iso(row.deadline),
    version: row.version,
    summary: row.summary,
    form: row.form,
    signatures: signatures.map(({ role, userName, at: signedAt }) => ({
      role,
      user: userName,
      at: at.business(signedAt),
    })),
    needs: isWaiting(row)
      ? missingRoles(
          needOf(whole),
          signatures.map(({ role }) => role),
        )
      : [],
    note: row.note,
    steps: steps.map((step) => presentStep(step, caller.language, at.business)),
    can: permissions(whole, caller, at),
  };
}

function presentStep(step: StepRow, language: Language, business: ToBusinessTime): Step {
  const { draft, state, instruction, secret, outcome, refusal } = step;
  return {
    ...draft,
    state,
    instruction,
    secret,
    outcome: outcome && { ...outcome, at: business(outcome.at) },
    refusal: refusal && storedProblem(refusal, language),
  };
}

/** A refusal that the ledger gave, in the reader's language; its code may be newer than our catalogue. */
function storedProblem(refusal: NonNullable<StepRow['refusal']>, language: Language): Record<string, unknown> {
  const { code } = refusal;
  if (!Object.hasOwn(REFUSAL_CATALOGUE, code)) return { ...refusal, title: code, detail: code };
  return { ...problemOf(new RefusedError(refusal as Refusal), language, 'urn:tallystick:ledger') };
}

export const isWaiting = ({ state }: Pick<OperationRow, 'state'>): boolean => state === 'toSign' || state === 'toCheck';

export const needOf = ({ row, member }: Pick<WholeOperation, 'row' | 'member'>): ReturnType<typeof signingNeed> =>
  signingNeed(row.authority, BigInt(row.amountFen), member);

/** The role in which a caller may sign now, or why not. */
export function signingRole(whole: WholeOperation, caller: Caller, at: Moment): PersonRole | Refusal {
  const { row, signatures } = whole;
  if (!isWaiting(row)) return { code: 'ORDER_STATE', details: { state: row.state } };
  if (isLapsed(row, at)) return { code: 'INSTRUCTION_EXPIRED', details: {} };
  if (signatures.some(({ userId }) => userId === caller.userId)) return { code: 'SAME_PERSON', details: {} };
  const signed = signatures.map(({ role }) => role);
  const roles: PersonRole[] = ['maker', 'risk', 'checker'];
  const role = roles.find((each) => caller.roles.includes(each) && maySign(needOf(whole), signed, each));
  if (role !== undefined) return role;
  return { code: 'ROLE_MISSING', details: { role: missingRoles(needOf(whole), signed).join('/') } };
}

function permissions(whole: WholeOperation, caller: Caller, at: Moment): Operation['can'] {
  const { language } = caller;
  const role = signingRole(whole, caller, at);
  const waiting: Permission = isWaiting(whole.row)
    ? caller.roles.some((each) => each === 'maker' || each === 'checker' || each === 'risk' || each === 'admin')
      ? { allowed: true }
      : denied({ code: 'ROLE_MISSING', details: { role: 'maker/checker' } }, language)
    : denied({ code: 'ORDER_STATE', details: { state: whole.row.state } }, language);
  return {
    sign: typeof role === 'string' ? { allowed: true, role } : denied(role, language),
    return:
      whole.row.state === 'toCheck'
        ? waiting
        : denied({ code: 'ORDER_STATE', details: { state: whole.row.state } }, language),
    cancel: waiting,
    void: voiding(whole, caller),
  };
}

function voiding(whole: WholeOperation, { roles, language }: Caller): Permission {
  const found = voidable(whole);
  if ('code' in found) return denied(found, language);
  const may = roles.includes('maker') || roles.includes('checker');
  return may ? { allowed: true } : denied({ code: 'ROLE_MISSING', details: { role: 'maker/checker' } }, language);
}

/** A refusal as the reason why something is not possible now. */
export function denied(refusal: Refusal, language: Language): Permission {
  return { allowed: false, code: refusal.code, reason: refusalMessage(refusal, language) };
}
