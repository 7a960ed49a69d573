import type { DynamicModule, Type } from '@nestjs/common';

/** One module per noun of the trade. */
export const NOUNS: (Type | DynamicModule)[] = [];
