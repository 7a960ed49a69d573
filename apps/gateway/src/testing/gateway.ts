import type { DynamicModule, Type } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { UsersService, type NewUser } from '../auth/users.service';
import { completeConfig, readSettings, type Config } from '../config/config';
import { startGateway, type Gateway } from '../gateway';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { testDatabase, type TestDatabase } from './database';

export interface TestGateway extends Gateway {
  config: Config;
  database: TestDatabase;
  /** Makes a user; returns what it signs in with. */
  user(user: Partial<NewUser> & { user: string }): Promise<{ user: string; loginSecret: string }>;
  /** Makes a user and signs in; returns headers for requests. */
  signedIn(user: Partial<NewUser> & { user: string }): Promise<{ authorization: string }>;
  /** A request with a JSON body; POST gets an idempotency key unless the headers bring one. */
  request(
    method: string,
    path: string,
    options?: { headers?: Record<string, string>; body?: unknown },
  ): Promise<Response>;
}

/** A gateway that serves no organisation, unless the test brings a ledger. */
export function ledgerFor(modules: readonly (Type | DynamicModule)[]): DynamicModule[] {
  const brought = modules.some((each) => 'module' in each && each.module === LedgersModule);
  const nobody = new Ledgers(
    {
      ledgerFor: (org) => {
        throw new Error(`no ledger for ${org}`);
      },
    },
    [],
  );
  return brought ? [] : [LedgersModule.of(nobody)];
}

/** A real gateway on a real database, on a free port. */
export async function testGateway({
  environment = {},
  modules = [],
  database,
}: {
  environment?: Record<string, string>;
  modules?: (Type | DynamicModule)[];
  database?: TestDatabase;
} = {}): Promise<TestGateway> {
  const own = database ?? (await testDatabase());
  const settings = readSettings({
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'silent',
    LOGIN_ATTEMPTS_PER_MINUTE: '10000',
    ...environment,
  });
  const config = completeConfig(settings, { ...own, serverSecret: 'a secret for tests, thirty-two long' });
  const gateway = await startGateway(config, [...ledgerFor(modules), ...modules]);
  const users = gateway.app.get(UsersService);
  const request: TestGateway['request'] = (method, path, { headers = {}, body } = {}) =>
    fetch(`${gateway.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomBytes(12).toString('hex') }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const user: TestGateway['user'] = async (given) => {
    const loginSecret = randomBytes(32).toString('hex');
    await users.create({
      member: 'member-of-tests',
      org: 'OperatorMSP',
      displayNameKey: given.user,
      roles: ['viewer'],
      language: 'zh',
      salt: randomBytes(16).toString('hex'),
      loginSecret,
      ...given,
    });
    return { user: given.user, loginSecret: given.loginSecret ?? loginSecret };
  };
  return {
    ...gateway,
    config,
    database: own,
    user,
    request,
    signedIn: async (given) => {
      const answer = await request('POST', '/auth/login', { body: { ...(await user(given)), bearer: true } });
      const { token } = (await answer.json()) as { token: string };
      return { authorization: `Bearer ${token}` };
    },
    close: async () => {
      await gateway.close();
      if (database === undefined) await own.drop();
    },
  };
}
