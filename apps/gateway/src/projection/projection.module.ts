import { Global, Module } from '@nestjs/common';
import { useNodeVerifier } from '@tallystick/crypto/node';
import { Alarms } from './alarms';
import { ProjectionService } from './projection.service';
import { ReconciliationService } from './reconciliation.service';

// Every block brings signatures to verify: OpenSSL does it some 25 times faster than JavaScript.
useNodeVerifier();

/** Needs a global provider of `LEDGERS`. */
@Global()
@Module({
  providers: [Alarms, ProjectionService, ReconciliationService],
  exports: [Alarms, ProjectionService, ReconciliationService],
})
export class ProjectionModule {}
