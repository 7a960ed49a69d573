import { HoldingContext, TransferContext } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import { LedgerContract } from '../contract/ledger-contract';
import { acceptTransfer, declineTransfer, withdrawTransfer } from './answer-offer';
import { offer } from './offer';

type Answered = z.infer<typeof TransferContext>;
const ofItsCertificate = {
  context: TransferContext,
  certificateOf: (_body: unknown, { certificate }: Answered): string => certificate.certificate,
};

const OFFER: CallSpec<'transfer.offer', z.infer<typeof HoldingContext>> = {
  call: 'transfer.offer',
  context: HoldingContext,
  authority: 'byAmount',
  certificateOf: ({ certificate }) => certificate,
};
const ACCEPT: CallSpec<'transfer.accept', Answered> = {
  ...ofItsCertificate,
  call: 'transfer.accept',
  authority: 'byAmount',
};
const DECLINE: CallSpec<'transfer.decline', Answered> = {
  ...ofItsCertificate,
  call: 'transfer.decline',
  authority: 'onePerson',
};
const WITHDRAW: CallSpec<'transfer.withdraw', Answered> = {
  ...ofItsCertificate,
  call: 'transfer.withdraw',
  authority: 'onePerson',
};

/** Holdings pass from hand to hand 流转: offered, which cuts and locks, and accepted by the receiver. */
export class TransferContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('transfer', wallClock);
  }

  /** The owner offers pieces of a holding to one or several receivers; see {@link offer}. */
  offer(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, OFFER, offer);
  }

  /** A receiver accepts 签收. */
  accept(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ACCEPT, acceptTransfer);
  }

  /** A receiver declines 拒收. */
  decline(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, DECLINE, declineTransfer);
  }

  /** The sender takes an offer back 撤回. */
  withdraw(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, WITHDRAW, withdrawTransfer);
  }
}
