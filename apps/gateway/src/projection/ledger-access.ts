import { Module, type DynamicModule } from '@nestjs/common';
import type { Ledger, LedgerNetwork } from '@tallystick/ledger';

/** Inject with `@Inject(LEDGERS)`: the ledger as the organisations served by this gateway see it. */
export const LEDGERS = Symbol('Ledgers');

/** The organisations that a gateway serves, each with its view of the ledger. One in production; all of them in a trial. */
export class Ledgers {
  constructor(
    private readonly network: Pick<LedgerNetwork, 'ledgerFor'>,
    readonly orgs: readonly string[],
  ) {}

  /** @throws Error for an organisation that this gateway does not serve */
  of(org: string): Ledger {
    if (!this.orgs.includes(org)) throw new Error(`this gateway does not serve ${org}`);
    return this.network.ledgerFor(org);
  }
}

/** Provides `LEDGERS` to every module of a gateway. */
@Module({})
export class LedgersModule {
  static of(ledgers: Ledgers): DynamicModule {
    return {
      module: LedgersModule,
      global: true,
      providers: [{ provide: LEDGERS, useValue: ledgers }],
      exports: [LEDGERS],
    };
  }
}
