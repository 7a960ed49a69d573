import { AllocateContext, CertificateContext, SettlementContext } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { allocate } from './allocate';
import { close, credited } from './credit';
import { funds, prepare } from './funds';

type Opened = z.infer<typeof CertificateContext>;
const certificateOf = ({ certificate }: { certificate: string }): string => certificate;
/** The paying bank's acts are its service's: money has moved, the ledger is told. */
const ofPayingBank = { authority: 'service', kinds: ['BANK'] } as const;

const PREPARE: CallSpec<'settlement.prepare', Opened> = {
  call: 'settlement.prepare',
  context: CertificateContext,
  authority: 'byAmount',
  certificateOf,
};
const FUNDS: CallSpec<'settlement.funds', z.infer<typeof SettlementContext>> = {
  ...ofPayingBank,
  call: 'settlement.funds',
  context: SettlementContext,
  certificateOf,
};
const ALLOCATE: CallSpec<'settlement.allocate', z.infer<typeof AllocateContext>> = {
  ...ofPayingBank,
  call: 'settlement.allocate',
  context: AllocateContext,
  certificateOf,
};
const CREDITED: CallSpec<'settlement.credited', NoContext> = {
  ...ofPayingBank,
  call: 'settlement.credited',
  context: NoContext,
};
const CLOSE: CallSpec<'settlement.close', Opened> = {
  ...ofPayingBank,
  call: 'settlement.close',
  context: CertificateContext,
  certificateOf,
};

/** The promise is paid 兑付: prepared by the issuer, received, shared and credited by the paying bank. */
export class SettlementContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('settlement', wallClock);
  }

  /** The issuer says what it means to pay. */
  prepare(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, PREPARE, prepare);
  }

  /** Money came in; see {@link funds}. */
  funds(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, FUNDS, funds);
  }

  /** One page of holders' shares; see {@link allocate}. */
  allocate(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ALLOCATE, allocate);
  }

  /** Payouts reached their holders, or came back. */
  credited(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, CREDITED, credited);
  }

  /** All is credited. */
  close(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, CLOSE, close);
  }
}
