import { Module } from '@nestjs/common';
import { ApplicationsController } from './applications/applications.controller';
import { ApplicationsService } from './applications/applications.service';
import { AutomationModule } from './automation/automation.module';
import { CertificateCommandsController } from './certificates/certificate-commands.controller';
import { AnswerCommand } from './certificates/answer.command';
import { IssueCommand } from './certificates/issue.command';
import { AgreementCommands } from './financings/agreement.commands';
import { ApplyCommand } from './financings/apply.command';
import { FinancingCommandsController } from './financings/financing-commands.controller';
import { QuoteCommands } from './financings/quote.commands';
import { InvoiceFilesModule } from './invoice-files/invoice-files.module';
import { LineCommandsController } from './lines/line-commands.controller';
import { LineCommands } from './lines/line.commands';
import { MemberCommandsController } from './members/member-commands.controller';
import { MemberCommands } from './members/member.commands';
import { ClockCommand, ClockController } from './network/clock.command';
import { RulePackCommand } from './network/rule-pack.command';
import { RulePacksController } from './network/rule-packs.controller';
import { OperationsModule } from './operations/operations.module';
import { PrepareCommand } from './settlements/prepare.command';
import { SubmissionsModule } from './submissions/submissions.module';
import { TransferCommandsController } from './transfers/transfer-commands.controller';
import { TransferCommands } from './transfers/transfer.commands';

/** Everything that changes something: commands of every noun, operations, and the way to the ledger. Needs `ProjectionModule`. */
@Module({
  imports: [OperationsModule, SubmissionsModule, InvoiceFilesModule, AutomationModule],
  controllers: [
    ApplicationsController,
    CertificateCommandsController,
    ClockController,
    FinancingCommandsController,
    LineCommandsController,
    MemberCommandsController,
    RulePacksController,
    TransferCommandsController,
  ],
  providers: [
    AgreementCommands,
    AnswerCommand,
    ApplicationsService,
    ApplyCommand,
    ClockCommand,
    IssueCommand,
    LineCommands,
    MemberCommands,
    PrepareCommand,
    QuoteCommands,
    RulePackCommand,
    TransferCommands,
  ],
})
export class CommandsModule {}
