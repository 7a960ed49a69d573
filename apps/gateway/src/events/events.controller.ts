import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { SessionsService } from '../auth/sessions.service';
import { ProblemError } from '../problem/problem.error';
import { EventsService, type Notice } from './events.service';

const HEARTBEAT_MS = 15_000;
const MOST_PER_USER = 8;
const MOST = 2_000;

/** A stream of notices for the signed-in person; ends with the session. */
@Controller('events')
export class EventsController {
  private readonly open = new Map<string, number>();

  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @Requires()
  @ApiOkResponse({
    description: 'Server-sent events `notice` with {resource, id}: something that concerns you changed, fetch it',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  stream(@CurrentCaller() caller: Caller, @Req() request: Request, @Res() response: Response): void {
    this.enter(caller.userId);
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    let number = 0;
    // One after the other, so that notices keep their order while each waits for the look at the session.
    let line = Promise.resolve();
    const say = (text: string) => {
      line = line
        .then(async () => {
          if (await this.sessions.lives(caller.tokenHash)) response.write(text);
          else response.end();
        })
        .catch(() => {
          response.end(); // no look at the session, no event; the browser comes back
        });
    };
    const stopListening = this.events.listen((notice) => {
      if (!concerns(notice, caller)) return;
      number += 1;
      const { resource, id } = notice;
      say(`event: notice\nid: ${String(number)}\ndata: ${JSON.stringify({ resource, id })}\n\n`);
    });
    const heartbeat = setInterval(() => {
      say(': still here\n\n');
    }, HEARTBEAT_MS);
    request.once('close', () => {
      clearInterval(heartbeat);
      stopListening();
      this.leave(caller.userId);
    });
  }

  private enter(userId: string): void {
    const own = this.open.get(userId) ?? 0;
    const all = [...this.open.values()].reduce((sum, count) => sum + count, 0);
    if (own >= MOST_PER_USER || all >= MOST) throw new ProblemError('TOO_MANY_REQUESTS', { retryAfterSeconds: 10 });
    this.open.set(userId, own + 1);
  }

  private leave(userId: string): void {
    const own = (this.open.get(userId) ?? 1) - 1;
    if (own === 0) this.open.delete(userId);
    else this.open.set(userId, own);
  }
}

function concerns(notice: Notice, caller: Caller): boolean {
  const same = notice.org === caller.org && notice.member === caller.member;
  return same && (notice.userId === undefined || notice.userId === caller.userId);
}
