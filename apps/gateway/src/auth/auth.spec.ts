import { Controller, Get, Module, Post } from '@nestjs/common';
import {
  deriveLoginSecret,
  deriveWrappingKey,
  generatePrivateKey,
  keyIdOf,
  publicKeyOf,
  randomHex,
  unwrapSigner,
  wrapPrivateKey,
} from '@tallystick/crypto';
import { Client } from 'pg';
import { startGateway } from '../gateway';
import { ledgerFor, testGateway, type TestGateway } from '../testing/gateway';
import { Public, Requires } from './access';
import { UsersService } from './users.service';

@Controller('trial')
class TrialController {
  @Get('open')
  @Public()
  open() {
    return {};
  }

  @Get('anyone')
  @Requires()
  anyone() {
    return {};
  }

  @Get('makers')
  @Requires('maker', 'admin')
  makers() {
    return {};
  }

  @Post('change')
  @Requires('maker')
  change() {
    return {};
  }
}

@Module({ controllers: [TrialController] })
class TrialModule {}

@Controller('forgotten')
class ForgottenController {
  @Get()
  forgotten() {
    return {};
  }
}

@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

describe('signing in', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway({ modules: [TrialModule] });
  });
  afterAll(() => gateway.close());

  const login = (body: object, headers = {}) => gateway.request('POST', '/auth/login', { body, headers });

  it('refuses to start with a route that does not say who may call it', async () => {
    await expect(startGateway(gateway.config, [...ledgerFor([]), ForgottenModule])).rejects.toThrow(
      /ForgottenController\.forgotten/,
    );
  });

  it('opens each route to exactly the roles it names', async () => {
    const routes = ['open', 'anyone', 'makers'];
    const statuses = async (headers: Record<string, string>) =>
      Promise.all(routes.map(async (route) => (await gateway.request('GET', `/trial/${route}`, { headers })).status));
    expect(await statuses({})).toEqual([200, 401, 401]);
    expect(await statuses({ authorization: 'Bearer nonsense' })).toEqual([200, 401, 401]);
    expect(await statuses(await gateway.signedIn({ user: 'a-viewer', roles: ['viewer'] }))).toEqual([200, 200, 403]);
    expect(await statuses(await gateway.signedIn({ user: 'a-maker', roles: ['maker'] }))).toEqual([200, 200, 200]);
    expect(await statuses(await gateway.signedIn({ user: 'a-both', roles: ['viewer', 'admin'] }))).toEqual([
      200, 200, 200,
    ]);
  });

  it('answers an unknown user as it answers a wrong secret', async () => {
    const known = await gateway.user({ user: 'known' });
    const wrong = await login({ ...known, loginSecret: '11'.repeat(32) });
    const unknown = await login({ user: 'nobody', loginSecret: '11'.repeat(32) });
    const bare = async (answer: Response) => ({ ...((await answer.json()) as object), instance: '' });
    expect(wrong.status).toBe(401);
    expect(await bare(unknown)).toEqual(await bare(wrong));
  });

  it('takes as long for an unknown user as for a known one', async () => {
    await gateway.user({ user: 'timed' });
    const time = async (user: string) => {
      const started = performance.now();
      await login({ user, loginSecret: '22'.repeat(32) });
      return performance.now() - started;
    };
    const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      known.push(await time('timed'));
      unknown.push(await time(`nobody-${String(round)}`));
    }
    // Hashing takes some 20 ms; leaving it out for unknown users would show as a factor of ten.
    expect(median(unknown)).toBeGreaterThan(median(known) / 2);
  });

  it('gives unknown users a salt that never changes and looks like any other', async () => {
    const saltOf = async (user: string) =>
      ((await (await gateway.request('GET', `/auth/salt?user=${user}`)).json()) as { salt: string }).salt;
    const { user } = await gateway.user({ user: 'salted', salt: 'ab'.repeat(16) });
    expect(await saltOf(user)).toBe('ab'.repeat(16));
    expect(await saltOf('ghost')).toMatch(/^[0-9a-f]{32}$/);
    expect(await saltOf('ghost')).toBe(await saltOf('ghost'));
    expect(await saltOf('ghost')).not.toBe(await saltOf('ghoul'));
  });

  it('ends a session for good', async () => {
    const headers = await gateway.signedIn({ user: 'leaver' });
    expect((await gateway.request('GET', '/auth/me', { headers })).status).toBe(200);
    expect((await gateway.request('POST', '/auth/logout', { headers })).status).toBe(204);
    expect((await gateway.request('GET', '/auth/me', { headers })).status).toBe(401);
  });

  it('ends the sessions of an account that is closed, and lets it in no more', async () => {
    const credentials = await gateway.user({ user: 'closed' });
    const { token, profile } = (await (await login({ ...credentials, bearer: true })).json()) as {
      token: string;
      profile: { userId: string };
    };
    await gateway.app.get(UsersService).deactivate(profile.userId);
    expect((await gateway.request('GET', '/auth/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(
      401,
    );
    expect((await login(credentials)).status).toBe(401);
  });

  it('refuses a session that was left alone or grew too old', async () => {
    const headers = await gateway.signedIn({ user: 'sleeper' });
    const status = async () => (await gateway.request('GET', '/auth/me', { headers })).status;
    await sql(`UPDATE sessions SET seen_at = now() - interval '31 minutes' WHERE user_name = 'sleeper'`);
    expect(await status()).toBe(401);
    await sql(`UPDATE sessions SET seen_at = now() WHERE user_name = 'sleeper'`);
    expect(await status()).toBe(200);
    await sql(`UPDATE sessions SET expires_at = now() WHERE user_name = 'sleeper'`);
    expect(await status()).toBe(401);
  });

  it('gives browsers a cookie that scripts cannot read and other sites cannot use', async () => {
    const credentials = await gateway.user({ user: 'browser', roles: ['maker'] });
    const answer = await login(credentials);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^tallystick=/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect((await answer.json()) as object).not.toHaveProperty('token');
    const own = { cookie: cookie.split(';')[0] ?? '' };
    expect((await gateway.request('POST', '/trial/change', { headers: own })).status).toBe(201);
    for (const foreign of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const refused = await gateway.request('POST', '/trial/change', { headers: { ...own, ...foreign } });
      expect(await refused.json()).toMatchObject({ status: 403, code: 'ORIGIN_FORBIDDEN' });
    }
  });

  it('marks the cookie for TLS and this host alone where people reach us over https', async () => {
    const secure = await testGateway({
      database: gateway.database,
      environment: { PUBLIC_URL: 'https://tallystick.example' },
    });
    const answer = await secure.request('POST', '/auth/login', { body: await gateway.user({ user: 'over-tls' }) });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-tallystick=.*Path=\/;.*Secure/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    await secure.close();
  });

  it('keeps a key that only the password opens, and no password', async () => {
    const password = 'correct horse battery staple';
    const scope = { user: 'keeper', salt: randomHex(16) };
    const privateKey = generatePrivateKey();
    const publicKey = publicKeyOf(privateKey);
    const wrappedKey = await wrapPrivateKey(privateKey, await deriveWrappingKey(password, scope));
    const loginSecret = await deriveLoginSecret(password, scope);
    await gateway.user({ ...scope, loginSecret, key: { keyId: keyIdOf(publicKey), publicKey, wrappedKey } });

    const answer = await login({ user: 'keeper', loginSecret: await deriveLoginSecret(password, scope), bearer: true });
    const { profile } = (await answer.json()) as {
      profile: { keys: [{ publicKey: string; wrappedKey: typeof wrappedKey }] };
    };
    const signer = await unwrapSigner(profile.keys[0].wrappedKey, await deriveWrappingKey(password, scope), publicKey);
    expect(await signer.sign(new Uint8Array([1]))).toMatch(/^[0-9a-f]{128}$/);

    const tables = await Promise.all(
      ['users', 'user_keys', 'sessions', 'idempotency'].map((table) => sql(`SELECT * FROM ${table}`)),
    );
    const dump = JSON.stringify(tables);
    for (const secret of [password, privateKey, loginSecret]) expect(dump).not.toContain(secret);
  });

  it('shows a person nobody else in the list of keys', async () => {
    const headers = await gateway.signedIn({ user: 'keyless', member: 'another-member' });
    expect(await (await gateway.request('GET', '/auth/me', { headers })).json()).toMatchObject({
      user: 'keyless',
      member: 'another-member',
      keys: [],
    });
  });

  async function sql(statement: string): Promise<unknown[]> {
    const client = new Client({ connectionString: gateway.database.adminUrl });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement);
    await client.end();
    return rows;
  }
});
