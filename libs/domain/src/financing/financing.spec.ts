import { endOfDay } from '../calendar';
import { blackoutFrom } from '../certificate';
import { sizeFen, type HoldingContext, type HoldingView } from '../holding';
import type { RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { testRules } from '../rule-pack/rule-pack.testing';
import {
  agreementDeadline,
  decideApprove,
  decideReject,
  decideSign,
  financingLockHolds,
  financingLockUntil,
  type AgreementView,
} from './agreement';
import { decideApply, decideInvite, decideWithdrawApplication, type ApplyCommand, type FinancingView } from './apply';
import { decideDisburse, decideFailDisbursement, type DisburseContext } from './disburse';
import { agreedOrder, amountFen, at, certificate, holding, holdingContext, now, openOrder } from './financing.testing';

describe('applying', () => {
  const command: ApplyCommand = { caller: 'supplier', amountFen: 5_000_000n, openUntil: at('2026-01-20') };

  it('cuts the piece off', () => {
    expect(expectAccepted(decideApply(holding, command, holdingContext))).toEqual({
      pieces: [{ lo: 0n, hi: 5_000_000n }],
      remainder: { lo: 5_000_000n, hi: amountFen },
    });
  });

  it('may stay open until the blackout begins', () => {
    expectAccepted(
      decideApply(holding, { ...command, openUntil: blackoutFrom(certificate.dueDate, testRules) }, holdingContext),
    );
  });

  it.each<[string, Partial<HoldingView>, Partial<ApplyCommand>, Partial<HoldingContext>, RefusalCode]>([
    ['by another than the owner', {}, { caller: 'other' }, {}, 'NOT_OWNER'],
    ['with a spent holding', { status: 'redeemed' }, {}, {}, 'HOLDING_ALREADY_SPENT'],
    ['with a holding paid in full', { paidFen: sizeFen(holding) }, {}, {}, 'HOLDING_ALREADY_SPENT'],
    ['with a part-paid holding', { paidFen: 1n }, {}, {}, 'CERTIFICATE_STATE'],
    ['with a locked holding', { lock: { order: 'o', until: null } }, {}, {}, 'HOLDING_LOCKED'],
    [
      'with a certificate not accepted',
      {},
      {},
      { certificate: { ...certificate, status: 'offered' } },
      'CERTIFICATE_STATE',
    ],
    ['while it is paid out', {}, {}, { certificate: { ...certificate, settling: true } }, 'CERTIFICATE_SETTLING'],
    ['in the blackout', {}, {}, { now: at('2026-06-29') }, 'IN_BLACKOUT'],
    ['when it is overdue', {}, {}, { now: at('2026-07-01') }, 'CERTIFICATE_STATE'],
    ['after ten changes of owner', { depth: 10 }, {}, {}, 'DEPTH_EXCEEDED'],
    ['for more than there is', {}, { amountFen: amountFen + 1n }, {}, 'AMOUNT_EXCEEDS_HOLDING'],
    ['when it would be over', {}, { openUntil: now }, {}, 'ORDER_OVER'],
    ['into the blackout', {}, { openUntil: at('2026-06-26') }, {}, 'BAD_INPUT'],
  ])('is refused %s', (_, holdingChange, commandChange, contextChange, code) => {
    const outcome = decideApply(
      { ...holding, ...holdingChange },
      { ...command, ...commandChange },
      { ...holdingContext, ...contextChange },
    );
    expectRefusal(outcome, code);
  });
});

describe('inviting', () => {
  const bank = { id: 'bank', kinds: ['BANK' as const], status: 'active' as const };

  it('asks an active bank while the application is open', () => {
    expectAccepted(decideInvite(openOrder, 'supplier', bank, now));
    expectRefusal(decideInvite(openOrder, 'other', bank, now), 'NOT_OWNER');
    expectRefusal(decideInvite(agreedOrder, 'supplier', bank, now), 'ORDER_STATE');
    expectRefusal(decideInvite(openOrder, 'supplier', bank, openOrder.openUntil), 'ORDER_OVER');
    expectRefusal(decideInvite(openOrder, 'supplier', { ...bank, id: 'supplier' }, now), 'RECEIVER_IS_OWNER');
    expectRefusal(decideInvite(openOrder, 'supplier', { ...bank, status: 'suspended' }, now), 'MEMBER_SUSPENDED');
    expectRefusal(decideInvite(openOrder, 'supplier', { ...bank, kinds: ['SUPPLIER'] }, now), 'MEMBER_KIND');
  });
});

const checklist = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
const approved: AgreementView = { state: 'approved', validUntil: at('2026-02-01') };
const signed: AgreementView = { ...approved, state: 'signed' };
const decideBy = agreedOrder.decideBy ?? '';

describe('approving', () => {
  const command = { caller: 'bank', checklist, validUntil: approved.validUntil };
  const terms = { dueDate: certificate.dueDate, now, rules: testRules };

  it('is the chosen bank’s, with every item checked', () => {
    expect(expectAccepted(decideApprove(agreedOrder, null, command, terms))).toBe('approved');
  });

  it.each<[string, Partial<FinancingView>, AgreementView | null, Partial<typeof command>, string, RefusalCode]>([
    ['by another bank', {}, null, { caller: 'other' }, now, 'NOT_INVITED'],
    ['before it is chosen', { state: 'open' }, null, {}, now, 'ORDER_STATE'],
    ['too late', {}, null, {}, decideBy, 'DECIDE_BY_PASSED'],
    ['twice', {}, approved, {}, now, 'RECORD_EXISTS'],
    ['for a time that is over', {}, null, { validUntil: now }, now, 'AGREEMENT_OVER'],
    ...(['documents', 'occupancy', 'fingerprint', 'limits', 'registrySearch'] as const).map(
      (item): [string, object, null, object, string, RefusalCode] => [
        `without ${item}`,
        {},
        null,
        { checklist: { ...checklist, [item]: false } },
        now,
        'CHECKLIST_INCOMPLETE',
      ],
    ),
  ])('is refused %s', (_, order, agreement, change, moment, code) => {
    const outcome = decideApprove(
      { ...agreedOrder, ...order },
      agreement,
      { ...command, ...change },
      { ...terms, now: moment },
    );
    expectRefusal(outcome, code);
  });

  it('is for no longer than interest runs', () => {
    const until = (validUntil: string, dueDate: string) =>
      decideApprove(agreedOrder, null, { ...command, validUntil }, { ...terms, dueDate });
    expectAccepted(until(endOfDay('2026-06-30'), '2026-06-30'));
    expectRefusal(until(at('2026-06-30', '16:01'), '2026-06-30'), 'BAD_INPUT');
    // A Saturday, paid on the Monday.
    expect(agreementDeadline('2026-06-27', testRules)).toBe(endOfDay('2026-06-29'));
  });
});

describe('signing', () => {
  const owner = { caller: 'supplier', as: 'owner' as const };
  const bank = { caller: 'bank', as: 'bank' as const };

  it('T35: the owner signs first, the bank second, each once', () => {
    expectRefusal(decideSign(agreedOrder, approved, bank, now), 'SIGNING_OUT_OF_ORDER');
    const state = expectAccepted(decideSign(agreedOrder, approved, owner, now));
    expect(state).toBe('ownerSigned');
    expectRefusal(decideSign(agreedOrder, { ...approved, state }, owner, now), 'SIGNING_OUT_OF_ORDER');
    expect(expectAccepted(decideSign(agreedOrder, { ...approved, state }, bank, now))).toBe('signed');
    expectRefusal(decideSign(agreedOrder, signed, bank, now), 'SIGNING_OUT_OF_ORDER');
  });

  it('is nobody else’s, and ends with the time to decide', () => {
    expectRefusal(decideSign(agreedOrder, approved, { ...owner, caller: 'bank' }, now), 'NOT_OWNER');
    expectRefusal(
      decideSign(agreedOrder, { ...approved, state: 'ownerSigned' }, { ...bank, caller: 'supplier' }, now),
      'NOT_INVITED',
    );
    expectRefusal(decideSign(agreedOrder, approved, owner, decideBy), 'DECIDE_BY_PASSED');
    expectRefusal(decideSign({ ...agreedOrder, state: 'ended' }, approved, owner, now), 'ORDER_STATE');
  });
});

describe('disbursing', () => {
  const clearingBank = { id: 'clearing', kinds: ['BANK' as const], status: 'active' as const };
  const payee = { id: 'supplier', kinds: ['SUPPLIER' as const], status: 'active' as const };
  const receipt = { by: clearingBank, order: 'order', net: 'net' };
  const context: DisburseContext = {
    caller: 'bank',
    orderId: 'order',
    net: 'net',
    agreement: signed,
    receipt,
    piece: holding,
    certificateSettling: false,
    now,
    rules: testRules,
  };

  it('moves the piece against another bank’s receipt or the payee’s own', () => {
    expect(expectAccepted(decideDisburse(agreedOrder, context))).toEqual({ state: 'funded', depth: 2 });
    expectAccepted(decideDisburse(agreedOrder, { ...context, receipt: { ...receipt, by: payee } }));
  });

  it.each<[string, Partial<FinancingView>, Partial<DisburseContext>, RefusalCode]>([
    ['by another bank', {}, { caller: 'clearing' }, 'NOT_INVITED'],
    ['twice', { state: 'funded' }, {}, 'ORDER_STATE'],
    ['without an agreement', {}, { agreement: null }, 'SIGNING_OUT_OF_ORDER'],
    ['before the bank signed', {}, { agreement: { ...signed, state: 'ownerSigned' } }, 'SIGNING_OUT_OF_ORDER'],
    ['after the agreement', {}, { now: signed.validUntil }, 'AGREEMENT_OVER'],
    ['without a receipt', {}, { receipt: null }, 'RECEIPT_REQUIRED'],
    [
      'on the financier’s own word',
      {},
      { receipt: { ...receipt, by: { ...clearingBank, id: 'bank' } } },
      'RECEIPT_NOT_INDEPENDENT',
    ],
    ['on a receipt for another order', {}, { receipt: { ...receipt, order: 'x' } }, 'RECEIPT_MISMATCH'],
    ['on a receipt for another amount', {}, { receipt: { ...receipt, net: 'x' } }, 'RECEIPT_MISMATCH'],
    ['on a stranger’s receipt', {}, { receipt: { ...receipt, by: { ...payee, id: 'x' } } }, 'MEMBER_KIND'],
    [
      'on a suspended bank’s receipt',
      {},
      { receipt: { ...receipt, by: { ...clearingBank, status: 'suspended' } } },
      'MEMBER_SUSPENDED',
    ],
    ['of a spent piece', {}, { piece: { ...holding, status: 'consumed' } }, 'HOLDING_ALREADY_SPENT'],
    ['of a piece paid in full', {}, { piece: { ...holding, paidFen: sizeFen(holding) } }, 'HOLDING_ALREADY_SPENT'],
    ['while it is paid out', {}, { certificateSettling: true }, 'CERTIFICATE_SETTLING'],
    ['beyond the depth', {}, { piece: { ...holding, depth: 10 } }, 'DEPTH_EXCEEDED'],
  ])('is refused %s', (_, order, change, code) => {
    expectRefusal(decideDisburse({ ...agreedOrder, ...order }, { ...context, ...change }), code);
  });
});

describe('the end of an order (T36, I9)', () => {
  it('comes by the owner before, by the bank after a quote is chosen', () => {
    expect(expectAccepted(decideWithdrawApplication(openOrder, 'supplier'))).toBe('ended');
    expectRefusal(decideWithdrawApplication(openOrder, 'bank'), 'NOT_OWNER');
    expectRefusal(decideWithdrawApplication(agreedOrder, 'supplier'), 'ORDER_STATE');
    expect(expectAccepted(decideReject(agreedOrder, approved, 'bank'))).toBe('ended');
    expectRefusal(decideReject(agreedOrder, approved, 'other'), 'NOT_INVITED');
    expectRefusal(decideReject(agreedOrder, signed, 'bank'), 'SIGNING_OUT_OF_ORDER');
    expectRefusal(decideReject({ ...agreedOrder, state: 'funded' }, null, 'bank'), 'ORDER_STATE');
  });

  it('comes by both when the payment came back', () => {
    expect(expectAccepted(decideFailDisbursement(agreedOrder, ['supplier', 'bank']))).toBe('ended');
    expectRefusal(decideFailDisbursement(agreedOrder, ['bank']), 'NOT_OWNER');
    expectRefusal(decideFailDisbursement(agreedOrder, ['supplier']), 'NOT_INVITED');
    expectRefusal(decideFailDisbursement({ ...openOrder, bank: 'bank' }, ['supplier', 'bank']), 'ORDER_STATE');
    expectRefusal(decideFailDisbursement(openOrder, ['supplier', 'bank']), 'NOT_INVITED');
  });

  it('frees the piece, as does the passing of time: once both have signed, when it can be disbursed no more', () => {
    expect(financingLockHolds(openOrder, null, now)).toBe(true);
    expect(financingLockHolds(openOrder, null, openOrder.openUntil)).toBe(false);
    expect(financingLockHolds(agreedOrder, null, now)).toBe(true);
    expect(financingLockHolds(agreedOrder, approved, now)).toBe(true);
    expect(financingLockHolds(agreedOrder, { ...approved, state: 'ownerSigned' }, decideBy)).toBe(false);
    expect(financingLockHolds(agreedOrder, signed, decideBy)).toBe(true);
    expect(financingLockHolds(agreedOrder, signed, at('2026-01-31'))).toBe(true);
    expect(financingLockHolds(agreedOrder, signed, signed.validUntil)).toBe(false);
    expect(financingLockHolds({ ...agreedOrder, state: 'ended' }, signed, now)).toBe(false);
    expect(financingLockHolds({ ...agreedOrder, state: 'funded' }, signed, now)).toBe(false);
  });

  it('is known in advance when it comes by itself', () => {
    expect(financingLockUntil(openOrder, null)).toBe(openOrder.openUntil);
    expect(financingLockUntil(agreedOrder, approved)).toBe(decideBy);
    expect(financingLockUntil(agreedOrder, signed)).toBe(signed.validUntil);
    expect(financingLockUntil({ ...agreedOrder, state: 'ended' }, signed)).toBeNull();
  });
});
