import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { CONFIG, type Config } from '../config/config';
import { AuthController } from './auth.controller';
import { AuthGuard } from './auth.guard';
import { ClosedByDefault } from './closed-by-default';
import { PasswordHash } from './password-hash';
import { SessionsService } from './sessions.service';
import { ThrottleGuard, throttling } from './throttling';
import { UsersService } from './users.service';

@Global()
@Module({
  imports: [
    DiscoveryModule,
    ThrottlerModule.forRootAsync({ inject: [CONFIG], useFactory: (config: Config) => throttling(config) }),
  ],
  controllers: [AuthController],
  providers: [
    PasswordHash,
    SessionsService,
    UsersService,
    ClosedByDefault,
    // In this order: counting comes before looking up a session.
    { provide: APP_GUARD, useClass: ThrottleGuard },
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [SessionsService, UsersService, ClosedByDefault],
})
export class AuthModule {}
