import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database/database';
import { testGateway, type TestGateway } from '../testing/gateway';
import { EventsService } from './events.service';

describe('notices', () => {
  let gateway: TestGateway;
  let events: EventsService;
  let database: Database;
  const a = { member: 'member-a', org: 'OperatorMSP' };
  const b = { member: 'member-b', org: 'OperatorMSP' };
  beforeAll(async () => {
    gateway = await testGateway();
    events = gateway.app.get(EventsService);
    database = gateway.app.get(Database);
  });
  afterAll(() => gateway.close());

  const publish = (scope: typeof a, id: string, more = {}) =>
    database.withSystem((manager) => events.publish(manager, { ...scope, resource: 'holding', id, ...more }));

  async function listen(headers: Record<string, string>) {
    const stop = new AbortController();
    const answer = await fetch(`${gateway.url}/api/v1/events`, { headers, signal: stop.signal });
    let text = '';
    const ended = (async () => {
      const decoder = new TextDecoder();
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        text += decoder.decode(part.value, { stream: true });
      }
    })().catch(() => undefined);
    const ids = () => [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    return {
      status: answer.status,
      ids,
      ended,
      stop: () => {
        stop.abort();
      },
      until: async (id: string) => {
        for (let waited = 0; waited < 5_000 && !ids().includes(id); waited += 20) await sleep(20);
      },
    };
  }

  it('are closed to strangers', async () => {
    expect((await gateway.request('GET', '/events')).status).toBe(401);
  });

  it('reach the member they concern, in order, and no other', async () => {
    const ofA = await listen(await gateway.signedIn({ user: 'reader-a', ...a }));
    const ofB = await listen(await gateway.signedIn({ user: 'reader-b', ...b }));
    const elsewhere = await listen(await gateway.signedIn({ user: 'reader-c', member: a.member, org: 'BankMSP' }));
    await publish(a, 'one');
    await publish(b, 'two');
    await publish(a, 'three');
    await publish({ ...a, org: 'BankMSP' }, 'last');
    await Promise.all([ofA.until('three'), ofB.until('two'), elsewhere.until('last')]);
    expect([ofA.ids(), ofB.ids(), elsewhere.ids()]).toEqual([['one', 'three'], ['two'], ['last']]);
    for (const reader of [ofA, ofB, elsewhere]) reader.stop();
  });

  it('for one person do not reach a colleague', async () => {
    const [self, colleague] = [
      await gateway.signedIn({ user: 'self', ...a }),
      await gateway.signedIn({ user: 'colleague', ...a }),
    ];
    const { userId } = (await (await gateway.request('GET', '/auth/me', { headers: self })).json()) as {
      userId: string;
    };
    const [own, other] = [await listen(self), await listen(colleague)];
    await publish(a, 'personal', { userId });
    await publish(a, 'for-both');
    await Promise.all([own.until('for-both'), other.until('for-both')]);
    expect([own.ids(), other.ids()]).toEqual([['personal', 'for-both'], ['for-both']]);
    own.stop();
    other.stop();
  });

  it('are sent only if the transaction commits', async () => {
    const reader = await listen(await gateway.signedIn({ user: 'careful', ...a }));
    await database
      .withSystem(async (manager) => {
        await events.publish(manager, { ...a, resource: 'holding', id: 'rolled-back' });
        throw new Error('no');
      })
      .catch(() => undefined);
    await publish(a, 'committed');
    await reader.until('committed');
    expect(reader.ids()).toEqual(['committed']);
    reader.stop();
  });

  it('end with the session', async () => {
    const headers = await gateway.signedIn({ user: 'goes', ...a });
    const reader = await listen(headers);
    await gateway.request('POST', '/auth/logout', { headers });
    await publish(a, 'too-late');
    await reader.ended;
    expect(reader.ids()).toEqual([]);
  });

  it('are limited to a few streams a person, which become free again', async () => {
    const headers = await gateway.signedIn({ user: 'greedy', ...a });
    const readers = await Promise.all(Array.from({ length: 9 }, () => listen(headers)));
    expect(readers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
    for (const reader of readers) reader.stop();
    await sleep(100);
    const again = await listen(headers);
    expect(again.status).toBe(200);
    again.stop();
  });
});
