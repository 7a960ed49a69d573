import { Module } from '@nestjs/common';
import { AutomationService } from './automation.service';
import { Copies } from './copies';
import { DisbursementReceipts } from './disbursement-receipts';
import { LineReleases } from './line-releases';
import { PayingBanks } from './paying-banks';
import { Payments } from './payments.service';
import { ServiceActs } from './service-acts';
import { SettlementRun } from './settlement-run';
import { Watch } from './watch';
import { Worklist } from './worklist';

/** What organisations do by themselves. Needs operations, submissions and projection. */
@Module({
  providers: [
    AutomationService,
    Copies,
    DisbursementReceipts,
    LineReleases,
    PayingBanks,
    Payments,
    ServiceActs,
    SettlementRun,
    Watch,
    Worklist,
  ],
})
export class AutomationModule {}
