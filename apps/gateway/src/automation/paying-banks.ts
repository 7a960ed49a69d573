import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { randomHex } from '@tallystick/crypto';
import { CONFIG, type Config } from '../config/config';
import { Book } from '../operations/book';
import type { BankAddress } from '../paying-bank/client';
import type { Behaviour } from '../paying-bank/ledger-of-accounts';
import { startPayingBank, type PayingBank } from '../paying-bank/server';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';
import { serviceKeyOf } from '../submissions/service-keys';

/** Where paying banks are reached: as configured; on trial networks one runs beside the gateway for each bank served. */
@Injectable()
export class PayingBanks implements OnApplicationShutdown {
  private readonly log = new Logger('PayingBanks');
  private readonly addresses = new Map<string, BankAddress>();
  private own: PayingBank | undefined;
  private starting: Promise<void> | undefined;
  /** How the bank beside us errs, in tests. */
  behaviour: Behaviour = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    private readonly book: Book,
  ) {
    for (const { msp, url, token } of config.payingBanks) this.addresses.set(msp, { url, token });
  }

  all(): ReadonlyMap<string, BankAddress> {
    return this.addresses;
  }

  /** Starts the banks of a trial network beside us, once it is founded; a real bank is only ever configured. */
  async ensure(): Promise<void> {
    if (this.own !== undefined) return;
    // Rounds of several organisations ask at the same moment.
    this.starting ??= this.start().finally(() => (this.starting = undefined));
    await this.starting;
  }

  private async start(): Promise<void> {
    const [first] = this.ledgers.orgs;
    const genesis = first === undefined ? null : await this.book.find(first, 'Genesis');
    if (genesis?.trial !== true) return;
    const banks = genesis.organisations.filter(
      ({ msp, authority }) => authority && this.ledgers.orgs.includes(msp) && !this.addresses.has(msp),
    );
    if (banks.length === 0) return;
    const token = randomHex(32);
    const bank = await startPayingBank({
      databaseUrl: this.config.databaseUrl,
      banks: new Map(banks.map(({ msp }) => [msp, serviceKeyOf(this.config.home, msp)])),
      token,
      behaviour: (payment) => this.behaviour(payment),
    });
    this.own = bank;
    for (const { msp } of banks) this.addresses.set(msp, { url: bank.url, token });
    this.log.log(`paying banks of ${banks.map(({ msp }) => msp).join(', ')} at ${bank.url}`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.own?.close();
  }
}
