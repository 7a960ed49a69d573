import { Global, Module } from '@nestjs/common';
import { ConsortiumKey } from './consortium-key';
import { Liveness } from './liveness';
import { SubmissionWorker } from './submission.worker';
import { SubmissionsService } from './submissions.service';

/** The way of signed instructions to the ledger. */
@Global()
@Module({
  providers: [ConsortiumKey, Liveness, SubmissionsService, SubmissionWorker],
  exports: [ConsortiumKey, Liveness, SubmissionsService],
})
export class SubmissionsModule {}
