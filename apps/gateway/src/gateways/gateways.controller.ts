import { Controller, Get, Inject } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Public } from '../auth/access';
import { CONFIG, type Config } from '../config/config';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';

class GatewaysDto extends createZodDto(
  z.strictObject({
    items: z.array(
      z.strictObject({
        org: z.string().meta({ description: 'MSP id of the organisation' }),
        url: z.string().nullable().meta({ description: 'Address of its gateway; null: this one serves it' }),
      }),
    ),
  }),
) {}

/** Where people sign in who are not served here: for those who know the address of one gateway only. */
@Controller('gateways')
export class GatewaysController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
  ) {}

  @Get()
  @Public()
  @ZodResponse({
    type: GatewaysDto,
    description: 'Organisations served here, and the gateways of others named to this one',
  })
  list(): GatewaysDto {
    const { orgs } = this.ledgers;
    const others = this.config.gateways.filter(({ msp }) => !orgs.includes(msp));
    return {
      items: [...orgs.map((org) => ({ org, url: null })), ...others.map(({ msp, url }) => ({ org: msp, url }))],
    };
  }
}
