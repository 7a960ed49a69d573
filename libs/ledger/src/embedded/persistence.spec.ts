import { ownCollection } from '@tallystick/protocol';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { Ledger } from '../port';
import { openScriptNetwork } from '../testing/embedded-fixture';
import { ledgerPortSuite } from '../testing/ledger-port-suite';
import { type ScratchSchema, scratchSchema } from '../testing/scratch-schema';
import { ask, policyHex, scriptCall } from '../testing/script-call';
import type { Step } from '../testing/script-contract';
import type { EmbeddedNetworkOptions } from './network';
import { LedgerInUse, PostgresStore } from './postgres-store';

const two = ['OperatorMSP', 'CoreMSP'];
const repository = path.resolve(__dirname, '../../../..');
const quick = { batching: { maxTransactions: 10, timeoutMs: 2 } };
let scratch: ScratchSchema;
let folder: string;

beforeEach(async () => {
  scratch = await scratchSchema();
  folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
});
afterEach(async () => {
  await scratch.drop();
  rmSync(folder, { recursive: true });
});

const keyFile = () => path.join(folder, 'keys.json');
const open = (options: Partial<EmbeddedNetworkOptions> = {}) =>
  openScriptNetwork({ store: new PostgresStore(scratch), keyFile: keyFile(), ...quick, ...options });

async function commit(ledger: Ledger, ...steps: Step[]) {
  const collectionOwner = 'CoreMSP';
  const call = { ...scriptCall(two, ...steps), transient: { secret: Buffer.from(`for ${collectionOwner}`) } };
  const result = await ledger.submit(call);
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result;
}

describe('embedded ledger in PostgreSQL', () => {
  let own: ScratchSchema;
  ledgerPortSuite(async () => {
    own = await scratchSchema();
    return openScriptNetwork({ store: new PostgresStore(own), ...quick });
  });
  afterAll(() => own.drop());
});

describe('a ledger opened again', () => {
  it('has everything it had: state, policies, private data, blocks, outcomes', async () => {
    const collection = ownCollection('CoreMSP');
    const policy = policyHex(1, ['BankAMSP']);
    const first = await open();
    const key = '\u0000Holding\u0000一\u0000';
    const { txId } = await commit(
      first.ledgerFor('OperatorMSP'),
      { do: 'put', key, value: 'v' },
      { do: 'setPolicy', key, policy },
      { do: 'putPrivate', collection, key: 'p', from: 'secret' },
      { do: 'put', key: 'gone', value: 'x' },
    );
    await commit(first.ledgerFor('OperatorMSP'), { do: 'delete', key: 'gone' });
    const before = await first.ledgerFor('CoreMSP').transaction(txId);
    await first.close();

    const second = await open();
    const core = second.ledgerFor('CoreMSP');
    expect(await core.height()).toBe(3n);
    expect(await ask(core, { do: 'get', key }, { do: 'get', key: 'gone' }, { do: 'policyOf', key })).toEqual([
      'v',
      '',
      policy,
    ]);
    expect(await ask(core, { do: 'getPrivate', collection, key: 'p' })).toEqual(['for CoreMSP']);
    expect(await core.transaction(txId)).toEqual(before);
    expect(await core.outcome(txId)).toMatchObject({ kind: 'committed', blockNumber: 1n });
    expect(await core.submit(scriptCall(two, { do: 'put', key, value: 'w' }))).toMatchObject({ code: 10 });
    await commit(core, { do: 'put', key: 'new', value: 'x' });
    expect((await core.block(4n))?.previousHash).toBe((await core.block(3n))?.hash);
    await second.close();
  });

  it('still knows the ids it has seen', async () => {
    const first = await open();
    const { txId } = await commit(first.ledgerFor('OperatorMSP'), { do: 'put', key: 'k', value: 'v' });
    await first.close();
    const second = await open({ batching: { maxTransactions: 10, timeoutMs: null } });
    await second.faults.resubmit(txId);
    await second.cutBlock();
    expect((await second.ledgerFor('CoreMSP').block(2n))?.transactions[0]?.validationCode).toBe(9);
    await second.close();
  });

  it.each([
    ['a changed transaction', `UPDATE blocks SET envelopes = replace(envelopes, 'T', 't') WHERE number = 1`],
    ['a changed link', `UPDATE blocks SET previous_hash = hash WHERE number = 2`],
    ['a block in another place', 'UPDATE blocks SET number = 3 WHERE number = 2'],
    ['a missing block', 'DELETE FROM blocks WHERE number = 1'],
  ])('refuses to start on %s', async (_, damage) => {
    const first = await open();
    await commit(first.ledgerFor('OperatorMSP'), { do: 'put', key: 'k', value: 'v' });
    await commit(first.ledgerFor('OperatorMSP'), { do: 'put', key: 'k', value: 'w' });
    await first.close();
    await scratch.query(`SET search_path TO ${scratch.schema}`);
    await scratch.query(damage);
    await expect(open()).rejects.toThrow('ledger is damaged: block');
  });

  it('refuses to start with other keys', async () => {
    await (await open()).close();
    await expect(open({ keyFile: path.join(folder, 'other.json') })).rejects.toThrow('does not fit its configuration');
  });

  it('keeps its keys in a file for its owner alone', async () => {
    await (await open()).close();
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFile(), 'utf8')).toContain('BEGIN PRIVATE KEY');
  });
});

describe('two processes', () => {
  it('cannot continue one ledger', async () => {
    const first = await open();
    const second = open({ store: new PostgresStore({ ...scratch, lockTimeoutMs: 50 }) });
    await expect(second).rejects.toBeInstanceOf(LedgerInUse);
    await commit(first.ledgerFor('OperatorMSP'), { do: 'put', key: 'k', value: 'v' });
    await first.close();
  });
});

describe('a lost database connection', () => {
  it('is waited out, and no block is lost or doubled', async () => {
    const network = await open();
    const operator = network.ledgerFor('OperatorMSP');
    for (const round of [0, 1, 2]) {
      expect(await disconnectWriter()).toBe(1);
      await commit(operator, { do: 'put', key: `before-${round}`, value: 'x' });
      const writing = commit(operator, { do: 'put', key: `during-${round}`, value: 'x' });
      await disconnectWriter();
      expect((await writing).blockNumber).toBe(BigInt(round * 3 + 2));
      await commit(operator, { do: 'put', key: `after-${round}`, value: 'x' });
    }
    const keys = ['before-2', 'during-2', 'after-2'];
    expect(await ask(operator, ...keys.map((key) => ({ do: 'get', key }) as const))).toEqual(['x', 'x', 'x']);
    await network.close();
    await (await open()).close();
  });

  it('right after the commit does not append the block twice', async () => {
    const network = await open();
    const query = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => Promise<unknown>;
    let isLost = false;
    Reflect.set(Client.prototype, 'query', async function (this: Client, ...args: unknown[]) {
      const answer = await query.apply(this, args);
      if (args[0] !== 'COMMIT' || isLost) return answer;
      isLost = true;
      throw new Error('Connection terminated unexpectedly');
    });
    const { blockNumber } = await commit(network.ledgerFor('OperatorMSP'), { do: 'put', key: 'k', value: 'x' });
    Reflect.set(Client.prototype, 'query', query);
    expect([isLost, blockNumber]).toEqual([true, 1n]);
    expect(await network.ledgerFor('CoreMSP').height()).toBe(2n);
    await network.close();
  });

  /** Ends the connection that holds the ledger's lock; gives how many there were. */
  async function disconnectWriter(): Promise<number> {
    const lock = `(hashtextextended('ledger writer ${scratch.schema}', 0) & 4294967295)::oid`;
    const ended = await scratch.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lock}`,
    );
    return ended.length;
  }
});

describe('a process killed at any moment', () => {
  it('has lost nothing that it acknowledged', async () => {
    const program = path.join(folder, 'busy-writer.cjs');
    await build({
      entryPoints: [path.join(repository, 'libs/ledger/src/testing/busy-writer.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      alias: { '@tallystick/protocol': path.join(repository, 'libs/protocol/src/index.ts') },
      external: ['pg', 'fabric-*', '@hyperledger/*', 'google-protobuf'],
      logLevel: 'error',
    });
    const acknowledged: string[] = [];
    for (const lifeMs of [40, 110, 230]) acknowledged.push(...(await writeUntilKilled(program, lifeMs)));
    expect(acknowledged.length).toBeGreaterThan(30);

    const network = await open();
    const core = network.ledgerFor('CoreMSP');
    for (const line of acknowledged) {
      const [key = '', txId = ''] = line.split(' ');
      expect(await core.outcome(txId)).toMatchObject({ kind: 'committed' });
      expect(await ask(core, { do: 'get', key })).toEqual([key]);
    }
    expect(await stateByReplay(core)).toEqual(await stateByAsking(core));
    await network.close();
  });

  /** Runs the program until `lifeMs` after its first acknowledgement; gives the lines it printed. */
  async function writeUntilKilled(program: string, lifeMs: number): Promise<string[]> {
    const child = spawn(
      process.execPath,
      [program, scratch.connectionString, scratch.schema, keyFile(), `life${lifeMs}`],
      {
        env: { ...process.env, NODE_PATH: path.join(repository, 'node_modules') },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await once(child.stdout, 'data');
    setTimeout(() => child.kill('SIGKILL'), lifeMs);
    await once(child, 'close');
    return printed.split('\n').slice(0, -1);
  }

  async function stateByReplay(ledger: Ledger): Promise<Map<string, string>> {
    const state = new Map<string, string>();
    for (let number = 0n; number < (await ledger.height()); number += 1n)
      for (const { validationCode, writes } of (await ledger.block(number))?.transactions ?? [])
        for (const { key, value } of validationCode === 0 ? writes : [])
          state.set(key, Buffer.from(value ?? []).toString());
    return state;
  }

  async function stateByAsking(ledger: Ledger): Promise<Map<string, string>> {
    const rows = (await scratch.query(`SELECT key FROM ${scratch.schema}.public_state`)) as { key: Buffer }[];
    const keys = rows.map(({ key }) => key.toString());
    const values = (await ask(ledger, ...keys.map((key) => ({ do: 'get', key }) as const))) as string[];
    return new Map(keys.map((key, index) => [key, values[index] ?? '']));
  }
});
