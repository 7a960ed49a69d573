import { Controller, Get, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { NetworkFacts } from '../operations/network-facts';
import { WallClock } from '../operations/wall-clock';
import { ProblemError } from '../problem/problem.error';
import { ReconciliationService, type Reconciliation } from '../projection/reconciliation.service';

const MOST_DIFFERENCES = 1_000;

class ReconciliationState extends createZodDto(
  z.strictObject({
    at: z.string().nullable(),
    org: z.string(),
    height: z.string(),
    records: z.int(),
    openings: z.int(),
    sights: z.int(),
    differences: z.array(z.strictObject({ ref: z.string(), what: z.string() })).max(MOST_DIFFERENCES),
  }),
) {}

const NOT_YET = { height: 0n, records: 0, openings: 0, sights: 0, differences: [] };

/** The operator compares the read model of its organisation with the ledger. Kept in memory: it is a question, not a fact. */
@Controller('reconciliation')
export class ReconciliationController {
  private readonly last = new Map<string, { at: string; found: Reconciliation }>();

  constructor(
    private readonly service: ReconciliationService,
    private readonly network: NetworkFacts,
    private readonly clock: WallClock,
  ) {}

  @Get()
  @Requires()
  @ZodResponse({ type: ReconciliationState })
  async get(@CurrentCaller() caller: Caller): Promise<ReconciliationState> {
    await this.requireOperator(caller);
    return this.present(caller.org);
  }

  /** Changes nothing, so that its repetition does no harm. */
  @Post()
  @WithoutIdempotency()
  @Requires('maker', 'checker', 'admin', 'support')
  @ZodResponse({ type: ReconciliationState, status: 201 })
  async run(@CurrentCaller() caller: Caller): Promise<ReconciliationState> {
    await this.requireOperator(caller);
    this.last.set(caller.org, { at: this.clock.now().toISOString(), found: await this.service.reconcile(caller.org) });
    return this.present(caller.org);
  }

  private present(org: string): ReconciliationState {
    const last = this.last.get(org);
    const { height, records, openings, sights, differences } = last?.found ?? NOT_YET;
    return {
      at: last?.at ?? null,
      org,
      height: String(height),
      records,
      openings,
      sights,
      differences: differences.slice(0, MOST_DIFFERENCES),
    };
  }

  private async requireOperator({ org, member }: Caller): Promise<void> {
    const { genesis } = await this.network.at(org);
    if (genesis.operator.id !== member) throw new ProblemError('NOT_FOUND');
  }
}
