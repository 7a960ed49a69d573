import {
  AgreementContext,
  FinancierContext,
  HoldingContext,
  InvitationContext,
  InviteContext,
} from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import { LedgerContract } from '../contract/ledger-contract';
import { approve, reject, sign } from './agreement';
import { apply, withdrawApplication } from './apply';
import { disburse, fail } from './disburse';
import { invite, refuseInvitation } from './invitation';
import { acceptQuote, quote, withdrawQuote } from './quote';

type Held = z.infer<typeof HoldingContext>;
type Invited = z.infer<typeof InvitationContext>;
type Agreed = z.infer<typeof AgreementContext>;
type Financed = z.infer<typeof FinancierContext>;

const certificateOf = (_body: unknown, { certificate }: Held): string => certificate.certificate;
const owners = { context: HoldingContext, certificateOf };
const invited = { context: InvitationContext, certificateOf, kinds: ['BANK'] as const };
const agreed = { context: AgreementContext, certificateOf };
const financiers = { context: FinancierContext, certificateOf };

const APPLY: CallSpec<'financing.apply', Held> = {
  call: 'financing.apply',
  context: HoldingContext,
  authority: 'byAmount',
  certificateOf: ({ certificate }) => certificate,
};
const INVITE: CallSpec<'financing.invite', z.infer<typeof InviteContext>> = {
  call: 'financing.invite',
  context: InviteContext,
  authority: 'onePerson',
  certificateOf,
};
const ACCEPT_QUOTE: CallSpec<'financing.acceptQuote', Held> = {
  ...owners,
  call: 'financing.acceptQuote',
  authority: 'byAmount',
};
const WITHDRAW: CallSpec<'financing.withdraw', Held> = {
  ...owners,
  call: 'financing.withdraw',
  authority: 'onePerson',
};
const QUOTE: CallSpec<'financing.quote', Invited> = { ...invited, call: 'financing.quote', authority: 'byAmount' };
const WITHDRAW_QUOTE: CallSpec<'financing.withdrawQuote', Invited> = {
  ...invited,
  call: 'financing.withdrawQuote',
  authority: 'onePerson',
};
const REFUSE: CallSpec<'financing.refuse', Invited> = { ...invited, call: 'financing.refuse', authority: 'onePerson' };
const APPROVE: CallSpec<'financing.approve', Agreed> = {
  ...agreed,
  call: 'financing.approve',
  authority: 'approval',
  kinds: ['BANK'],
};
const SIGN: CallSpec<'financing.sign', Agreed> = { ...agreed, call: 'financing.sign', authority: 'byAmount' };
const REJECT: CallSpec<'financing.reject', Financed> = {
  ...financiers,
  call: 'financing.reject',
  authority: 'onePerson',
};
const DISBURSE: CallSpec<'financing.disburse', Financed, 'financing.receipt'> = {
  ...financiers,
  call: 'financing.disburse',
  authority: 'byAmount',
  kinds: ['BANK'],
  companion: { call: 'financing.receipt', authority: 'receipt' },
};
const FAIL: CallSpec<'financing.fail', Financed> = {
  ...financiers,
  call: 'financing.fail',
  authority: 'byAmount',
  maxInstructions: 2,
};

/** A holding becomes cash 融资: banks quote in secret, one is chosen, both sign in order, and piece and payment change hands together. */
export class FinancingContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('financing', wallClock);
  }

  /** The owner asks for cash: cuts and locks; see {@link apply}. */
  apply(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, APPLY, apply);
  }

  /** The owner shows its application to one bank. */
  invite(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, INVITE, invite);
  }

  /** An invited bank names its price. */
  quote(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, QUOTE, quote);
  }

  /** A bank takes its price back. */
  withdrawQuote(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, WITHDRAW_QUOTE, withdrawQuote);
  }

  /** An invited bank will not quote. */
  refuse(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, REFUSE, refuseInvitation);
  }

  /** The owner chooses one quote. */
  acceptQuote(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ACCEPT_QUOTE, acceptQuote);
  }

  /** The chosen bank approves, three people strong. */
  approve(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, APPROVE, approve);
  }

  /** Owner, then bank, sign the agreement. */
  sign(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, SIGN, sign);
  }

  /** The piece becomes the bank's against a receipt; see {@link disburse}. */
  disburse(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, DISBURSE, disburse);
  }

  /** The owner takes its application back. */
  withdraw(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, WITHDRAW, withdrawApplication);
  }

  /** The chosen bank rejects. */
  reject(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, REJECT, reject);
  }

  /** Owner and bank give up what was signed but not paid. */
  fail(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, FAIL, fail);
  }
}
