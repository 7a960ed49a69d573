import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hashJson } from '@tallystick/crypto';
import { refuse } from '@tallystick/domain';
import type { Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { EntityManager } from 'typeorm';
import type { AuthenticatedRequest, Caller } from '../auth/caller';
import { Database } from '../database/database';
import { ProblemError, RefusedError } from '../problem/problem.error';
import { IdempotencyRow } from './idempotency.entity';
import { WITHOUT_IDEMPOTENCY } from './without-idempotency';

/** How long a repetition waits for the first request to end. */
const WAIT_MS = 10_000;

/**
 * Every POST of a signed-in caller is a command: it needs an `Idempotency-Key`, runs in one database transaction with
 * the record of that key, and its answer is kept in the same transaction. So a repetition gets the first answer and
 * nothing happens twice, even if we die in between; two at once are put in line by the key's row. A refused command
 * rolls back whole, keeps nothing, and may be tried again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { caller } = request;
    const exempt = this.reflector.getAllAndOverride<boolean | undefined>(WITHOUT_IDEMPOTENCY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (request.method !== 'POST' || caller === undefined || exempt === true) return next.handle();
    const key = keyOf(request);
    const response = context.switchToHttp().getResponse<Response>();
    return from(
      this.database.withMember(caller, async (manager) => {
        const requestHash = hashJson('tallystick/request/1', [
          request.method,
          request.path,
          (request.body ?? null) as unknown,
        ]);
        const earlier = await claim(manager, caller, key, requestHash);
        if (earlier !== null) return replay(earlier, requestHash, response);
        const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
        await manager.update(
          IdempotencyRow,
          { userId: caller.userId, key },
          { status: response.statusCode, body: (body ?? null) as object },
        );
        return body;
      }),
    );
  }
}

function keyOf(request: AuthenticatedRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[A-Za-z0-9-]{8,128}$/.test(key)) throw new ProblemError('IDEMPOTENCY_KEY_REQUIRED');
  return key;
}

/** Takes the key for this transaction, or finds what an earlier request with it answered. */
async function claim(
  manager: EntityManager,
  caller: Caller,
  key: string,
  requestHash: string,
): Promise<IdempotencyRow | null> {
  await manager.query(`SELECT set_config('lock_timeout', $1, true)`, [`${String(WAIT_MS)}ms`]);
  const { userId, org, member } = caller;
  try {
    // Waits while another transaction holds the same key; inserts nothing once that one has committed.
    const inserted: unknown[] = await manager.query(
      `INSERT INTO idempotency (user_id, key, org, member, request_hash, created_at) VALUES ($1, $2, $3, $4, $5, now())
       ON CONFLICT DO NOTHING RETURNING key`,
      [userId, key, org, member, requestHash],
    );
    if (inserted.length > 0) return null;
  } catch (error) {
    if ((error as { driverError?: { code?: string } }).driverError?.code === '55P03') {
      throw new ProblemError('IN_PROGRESS', { retryAfterSeconds: 1 });
    }
    throw error;
  }
  return manager.findOneByOrFail(IdempotencyRow, { userId, key });
}

function replay(earlier: IdempotencyRow, requestHash: string, response: Response): unknown {
  if (earlier.requestHash !== requestHash) {
    throw new RefusedError(refuse('INSTRUCTION_ID_REUSED', {}, { field: 'Idempotency-Key' }).refusal);
  }
  response.status(earlier.status ?? 200).setHeader('Idempotency-Hit', 'true');
  return earlier.body ?? undefined;
}
