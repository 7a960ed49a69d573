import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { HealthChecks } from '../health/health-checks';
import { Database } from './database';
import { appSource } from './source';

@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [CONFIG],
      useFactory: (config: Config) => appSource(config.databaseUrl, config.databasePool).initialize(),
    },
    Database,
  ],
  exports: [Database],
})
export class DatabaseModule {
  constructor(checks: HealthChecks, database: Database) {
    checks.add('database', async () => {
      await database.source.query('SELECT 1');
    });
  }
}
