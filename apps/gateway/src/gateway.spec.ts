import { testGateway, type TestGateway } from './testing/gateway';

describe('gateway', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway();
  });
  afterAll(() => gateway.close());

  it('says that it lives and that it is ready', async () => {
    expect(await (await gateway.request('GET', '/health/live')).json()).toEqual({ live: true });
    const ready = await gateway.request('GET', '/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ready: true,
      checks: [
        { name: 'database', ok: true },
        { name: 'projection', ok: true },
      ],
    });
  });
});
