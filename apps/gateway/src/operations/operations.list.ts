import { Injectable } from '@nestjs/common';
import type { OperationState } from '@tallystick/protocol';
import { Brackets } from 'typeorm';
import type { Caller } from '../auth/caller';
import { Database } from '../database/database';
import { decodeCursor, toPage } from '../paging/cursor';
import { OperationRow } from './operation.entity';
import { presentOperation } from './operation.presenter';
import { OperationsService } from './operations.service';

interface Query {
  cursor?: string | undefined;
  limit: number;
  state?: OperationState | undefined;
  mine?: 'true' | 'false' | undefined;
}

/** A member's operations, newest first. */
@Injectable()
export class OperationsList {
  constructor(
    private readonly database: Database,
    private readonly operations: OperationsService,
  ) {}

  async page(caller: Caller, { cursor, limit, state, mine }: Query) {
    const name = `operations/${state ?? ''}/${mine ?? ''}`;
    const at = await this.operations.reading(caller.org);
    return this.database.withMember(caller, async (manager) => {
      const query = manager
        .createQueryBuilder(OperationRow, 'o')
        .orderBy('o.createdAt', 'DESC')
        .addOrderBy('o.id', 'DESC')
        .take(limit + 1);
      if (state !== undefined) query.andWhere('o.state = :state', { state });
      if (mine === 'true') query.andWhere('o.createdBy = :user', { user: caller.userId });
      if (cursor !== undefined) {
        const [at, id] = decodeCursor(name, cursor, 2);
        query.andWhere(new Brackets((where) => where.where('(o.createdAt, o.id) < (:at, :id)', { at, id })));
      }
      const { items, next } = toPage(
        await query.getMany(),
        limit,
        name,
        ({ createdAt, id }) => [createdAt.toISOString(), id],
        (row) => row.id,
      );
      const presented = [];
      for (const id of items) presented.push(presentOperation(await this.operations.load(caller, id), caller, at));
      return { items: presented, nextCursor: next };
    });
  }
}
