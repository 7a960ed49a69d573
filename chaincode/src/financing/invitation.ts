import { commitOwner, hashTerms } from '@tallystick/crypto';
import { decideInvite, sizeFen } from '@tallystick/domain';
import {
  inviteOpenings,
  verifyInvitationOpening,
  type InviteContext,
  type InvitationContext,
  type InvitationRecord,
  noOpenings,
  type Openings,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import type { HoldingCall } from '../holding/proven-holding';
import { requireApplied, requireOrigin } from '../instruction/behind';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { allOfPolicy } from '../state/key-policy';
import { provenFinancing, type ProvenFinancing } from './proven-financing';

type Invited = z.infer<typeof InvitationContext>;

/** What owner's host and bank may keep: nobody else learns whom the owner asked, and at what price. */
export function openToDeal(
  { ownerHost, bankHost }: { ownerHost: string; bankHost: string },
  openings: Partial<Openings>,
): Record<string, Openings> {
  return Object.fromEntries([ownerHost, bankHost].map((msp) => [msp, { ...noOpenings(), ...openings }]));
}

/**
 * `financing.invite`: shows the application to one bank, with what proves the piece; whom else the owner asks stays unknown to it.
 * @throws Refused as `decideInvite`; NOT_A_MEMBER, BAD_INPUT, OPENING_MISMATCH
 */
export async function invite(call: Call<'financing.invite', z.infer<typeof InviteContext>>): Promise<Effects> {
  const { state, body, secret, member, now, genesis, context, signed } = call;
  const { order, piece, view } = await provenFinancing(call, body.order);
  const bank = call.activeMember(secret.bank);
  allowed(decideInvite(view, member.id, bank, now));
  requireNamed('instruction.body.invitation', body.invitation, call.newId(0));
  requireNamed('instruction.body.bankHost', body.bankHost, bank.host);
  const named = commitOwner({ holdingId: body.invitation, memberId: bank.id, salt: secret.bankSalt });
  provenOpening(named === body.bank, 'Invitation', body.invitation);
  const { application, applicationSalt } = secret;
  const asked = hashTerms(applicationSalt, application) === order.application;
  const truly = application.applicant === member.id && application.amountFen === String(sizeFen(piece.view));
  provenOpening(asked && truly, 'Order', order.id);

  await requireApplied(state, context.behind);
  requireOrigin(context.behind, piece.record, piece.certificate);

  const record: InvitationRecord = {
    schema: 1,
    id: body.invitation,
    order: order.id,
    ownerHost: order.ownerHost,
    bankHost: bank.host,
    bank: body.bank,
    state: 'open',
  };
  await state.create('Invitation', [record.id], record, allOfPolicy(genesis, record.ownerHost, record.bankHost));
  return {
    ids: [record.id],
    openings: openToDeal(record, {
      certificates: [context.certificate],
      holdings: [context.holding],
      ...inviteOpenings(signed),
    }),
    behind: [{ instruction: signed.instruction, signatures: signed.signatures }, ...context.behind],
  };
}

/** An invitation and its order, proven by the openings of the call's context. */
export interface ProvenInvitation extends ProvenFinancing {
  invitation: InvitationRecord;
  /** The invited bank. */
  bank: string;
}

/**
 * The invitation `id` of the call's context with its order and piece. `view.bank` is the invited bank once its quote was accepted.
 * @throws Refused RECORD_NOT_FOUND, OPENING_MISMATCH
 */
export async function provenInvitation(
  call: HoldingCall & { context: Pick<Invited, 'invitation'> },
  id: string,
): Promise<ProvenInvitation> {
  const opening = call.context.invitation;
  const invitation = await call.state.get('Invitation', id);
  const financing = await provenFinancing(call, invitation.order);
  provenOpening(verifyInvitationOpening(invitation, financing.order, opening), 'Invitation', id);
  const { quote } = financing.order;
  const accepted = quote === null ? null : await call.state.get('Quote', quote);
  const bank = accepted?.invitation === id ? opening.bank : null;
  return { ...financing, invitation, bank: opening.bank, view: { ...financing.view, bank } };
}

/** `financing.refuse`: an invited bank will not quote. @throws Refused NOT_INVITED, ORDER_STATE */
export async function refuseInvitation(call: Call<'financing.refuse', Invited>): Promise<Effects> {
  const { state, body, member, context } = call;
  const { invitation, bank } = await provenInvitation(call, body.invitation);
  if (bank !== member.id) throw new Refused('NOT_INVITED');
  if (invitation.state !== 'open') throw new Refused('ORDER_STATE', { state: invitation.state });
  await state.update('Invitation', [invitation.id], { ...invitation, state: 'refused' });
  return { ids: [invitation.id], openings: openToDeal(invitation, { invitations: [context.invitation] }) };
}
