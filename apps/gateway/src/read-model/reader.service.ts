import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller';
import { Database } from '../database/database';
import { BusinessClock } from '../operations/business-clock';
import { NetworkFacts } from '../operations/network-facts';
import { View } from './view';

/** Opens the caller's view of the ledger: every query controller reads through it. */
@Injectable()
export class Reader {
  constructor(
    private readonly database: Database,
    private readonly network: NetworkFacts,
    private readonly clock: BusinessClock,
  ) {}

  async read<T>(caller: Caller, work: (view: View) => Promise<T>): Promise<T> {
    const facts = await this.network.at(caller.org);
    const business = await this.clock.of(caller.org, facts.offsetMs);
    return this.database.withMember(caller, (manager) =>
      work(new View(manager, caller, facts, (id) => this.network.pinned(caller.org, facts, id), business)),
    );
  }
}
