import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { ZodSerializerInterceptor } from 'nestjs-zod';
import { AuthModule } from './auth/auth.module';
import { CONFIG, type Config } from './config/config';
import { DatabaseModule } from './database/database.module';
import { EventsModule } from './events/events.module';
import { HealthModule } from './health/health.module';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor';
import { JobsModule } from './jobs/jobs.module';
import { logging } from './logging/logging';
import { MetricsModule } from './metrics/metrics.module';
import { NOUNS } from './nouns';
import { ProblemFilter } from './problem/problem.filter';
import { ValidationPipe } from './problem/validation.pipe';

@Module({})
export class AppModule {
  /** @param more modules of tests */
  static of(config: Config, more: (Type | DynamicModule)[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        configured(config),
        LoggerModule.forRoot(logging(config)),
        HealthModule,
        MetricsModule,
        DatabaseModule,
        JobsModule,
        EventsModule,
        AuthModule,
        ...NOUNS,
        ...more,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ValidationPipe },
        // The outer one first: what is kept for repetitions is the answer as it was sent.
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
      ],
    };
  }
}

class ConfigModule {}

function configured(config: Config): DynamicModule {
  return { module: ConfigModule, global: true, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
}
