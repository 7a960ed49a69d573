import { commitOwner } from '@tallystick/crypto';
import { decideAccept, decideDecline, decideReportOverdue, decideWithdraw, parseFen } from '@tallystick/domain';
import {
  acceptCertificateOpenings,
  CertificateContext,
  IssueContext,
  type CertificateRecord,
} from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { Call, CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { openTo, partiesOf } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import { certificateView, provenCertificate } from './certificate-view';
import { issueMany } from './issue';

type Opened = z.infer<typeof CertificateContext>;
const named = { certificateOf: ({ certificate }: { certificate: string }): string => certificate };

const ISSUE: CallSpec<'certificate.issueMany', z.infer<typeof IssueContext>> = {
  call: 'certificate.issueMany',
  context: IssueContext,
  authority: 'byAmount',
  kinds: ['CORE'],
  maxInstructions: 50,
};
const ACCEPT: CallSpec<'certificate.accept', Opened> = {
  ...named,
  call: 'certificate.accept',
  context: CertificateContext,
  authority: 'byAmount',
};
const DECLINE: CallSpec<'certificate.decline', Opened> = {
  ...named,
  call: 'certificate.decline',
  context: CertificateContext,
  authority: 'onePerson',
};
const WITHDRAW: CallSpec<'certificate.withdraw', Opened> = {
  ...named,
  call: 'certificate.withdraw',
  context: CertificateContext,
  authority: 'byAmount',
};
const REPORT_OVERDUE: CallSpec<'certificate.reportOverdue', NoContext> = {
  ...named,
  call: 'certificate.reportOverdue',
  context: NoContext,
  authority: 'anyKey',
};

/** The debtor's promise 主凭证: issued, accepted or refused, and reported when it is not kept. */
export class CertificateContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('certificate', wallClock);
  }

  /** Issues up to fifty certificates under one line; see {@link issueMany}. */
  issueMany(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ISSUE, issueMany);
  }

  /** The first creditor accepts 签收: the first holding is the whole interval. */
  accept(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ACCEPT, accept);
  }

  /** The first creditor declines 拒收. */
  decline(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, DECLINE, decline);
  }

  /** The issuer withdraws 撤回 before acceptance. */
  withdraw(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, WITHDRAW, withdraw);
  }

  /** Anyone puts an overdue certificate on its issuer's record. */
  reportOverdue(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, REPORT_OVERDUE, reportOverdue);
  }
}

async function accept(call: Call<'certificate.accept', Opened>): Promise<Effects> {
  const { state, member, body, secret, context, signed, now } = call;
  const record = provenCertificate(call.certificate, call.context.certificate);
  const { terms } = context.certificate;
  const { id, lo, hi, host, acceptBy } = record.public;
  const parties = partiesOf(record, host);
  const status = allowed(
    decideAccept(certificateView(record), { caller: member.id, entitled: terms.firstCreditor }, now),
  );
  // Its line was given back as lapsed, by a transaction whose client's clock ran minutes ahead of this one's.
  if (record.released !== null) throw new Refused('WINDOW_OVER', { until: acceptBy });
  if (body.holding !== call.newId(0)) throw new Refused('BAD_INPUT', { field: 'holding' });
  const owner = commitOwner({ holdingId: body.holding, memberId: member.id, salt: secret.ownerSalt });
  provenOpening(owner === body.owner, 'Holding', body.holding);

  await state.update('Certificate', [id], { ...record, status });
  const holding = {
    schema: 1 as const,
    id: body.holding,
    certificate: id,
    parent: null,
    lo,
    hi,
    owner,
    host,
    depth: 0,
    status: 'live' as const,
    lock: null,
    paid: null,
    madeBy: call.key,
    spentBy: null,
  };
  await state.create('Holding', [holding.id], holding, valuePolicy(parties));
  const { holdings } = acceptCertificateOpenings(signed, context.certificate);
  return {
    ids: [holding.id],
    openings: openTo(parties, { certificates: [context.certificate], holdings }),
    amountsFen: [parseFen(terms.faceFen)],
  };
}

async function decline(call: Call<'certificate.decline', Opened>): Promise<Effects> {
  const record = provenCertificate(call.certificate, call.context.certificate);
  const actor = { caller: call.member.id, entitled: call.context.certificate.terms.firstCreditor };
  return end(call, record, allowed(decideDecline(certificateView(record), actor, call.now)));
}

async function withdraw(call: Call<'certificate.withdraw', Opened>): Promise<Effects> {
  const record = provenCertificate(call.certificate, call.context.certificate);
  const actor = { caller: call.member.id, entitled: record.public.issuer };
  return end(call, record, allowed(decideWithdraw(certificateView(record), actor, call.now)));
}

/** Line and invoices are given back by the issuer's own `line.release`. */
async function end<N extends 'certificate.decline' | 'certificate.withdraw'>(
  { state, context }: Call<N, Opened>,
  record: CertificateRecord,
  status: CertificateRecord['status'],
): Promise<Effects> {
  const parties = partiesOf(record, record.public.host);
  await state.update('Certificate', [record.public.id], { ...record, status });
  return {
    ids: [record.public.id],
    openings: openTo(parties, { certificates: [context.certificate] }),
    amountsFen: [parseFen(context.certificate.terms.faceFen)],
  };
}

const MAX_ON_RECORD = 200;

async function reportOverdue(call: Call<'certificate.reportOverdue', NoContext>): Promise<Effects> {
  const { state, certificate, now, rules } = call;
  if (certificate === null) throw new Error('the call names no certificate');
  const { id, issuer } = certificate.public;
  const standing = await state.find('Standing', issuer);
  const present = standing?.overdue ?? [];
  const reported = allowed(decideReportOverdue({ overdue: present }, id, certificateView(certificate), now, rules));
  const overdue = await withoutPaid(call, reported);
  const record = { schema: 1 as const, issuer, overdue: overdue.slice(-MAX_ON_RECORD) };
  if (standing === null) await state.create('Standing', [issuer], record, 'chaincode');
  else await state.update('Standing', [issuer], record);
  return { ids: [id] };
}

/** Those paid in full since no longer count and make room. */
async function withoutPaid({ state }: Call<'certificate.reportOverdue', NoContext>, ids: string[]): Promise<string[]> {
  const unpaid: string[] = [];
  for (const id of ids) if (!(await state.get('Certificate', id)).paidInFull) unpaid.push(id);
  return unpaid;
}
