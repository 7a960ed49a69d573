import { Controller, Get, Param, Query } from '@nestjs/common';
import { MEMBER_KINDS, type MemberRecord } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { decodeCursor, PageQuery, toPage } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import type { View } from '../read-model/view';
import { MemberShape, presentMember } from './member.view';

class MemberPage extends createZodDto(listOf(MemberShape)) {}
class MemberDetail extends createZodDto(MemberShape) {}
class MembersQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    q: z.string().trim().min(1).max(60).optional(),
    kind: z.enum(MEMBER_KINDS).optional(),
  }),
) {}

/** The public registry of firms, by credit code. */
@Controller('members')
export class MembersQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: MemberPage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, q, kind }: MembersQuery) {
    return this.reader.read(caller, async (view) => {
      const name = `members/${q ?? ''}/${kind ?? ''}`;
      const [after] = cursor === undefined ? [''] : decodeCursor(name, cursor, 1);
      const like = q === undefined ? null : `%${q.replace(/[\\%_]/g, (each) => `\\${each}`)}%`;
      const rows: { body: MemberRecord }[] = await view.manager.query(
        `SELECT body FROM record WHERE org = $1 AND type = 'Member' AND counterfeit IS NULL AND ref > $2
           AND ($3::text IS NULL OR body ->> 'name' ILIKE $3 OR body ->> 'nameEn' ILIKE $3 OR body ->> 'id' ILIKE $3)
           AND ($4::text IS NULL OR body -> 'kinds' ? $4) ORDER BY ref LIMIT $5`,
        [caller.org, `Member/${String(after)}`, like, kind ?? null, limit + 1],
      );
      const operator = isOperator(view);
      const { items, next } = toPage(
        rows,
        limit,
        name,
        ({ body }) => [body.id],
        ({ body }) => presentMember(body, caller, operator),
      );
      return { items, nextCursor: next };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: MemberDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const wanted = id === 'me' ? caller.member : id;
      const record = (await view.records('Member', [wanted])).get(wanted);
      if (record === undefined) throw new ProblemError('NOT_FOUND');
      return presentMember(record, caller, isOperator(view));
    });
  }
}

const isOperator = ({ caller, facts }: View): boolean => facts.genesis.operator.id === caller.member;
