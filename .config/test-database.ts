import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded, type EmbeddedDatabase } from '../apps/gateway/src/database/embedded';

/*
 * Keeps one PostgreSQL for the whole test run, started when the first spec asks for it: a run of pure specs pays
 * nothing. The server is a child of Jest's own process, so it ends with the run however that ends.
 */
const home = path.join(tmpdir(), `tallystick-tests-${String(process.pid)}`);
let keeper: Server | undefined;
let database: Promise<EmbeddedDatabase> | undefined;

async function setUp(): Promise<void> {
  keeper = createServer((_, response) => {
    // A spec asks again after minutes: a connection kept for it would be closed just then.
    response.setHeader('connection', 'close');
    database ??= start();
    database.then(
      ({ adminUrl }) => response.end(adminUrl),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => keeper?.listen(0, '127.0.0.1', resolve));
  keeper.unref();
  process.env['TALLYSTICK_TEST_DATABASE'] = `http://127.0.0.1:${String((keeper.address() as AddressInfo).port)}`;
}

function start(): Promise<EmbeddedDatabase> {
  // Nothing in it outlives the run, so it need not reach the disk.
  return startEmbedded(home, {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
}

async function tearDown(): Promise<void> {
  keeper?.close();
  await database?.then(
    (server) => server.stop(),
    () => undefined,
  );
  rmSync(home, { recursive: true, force: true });
}

export { setUp, tearDown };
