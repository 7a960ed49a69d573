import { randomHex } from '@tallystick/crypto';
import { Consortium, signatory, type Firm } from '@tallystick/chaincode/testing';
import {
  buildSteps,
  signSteps,
  unsignedOf,
  type Operation,
  type OrderOf,
  type RecordOf,
  type RecordType,
  type SignatureForm,
  type StepSignature,
} from '@tallystick/protocol';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { DynamicModule, Type } from '@nestjs/common';
import { Book, type Openable, type OpeningOf } from '../operations/book';
import { WallClock } from '../operations/wall-clock';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { ProjectionService } from '../projection/projection.service';
import { testDatabase, type TestDatabase } from './database';
import { testGateway, type TestGateway } from './gateway';

/** A record with the fields of any of its kinds. */
type Loose<T extends RecordType> = T extends 'Order' ? OrderOf<'settlement'> : RecordOf<T>;

type PersonRole = 'maker' | 'checker' | 'risk';
const ROLES: readonly PersonRole[] = ['maker', 'checker', 'risk'];

/** A person of a firm at the gateway, with the firm's key of that role. */
export interface Person {
  firm: Firm;
  role: PersonRole;
  headers: Record<string, string>;
}

/** A gateway on a consortium in memory, with a maker, a checker and (for banks) a risk officer of each firm signed in. */
export interface TradeGateway extends Omit<TestGateway, 'close'> {
  consortium: Consortium;
  people: (firm: Firm) => Record<PersonRole, Person>;
  /** A command's first answer: the operation to sign, or a problem. */
  draft(person: Person, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Signs in one role. @param wait seconds to wait for the end */
  sign(person: Person, operation: Operation, wait?: number): Promise<{ status: number; body: unknown }>;
  /** A command through to its end: drafted and signed by everyone who is needed. */
  done(firm: Firm, path: string, body?: unknown): Promise<Operation>;
  /** Rows as the database's superuser sees them. */
  rows(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** A public record as the operator's gateway mirrors it. */
  record<T extends RecordType>(type: T, ...parts: string[]): Promise<Partial<Loose<T>> | null>;
  opening<T extends Openable>(org: string, type: T, ...parts: string[]): Promise<OpeningOf[T] | null>;
  /** Waits until the read model has everything the ledger has. */
  caughtUp(): Promise<void>;
  /** @param keep leaves database and consortium to another gateway */
  close(options?: { keep?: boolean }): Promise<void>;
}

/** What a person's browser sends for an operation. */
export async function signatureForm({ firm, role }: Person, operation: Operation): Promise<SignatureForm> {
  const first = operation.signatures.length === 0;
  const unsigned = first ? buildSteps(operation.steps, randomHex) : unsignedOf(operation.steps);
  const who = { ...signatory(firm, role), role };
  const steps: StepSignature[] = await signSteps(unsigned, who, first);
  return { role, steps };
}

export async function tradeGateway({
  consortium: given,
  orgs,
  database,
  modules = [],
  environment = {},
  home: folder,
  ledgers,
  known,
}: {
  consortium?: Consortium;
  orgs?: readonly string[];
  database?: TestDatabase;
  modules?: (Type | DynamicModule)[];
  environment?: Record<string, string>;
  home?: string;
  ledgers?: Ledgers;
  /** A gateway on the same database, whose people are signed in already. */
  known?: TradeGateway;
} = {}): Promise<TradeGateway> {
  const consortium = given ?? (await Consortium.open());
  const home = folder ?? mkdtempSync(path.join(tmpdir(), 'tallystick-test-'));
  mkdirSync(path.join(home, 'keys'), { recursive: true });
  writeFileSync(path.join(home, 'keys', 'fingerprint.key'), consortium.fingerprintKey, { mode: 0o600 });
  const served = orgs ?? consortium.network.mspIds;
  writeServiceKeys(home, consortium);
  const own = database ?? (await testDatabase());
  const gateway = await testGateway({
    environment: { TALLYSTICK_HOME: home, ...environment },
    modules: [LedgersModule.of(ledgers ?? new Ledgers(consortium.network, served)), ...modules],
    database: own,
  });
  gateway.app.get(WallClock).now = () => new Date(consortium.now);
  const people = new Map<string, Record<PersonRole, Person>>();
  const firms = consortium.firms;
  for (const firm of [firms.operator, firms.core, firms.subsidiary, firms.bankA, firms.bankB, ...firms.suppliers]) {
    if (!served.includes(firm.record.host)) continue;
    if (known !== undefined) {
      people.set(firm.record.id, known.people(firm));
      continue;
    }
    const entries = await Promise.all(
      ROLES.map(async (role): Promise<[PersonRole, Person]> => [role, await personOf(gateway, firm, role)]),
    );
    people.set(firm.record.id, Object.fromEntries(entries) as Record<PersonRole, Person>);
  }
  const trade: TradeGateway = {
    ...gateway,
    consortium,
    people: (firm) => {
      const found = people.get(firm.record.id);
      if (found === undefined) throw new Error(`${firm.record.name} is not served here`);
      return found;
    },
    draft: async ({ headers }, where, body = {}) => answer(await gateway.request('POST', where, { headers, body })),
    sign: async (person, operation, wait = 20) => {
      const headers = { ...person.headers, prefer: `wait=${String(wait)}` };
      const body = await signatureForm(person, operation);
      return answer(await gateway.request('POST', `/operations/${operation.id}/signatures`, { headers, body }));
    },
    done: async (firm, where, body) => {
      const team = trade.people(firm);
      const drafted = await trade.draft(team.maker, where, body);
      if (drafted.status !== 201) throw new Error(`${where}: ${JSON.stringify(drafted.body)}`);
      let operation = drafted.body as Operation;
      for (const role of ['maker', 'risk', 'checker'] as const) {
        if (!operation.needs.includes(role)) continue;
        const signed = await trade.sign(team[role], operation);
        if (signed.status !== 200) throw new Error(`${where} by ${role}: ${JSON.stringify(signed.body)}`);
        operation = signed.body as Operation;
      }
      return operation;
    },
    rows: async (sql, parameters = []) => {
      const client = new Client({ connectionString: gateway.database.adminUrl });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
      } finally {
        await client.end();
      }
    },
    record: async (type, ...parts) =>
      (await gateway.app.get(Book).find(served[0] ?? '', type, ...parts)) as Partial<Loose<typeof type>> | null,
    opening: (org, type, ...parts) => gateway.app.get(Book).findOpening(org, type, ...parts),
    caughtUp: async () => {
      const projection = gateway.app.get(ProjectionService);
      for (const org of served) {
        const height = await consortium.network.ledgerFor(org).height();
        if (!(await projection.waitForBlock(org, height - 1n))) throw new Error(`${org} does not catch up`);
      }
    },
    close: async ({ keep = false } = {}) => {
      await gateway.close();
      if (keep) return;
      if (database === undefined) await own.drop();
      if (given === undefined) await consortium.close();
    },
  };
  await trade.caughtUp();
  return trade;
}

async function answer(response: Response): Promise<{ status: number; body: unknown }> {
  return { status: response.status, body: await response.json() };
}

async function personOf(gateway: TestGateway, firm: Firm, role: PersonRole): Promise<Person> {
  const { keyId, signer } = signatory(firm, role);
  const headers = await gateway.signedIn({
    user: `${firm.record.id.toLowerCase()}.${role}`,
    member: firm.record.id,
    org: firm.record.host,
    roles: [role],
    language: 'en',
    key: { keyId, publicKey: signer.publicKey, wrappedKey: { v: 1, iv: '', ciphertext: '' } },
  });
  return { firm, role, headers: { ...headers, 'accept-language': 'en' } };
}

/** The services of an organisation sign with the key that its own firm registered. */
function writeServiceKeys(home: string, { firms }: Consortium): void {
  for (const { record, privateKeys } of [firms.operator, firms.core, firms.bankA, firms.bankB]) {
    const keyId = record.keys.find(({ roles }) => roles.includes('service'))?.keyId ?? '';
    const privateKey = privateKeys?.get(keyId);
    if (privateKey === undefined) throw new Error(`${record.name} has no service key`);
    writeFileSync(path.join(home, 'keys', `${record.host}.key`), privateKey, { mode: 0o600 });
  }
}
