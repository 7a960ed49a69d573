import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { createZodDto } from 'nestjs-zod/dto';
import { ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Public } from '../auth/access';
import { HealthChecks } from './health-checks';

class Liveness extends createZodDto(z.strictObject({ live: z.literal(true) })) {}

class Readiness extends createZodDto(
  z.strictObject({
    ready: z.boolean(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), ms: z.int() })),
  }),
) {}

/** Live: the process answers. Ready: everything it needs serves too; 503 until then. */
@Controller('health')
@SkipThrottle({ all: true })
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  @Get('live')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ type: Liveness, description: 'The process answers' })
  live(): Liveness {
    return { live: true };
  }

  @Get('ready')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ type: Readiness, description: 'Database, ledger and projection serve; status 503 while they do not' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const checks = await this.checks.run();
    const ready = checks.every(({ ok }) => ok);
    if (!ready) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { ready, checks };
  }
}
