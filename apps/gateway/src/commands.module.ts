import { Module } from '@nestjs/common';
import { CertificateCommandsController } from './certificates/certificate-commands.controller';
import { AnswerCommand } from './certificates/answer.command';
import { IssueCommand } from './certificates/issue.command';
import { LineCommandsController } from './lines/line-commands.controller';
import { LineCommands } from './lines/line.commands';
import { OperationsModule } from './operations/operations.module';
import { PrepareCommand } from './settlements/prepare.command';
import { SubmissionsModule } from './submissions/submissions.module';
import { TransferCommandsController } from './transfers/transfer-commands.controller';
import { TransferCommands } from './transfers/transfer.commands';

/** Everything that changes something: commands of every noun, operations, and the way to the ledger. Needs `ProjectionModule`. */
@Module({
  imports: [OperationsModule, SubmissionsModule],
  controllers: [CertificateCommandsController, LineCommandsController, TransferCommandsController],
  providers: [AnswerCommand, IssueCommand, LineCommands, PrepareCommand, TransferCommands],
})
export class CommandsModule {}
