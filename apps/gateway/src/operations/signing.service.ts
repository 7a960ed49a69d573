import { Injectable } from '@nestjs/common';
import { randomHex, signedBytes, undertakingBytes, verifySignature } from '@tallystick/crypto';
import { decideSigners, type Refusal } from '@tallystick/domain';
import {
  checkSteps,
  FormMismatch,
  InstructionMismatch,
  promisesOf,
  type MemberRecord,
  type SignatureForm,
  type StepSignature,
  type Unsigned,
} from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { UserKeyRow } from '../auth/user-key.entity';
import { Database } from '../database/database';
import { ProblemError, RefusedError, unwrap } from '../problem/problem.error';
import { SubmissionsService } from '../submissions/submissions.service';
import { Book } from './book';
import { maySign, missingRoles, type PersonRole } from './needs';
import { NetworkFacts } from './network-facts';
import { needOf, signingRole, type Moment, type WholeOperation } from './operation.presenter';
import { OperationsService } from './operations.service';
import { values } from './row-values';
import { SignatureRow, type SignedStep } from './signature.entity';
import { StepRow } from './step.entity';

const refused = (refusal: Refusal): RefusedError => new RefusedError(refusal);

/**
 * Takes people's signatures. What is checked here the contract checks again: this is for early answers, and so that what
 * waits for a checker is what the form says.
 */
@Injectable()
export class SigningService {
  constructor(
    private readonly database: Database,
    private readonly operations: OperationsService,
    private readonly submissions: SubmissionsService,
    private readonly book: Book,
    private readonly network: NetworkFacts,
  ) {}

  /**
   * Adds the caller's signature; with the last one that is needed the operation goes on its way, in the same transaction.
   * The same signature again changes nothing.
   * @throws RefusedError RECORD_NOT_FOUND, ORDER_STATE, SAME_PERSON, ROLE_MISSING, KEY_UNKNOWN, KEY_REVOKED, SIG_INVALID,
   * INSTRUCTION_EXPIRED; ProblemError FORM_MISMATCH naming the first difference
   */
  async sign(caller: Caller, id: string, form: SignatureForm): Promise<void> {
    const at = await this.network.at(caller.org);
    await this.database.withMember(caller, async (manager) => {
      const whole = await this.operations.load(caller, id, true);
      if (isRepetition(whole, caller, form)) return;
      requireRole(whole, caller, form.role, at);
      const unsigned = this.unsignedOf(whole, form);
      const signed = await this.verified(manager, caller, whole, form, unsigned);
      await this.store(manager, caller, whole, form.role, unsigned, signed);
    });
  }

  /** What is signed: the maker's instructions, checked against the form; for all others those stored then. */
  private unsignedOf({ steps, signatures }: WholeOperation, form: SignatureForm): Unsigned[] {
    if (form.steps.length !== steps.length) throw mismatch('steps');
    if (signatures.length > 0) {
      return steps.map(({ instruction, secret }, index) => {
        const given = form.steps[index];
        if (instruction === null || given?.instruction !== undefined)
          throw mismatch(`steps.${String(index)}.instruction`);
        return { instruction, secret };
      });
    }
    const unsigned = form.steps.map(({ instruction, secret = null }, index) => {
      if (instruction === undefined) throw mismatch(`steps.${String(index)}.instruction`);
      return { instruction, secret };
    });
    try {
      checkSteps(
        steps.map(({ draft }) => draft),
        unsigned,
        randomHex,
      );
    } catch (error) {
      if (error instanceof FormMismatch || error instanceof InstructionMismatch) throw mismatch(error.field);
      if (error instanceof z.ZodError) throw mismatch(error.issues[0]?.path.join('.') ?? 'steps');
      throw error;
    }
    return unsigned;
  }

  /** Verifies each signature with the caller's own key, which must be the member's on the ledger too. */
  private async verified(
    manager: EntityManager,
    caller: Caller,
    whole: WholeOperation,
    { role, steps }: SignatureForm,
    unsigned: Unsigned[],
  ): Promise<SignedStep[]> {
    const own = await manager.find(UserKeyRow, { where: { userId: caller.userId } });
    const member = await this.book.get(caller.org, 'Member', caller.member);
    const [first] = steps;
    const keyId = first?.signature.keyId ?? '';
    if (!own.some((key) => key.keyId === keyId)) throw refused({ code: 'KEY_UNKNOWN', details: { keyId } });
    const before = whole.signatures.map((each) => ({ role: each.role, keyId: each.steps[0]?.signature.keyId ?? '' }));
    unwrap(decideSigners(member, [...before, { role, keyId }], 'anyKey'));
    return steps.map((step, index) => verifyStep(member, { role, keyId }, step, unsigned[index]));
  }

  private async store(
    manager: EntityManager,
    caller: Caller,
    whole: WholeOperation,
    role: PersonRole,
    unsigned: Unsigned[],
    steps: SignedStep[],
  ): Promise<void> {
    const { row } = whole;
    const { org, member, userId } = caller;
    const [operationId, at] = [row.id, new Date()];
    await manager.insert(SignatureRow, { operationId, role, org, member, userId, userName: caller.user, at, steps });
    if (whole.signatures.length === 0) {
      for (const [idx, { instruction, secret }] of unsigned.entries()) {
        await manager.update(StepRow, { operationId, idx }, values<StepRow>({ instruction, secret }));
      }
    }
    const roles = [...whole.signatures.map((each) => each.role), role];
    const complete = missingRoles(needOf(whole), roles).length === 0;
    await this.operations.change(manager, row, { state: complete ? 'queued' : 'toCheck' });
    if (complete)
      await this.submissions.begin(manager, row, unsigned, await manager.findBy(SignatureRow, { operationId }));
  }
}

function mismatch(field: string): ProblemError {
  const issue = { code: 'custom' as const, path: field.split('.'), input: undefined, message: 'differs from the form' };
  return new ProblemError('FORM_MISMATCH', { issues: [issue] });
}

function requireRole(whole: WholeOperation, caller: Caller, role: PersonRole, at: Moment): void {
  const may = signingRole(whole, caller, at);
  if (typeof may !== 'string') throw refused(may);
  const signed = whole.signatures.map((each) => each.role);
  if (!caller.roles.includes(role) || !maySign(needOf(whole), signed, role)) {
    throw refused({ code: 'ROLE_MISSING', details: { role } });
  }
}

/** A second click: the same person sends the same signature, whatever has become of the operation since. */
function isRepetition({ signatures }: WholeOperation, { userId }: Caller, { role, steps }: SignatureForm): boolean {
  const known = signatures.find((each) => each.userId === userId && each.role === role);
  return (
    known !== undefined && steps.every(({ signature }, index) => known.steps[index]?.signature.sig === signature.sig)
  );
}

function verifyStep(
  member: MemberRecord,
  { role, keyId }: { role: PersonRole; keyId: string },
  { signature, undertakings = [] }: StepSignature,
  unsigned: Unsigned | undefined,
): SignedStep {
  const publicKey = member.keys.find((key) => key.keyId === keyId)?.publicKey ?? '';
  const require = (bytes: Uint8Array, sig: string): void => {
    if (!verifySignature({ publicKey, bytes, signature: sig }))
      throw refused({ code: 'SIG_INVALID', details: { keyId } });
  };
  if (unsigned === undefined || signature.keyId !== keyId || signature.role !== role) {
    throw refused({ code: 'SIG_INVALID', details: { keyId } });
  }
  require(signedBytes(role, unsigned.instruction), signature.sig);
  const promises = promisesOf(unsigned);
  if (promises.length !== undertakings.length) throw mismatch('undertakings');
  promises.forEach((promise, index) => {
    const given = undertakings[index];
    if (given?.certificate !== promise.id) throw mismatch('undertakings');
    require(undertakingBytes(role, promise), given.sig);
  });
  return { signature, undertakings };
}
