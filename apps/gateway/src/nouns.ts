import type { DynamicModule, Type } from '@nestjs/common';
import { CommandsModule } from './commands.module';
import { GatewaysModule } from './gateways/gateways.module';
import { ProjectionModule } from './projection/projection.module';
import { ReadModelModule } from './read-model/read-model.module';

/** The trade: how blocks become rows, what is asked of them, what is done. Needs `LedgersModule` beside it. */
export const NOUNS: (Type | DynamicModule)[] = [ProjectionModule, CommandsModule, ReadModelModule, GatewaysModule];
