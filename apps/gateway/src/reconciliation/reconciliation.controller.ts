import { Controller, Get, Inject, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { CONFIG, type Config } from '../config/config';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { Book } from '../operations/book';
import { WallClock } from '../operations/wall-clock';
import { ProblemError } from '../problem/problem.error';
import { ReconciliationService, type Reconciliation } from '../projection/reconciliation.service';
import { serviceKeyOf } from '../submissions/service-keys';

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

/** Who runs an organisation's node compares its read model with the ledger. Kept in memory: it is a question, not a fact. */
@Controller('reconciliation')
export class ReconciliationController {
  private readonly last = new Map<string, { at: string; found: Reconciliation }>();

  constructor(
    private readonly service: ReconciliationService,
    private readonly book: Book,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: WallClock,
  ) {}

  @Get()
  @Requires()
  @ZodResponse({ type: ReconciliationState })
  async get(@CurrentCaller() caller: Caller): Promise<ReconciliationState> {
    await this.requireHost(caller);
    return this.present(caller.org);
  }

  /** Changes nothing, so that its repetition does no harm. */
  @Post()
  @WithoutIdempotency()
  @Requires('maker', 'checker', 'admin', 'support')
  @ZodResponse({ type: ReconciliationState, status: 201 })
  async run(@CurrentCaller() caller: Caller): Promise<ReconciliationState> {
    await this.requireHost(caller);
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

  /** Whose record names the organisation's service key runs its node; firms that are only hosted there do not. */
  private async requireHost({ org, member }: Caller): Promise<void> {
    const members = await this.book.within(org, 'Member', org);
    const keys = members.find(({ id }) => id === member)?.keys ?? [];
    const own = serviceKeyOf(this.config.home, org).keyId;
    const runsTheNode = keys.some(({ keyId, revokedAt }) => keyId === own && revokedAt === null);
    if (!runsTheNode) throw new ProblemError('NOT_FOUND');
  }
}
