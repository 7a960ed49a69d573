import { Global, Module } from '@nestjs/common';
import { Alarms } from './alarms';
import { ProjectionService } from './projection.service';
import { ReconciliationService } from './reconciliation.service';

/** Needs a global provider of `LEDGERS`. */
@Global()
@Module({
  providers: [Alarms, ProjectionService, ReconciliationService],
  exports: [Alarms, ProjectionService, ReconciliationService],
})
export class ProjectionModule {}
