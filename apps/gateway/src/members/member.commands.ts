import { Injectable } from '@nestjs/common';
import { admissionBytes, verifySignature } from '@tallystick/crypto';
import { decideAddKey, decideRevokeKey, decideSoloLimit } from '@tallystick/domain';
import {
  AdmissionSignature,
  MemberKey,
  Money,
  recordKey,
  type MemberRecord,
  type OperationKind,
  type StepDraft,
} from '@tallystick/protocol';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf } from '../operations/drafting';
import { fenOf, moneyOf } from '../operations/money';
import { unwrapAt } from '../operations/form-fields';
import { NetworkFacts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views } from '../operations/views';
import { ProblemError, RefusedError } from '../problem/problem.error';

export const StatusForm = z.strictObject({
  status: z.enum(['active', 'suspended']),
  reason: z.string().trim().min(1).max(200),
});
export const SoloLimitForm = z.strictObject({ limit: Money });
export const AddKeyForm = z.strictObject({ key: MemberKey, admission: AdmissionSignature });
export const RevokeKeyForm = z.strictObject({ keyId: z.string().max(32), reason: z.string().trim().min(1).max(200) });

/** Firms' standing and keys. A member's record is public, so it may be expected like any other. */
@Injectable()
export class MemberCommands {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws ProblemError FORBIDDEN unless for the operator; RefusedError NOT_A_MEMBER, RECORD_EXISTS (that status already) */
  async setStatus(caller: Caller, id: string, form: z.output<typeof StatusForm>) {
    await this.requireOperator(caller);
    const record = await this.found(caller, id);
    if (record.status === form.status) throw new RefusedError({ code: 'RECORD_EXISTS', details: {}, field: 'status' });
    return this.save(caller, 'member.setStatus', record, form, { member: id, ...form });
  }

  /** @throws RefusedError SOLO_LIMIT_TOO_HIGH */
  async setSoloLimit(caller: Caller, form: z.output<typeof SoloLimitForm>) {
    const { rules } = await this.network.at(caller.org);
    const limitFen = fenOf(form.limit);
    unwrapAt(decideSoloLimit(limitFen, rules), 'limit');
    const record = await this.book.get(caller.org, 'Member', caller.member);
    const input = { soloLimitFen: String(limitFen) };
    return this.save(caller, 'member.setSoloLimit', record, { limit: moneyOf(limitFen) }, input);
  }

  /** @throws RefusedError KEY_EXISTS, SIG_INVALID when the new key does not prove itself */
  async addKey(caller: Caller, form: z.output<typeof AddKeyForm>) {
    const record = await this.book.get(caller.org, 'Member', caller.member);
    unwrapAt(decideAddKey(record, form.key), 'key');
    const { publicKey } = form.key;
    const bytes = admissionBytes(form.key);
    if (!verifySignature({ publicKey, bytes, signature: form.admission.sig })) {
      throw new RefusedError({ code: 'SIG_INVALID', details: {}, field: 'admission' });
    }
    return this.save(caller, 'member.addKey', record, form, { ...form });
  }

  /** By the member itself or the operator. @throws RefusedError NOT_A_MEMBER, KEY_UNKNOWN, KEY_REVOKED, LAST_KEY */
  async revokeKey(caller: Caller, id: string, form: z.output<typeof RevokeKeyForm>) {
    if (id !== caller.member) await this.requireOperator(caller);
    const record = await this.found(caller, id);
    unwrapAt(decideRevokeKey(record, form.keyId), 'keyId');
    return this.save(caller, 'member.revokeKey', record, form, { member: id, ...form });
  }

  private async requireOperator({ org, member }: Caller): Promise<void> {
    const { operator } = await this.book.get(org, 'Genesis');
    if (operator.id !== member) throw new ProblemError('FORBIDDEN');
  }

  private async found({ org }: Caller, id: string): Promise<MemberRecord> {
    const record = await this.book.find(org, 'Member', id);
    if (record === null) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: 'Member' } });
    return record;
  }

  private async save(
    caller: Caller,
    kind: Extract<OperationKind, `member.${string}`>,
    record: MemberRecord,
    form: Record<string, unknown>,
    input: Record<string, unknown>,
  ) {
    const facts = await this.network.at(caller.org);
    const [contract = '', fn = ''] = kind.split('.');
    const step: StepDraft = {
      contract,
      fn,
      author: authorOf(facts, caller.member, facts.rules.id),
      records: { [recordKey('Member', record.id)]: record },
      known: {},
      input,
    };
    return this.operations.create(caller, {
      kind,
      deadline: null,
      amountFen: 0n,
      summary: {
        counterparty: await this.views.party(caller.org, record.id),
        subject: { type: 'member', id: record.id },
      },
      form,
      steps: [step],
    });
  }
}
