import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { refuse } from '@tallystick/domain';
import { createZodDto } from 'nestjs-zod/dto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { Database } from '../database/database';
import { unwrap } from '../problem/problem.error';
import { testGateway, type TestGateway } from '../testing/gateway';

class CountBody extends createZodDto(
  z.strictObject({ by: z.int(), refused: z.boolean().default(false), slow: z.boolean().default(false) }),
) {}

let runs = 0;

@Controller('trial')
class TrialController {
  constructor(private readonly database: Database) {}

  @Post('count')
  @Requires()
  @HttpCode(202)
  async count(@Body() { by, refused, slow }: CountBody, @CurrentCaller() caller: Caller) {
    return this.database.withMember(caller, async (manager) => {
      runs += 1;
      await manager.query(`UPDATE users SET display_name_key = 'changed' WHERE id = $1`, [caller.userId]);
      if (slow) await sleep(150);
      if (refused) unwrap(refuse('RECORD_NOT_FOUND'));
      return { runs, by };
    });
  }
}

@Module({ controllers: [TrialController] })
class TrialModule {}

describe('repeated commands', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway({ modules: [TrialModule] });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    runs = 0;
  });

  let number = 0;
  const caller = () => gateway.signedIn({ user: `caller-${String((number += 1))}` });
  const count = (headers: Record<string, string>, key: string, body: object) =>
    gateway.request('POST', '/trial/count', { headers: { ...headers, 'idempotency-key': key }, body });

  it.each([undefined, 'short', 'with space', `long-${'x'.repeat(130)}`])(
    'demands a usable key, not %p',
    async (key) => {
      const answer = await fetch(`${gateway.url}/api/v1/trial/count`, {
        method: 'POST',
        headers: {
          ...(await caller()),
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: '{"by":1}',
      });
      expect(await answer.json()).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
      expect(runs).toBe(0);
    },
  );

  it('gives a repetition the first answer and does nothing', async () => {
    const headers = await caller();
    const first = await count(headers, 'key-0001', { by: 1 });
    const second = await count(headers, 'key-0001', { by: 1 });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(await second.json()).toEqual(await first.json());
    expect([first, second].map((answer) => answer.headers.get('idempotency-hit'))).toEqual([null, 'true']);
    expect(runs).toBe(1);
  });

  it('refuses a key that was used for another body', async () => {
    const headers = await caller();
    await count(headers, 'key-0002', { by: 1 });
    const other = await count(headers, 'key-0002', { by: 2 });
    expect(await other.json()).toMatchObject({ status: 422, code: 'INSTRUCTION_ID_REUSED' });
    expect(runs).toBe(1);
  });

  it('keeps the keys of two people apart', async () => {
    const answers = [
      await count(await caller(), 'key-0003', { by: 1 }),
      await count(await caller(), 'key-0003', { by: 2 }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(runs).toBe(2);
  });

  it('runs once when twenty arrive together', async () => {
    const headers = await caller();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => count(headers, 'key-0004', { by: 1, slow: true })),
    );
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
    expect(runs).toBe(1);
  });

  it('keeps nothing of a refused command, which may be tried again', async () => {
    const headers = await caller();
    const refused = await count(headers, 'key-0005', { by: 1, refused: true });
    expect(refused.status).toBe(404);
    const me = await gateway.request('GET', '/auth/me', { headers });
    expect(await me.json()).not.toMatchObject({ displayNameKey: 'changed' });
    expect((await count(headers, 'key-0005', { by: 1 })).status).toBe(202);
    expect(runs).toBe(2);
  });
});
