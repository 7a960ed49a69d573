import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Database } from '../database/database';
import { testDatabase } from '../testing/database';
import { testGateway, type TestGateway } from '../testing/gateway';
import { JobsService } from './jobs.service';

const done: unknown[] = [];
let failures = 0;

@Injectable()
class Worker implements OnModuleInit {
  constructor(private readonly jobs: JobsService) {}

  onModuleInit(): void {
    this.jobs.register('note', async (payload) => {
      await sleep(Math.abs(((payload as { n?: number }).n ?? 0) % 2) * 20);
      done.push(payload);
    });
    this.jobs.register('fail-once', () => {
      failures += 1;
      if (failures === 1) throw new Error('not yet');
      done.push('recovered');
      return Promise.resolve();
    });
  }
}

@Module({ providers: [Worker] })
class WorkerModule {}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000 && !condition(); waited += 20) await sleep(20);
}

describe('jobs', () => {
  let gateway: TestGateway;
  let jobs: JobsService;
  let database: Database;
  beforeAll(async () => {
    gateway = await testGateway({ modules: [WorkerModule] });
    jobs = gateway.app.get(JobsService);
    database = gateway.app.get(Database);
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    done.length = 0;
  });

  it('exist only if their transaction commits', async () => {
    const member = { member: 'm', org: 'o' };
    const lost = database.withMember(member, async (manager) => {
      await jobs.enqueue(manager, 'note', { n: 'rolled back' });
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    await database.withMember(member, (manager) => jobs.enqueue(manager, 'note', { n: 'kept' }));
    await until(() => done.length > 0);
    await sleep(200);
    expect(done).toEqual([{ n: 'kept' }]);
  });

  it('of one queue run in order, one at a time', async () => {
    await database.withSystem(async (manager) => {
      for (let n = 1; n <= 5; n += 1) await jobs.enqueue(manager, 'note', { n }, { queue: 'line-0' });
    });
    await until(() => done.length === 5);
    expect(done).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
  });

  it('with one key are kept once', async () => {
    await database.withSystem(async (manager) => {
      await jobs.enqueue(manager, 'note', { n: 'old' }, { key: 'same' });
      await jobs.enqueue(manager, 'note', { n: 'new' }, { key: 'same' });
    });
    await until(() => done.length > 0);
    await sleep(200);
    expect(done).toEqual([{ n: 'new' }]);
  });

  it('are tried again after a failure', async () => {
    await database.withSystem((manager) => jobs.enqueue(manager, 'fail-once', {}));
    await until(() => done.length > 0);
    expect(done).toEqual(['recovered']);
  }, 20_000);

  it('are refused when nobody does them', async () => {
    await expect(database.withSystem((manager) => jobs.enqueue(manager, 'nobody', {}))).rejects.toThrow(/no task/);
  });

  it('that a killed process had taken are done by the next start, unless another gateway lives', async () => {
    const own = await testDatabase();
    const first = await testGateway({ modules: [WorkerModule], database: own });
    const client = new Client({ connectionString: own.adminUrl });
    await client.connect();
    // Due only once it is taken, so that no living worker is faster.
    const soon = `run_at => now() + interval '1 hour'`;
    await client.query(`SELECT graphile_worker.add_job('note', '{"n": 2}'::json, queue_name => 'q', ${soon})`);
    const dead = `locked_by = 'dead', locked_at = now()`;
    await client.query(`UPDATE graphile_worker._private_job_queues SET ${dead}`);
    await client.query(`UPDATE graphile_worker._private_jobs SET ${dead}, run_at = now()`);
    await client.end();
    const second = await testGateway({ modules: [WorkerModule], database: own });
    await sleep(1_500);
    expect(done).toEqual([]);
    await Promise.all([first.close(), second.close()]);
    const third = await testGateway({ modules: [WorkerModule], database: own });
    await until(() => done.length > 0);
    expect(done).toEqual([{ n: 2 }]);
    await third.close();
    await own.drop();
  });
});
