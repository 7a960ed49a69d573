import { Controller, Get } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { ProjectionService } from '../projection/projection.service';
import { Reader } from '../read-model/reader.service';
import { PartyShape } from '../read-model/shapes';

const Organisation = z.strictObject({
  msp: z.string(),
  name: z.string(),
  authority: z.boolean(),
  group: z.string().nullable(),
});

/** The network as it stands: time, rules in force, and how far this gateway is behind the ledger. */
class NetworkState extends createZodDto(
  z.strictObject({
    networkId: z.string(),
    channel: z.string(),
    chaincode: z.string(),
    trial: z.boolean(),
    businessDate: z.string(),
    businessNow: z.string(),
    height: z.string(),
    lagBlocks: z.int(),
    ledger: z.enum(['green', 'amber', 'red']),
    rulePack: z.record(z.string(), z.unknown()),
    organisations: z.array(Organisation),
    operator: PartyShape,
    me: PartyShape,
  }),
) {}

/** More blocks behind than this, and people should know. */
const AMBER_LAG = 5;

@Controller('network')
export class NetworkQueriesController {
  constructor(
    private readonly reader: Reader,
    private readonly projection: ProjectionService,
  ) {}

  @Get()
  @Requires()
  @ZodResponse({ type: NetworkState })
  async get(@CurrentCaller() caller: Caller): Promise<NetworkState> {
    const { height, ledgerHeight, halted } = await this.projection.state(caller.org);
    const lag = ledgerHeight === null ? 0 : Number(ledgerHeight - height);
    return this.reader.read(caller, async (view) => {
      const { genesis, now, today, rules } = view.facts;
      const party = await view.parties([caller.member]);
      return {
        networkId: genesis.networkId,
        channel: genesis.channel,
        chaincode: genesis.chaincode,
        trial: genesis.trial,
        businessDate: today,
        businessNow: now,
        height: String(height),
        lagBlocks: Math.max(lag, 0),
        ledger: halted !== null || ledgerHeight === null ? 'red' : lag > AMBER_LAG ? 'amber' : 'green',
        rulePack: rules,
        organisations: genesis.organisations,
        operator: { id: genesis.operator.id, name: genesis.operator.name, nameEn: genesis.operator.nameEn },
        me: party(caller.member),
      };
    });
  }
}
