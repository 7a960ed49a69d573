import { Module } from '@nestjs/common';
import { CertificatesQueriesController } from '../certificates/certificates.queries.controller';
import { FinancingsQueriesController } from '../financings/financings.queries.controller';
import { HoldingsQueriesController } from '../holdings/holdings.queries.controller';
import { InboxController } from '../inbox/inbox.controller';
import { LinesQueriesController } from '../lines/lines.queries.controller';
import { MembersQueriesController } from '../members/members.queries.controller';
import { NetworkQueriesController } from '../network/network.queries.controller';
import { OversightController } from '../oversight/oversight.controller';
import { ReconciliationController } from '../reconciliation/reconciliation.controller';
import { PaymentsQueriesController, SettlementsQueriesController } from '../settlements/settlements.queries.controller';
import { SummaryController } from '../summary/summary.controller';
import { TransfersQueriesController } from '../transfers/transfers.queries.controller';
import { Reader } from './reader.service';

/** Everything that is asked and changes nothing. Needs the network's facts and the projection. */
@Module({
  controllers: [
    NetworkQueriesController,
    MembersQueriesController,
    LinesQueriesController,
    CertificatesQueriesController,
    HoldingsQueriesController,
    TransfersQueriesController,
    FinancingsQueriesController,
    SettlementsQueriesController,
    PaymentsQueriesController,
    SummaryController,
    InboxController,
    OversightController,
    ReconciliationController,
  ],
  providers: [Reader],
  exports: [Reader],
})
export class ReadModelModule {}
