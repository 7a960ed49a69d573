import { Global, Module } from '@nestjs/common';
import { Book } from './book';
import { BusinessClock } from './business-clock';
import { Expiry } from './expiry.service';
import { NetworkFacts } from './network-facts';
import { OperationsController } from './operations.controller';
import { OperationsList } from './operations.list';
import { OperationsService } from './operations.service';
import { OperationsWait } from './operations.wait';
import { SigningService } from './signing.service';
import { Views } from './views';
import { VoidCommand } from './void.command';
import { WallClock } from './wall-clock';

/** Operations and what every command leans on. */
@Global()
@Module({
  controllers: [OperationsController],
  providers: [
    Book,
    BusinessClock,
    Expiry,
    NetworkFacts,
    OperationsList,
    OperationsService,
    OperationsWait,
    SigningService,
    Views,
    VoidCommand,
    WallClock,
  ],
  exports: [Book, BusinessClock, NetworkFacts, OperationsService, Views, WallClock],
})
export class OperationsModule {}
