import { useNodeVerifier } from '@tallystick/crypto/node';
import { Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import type { Block, Ledger } from '@tallystick/ledger';
import { parseRecordKey } from '@tallystick/protocol';
import crypto from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { smallTrade } from '../testing/projection';
import { dumpHash } from './dump';
import { rebuild } from './rebuild';
import { VerifiedBlocks } from './verified-blocks';

/** A ledger that delivers these blocks and nothing else. */
const replay = (blocks: readonly Block[]): Ledger =>
  ({
    mspId: OPERATOR,
    height: () => Promise.resolve(BigInt(blocks.length)),
    block: (number: bigint) => Promise.resolve(blocks[Number(number)] ?? null),
  }) as unknown as Ledger;

/** The chain with one digit changed in the issuer's signature on the first certificate. */
function withForgedUndertaking(blocks: readonly Block[]): Block[] {
  const copy = structuredClone(blocks) as Block[];
  const writes = copy.flatMap(({ transactions }) => transactions.flatMap((tx) => tx.writes));
  const write = writes.find(({ key }) => parseRecordKey(key)?.type === 'Certificate');
  if (write?.value == null) throw new Error('nothing was issued');
  const text = new TextDecoder().decode(write.value);
  write.value = new TextEncoder().encode(
    text.replace(/"sig":"(.)/, (_, digit: string) => `"sig":"${digit === '1' ? '2' : '1'}`),
  );
  return copy;
}

describe('blocks that passed every check', () => {
  let consortium: Consortium;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let blocks: Block[];
  const verify = jest.spyOn(crypto, 'verify');

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 2).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    await smallTrade(consortium);
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const height = Number(await ledger.height());
    blocks = (await Promise.all(
      Array.from({ length: height }, (_, number) => ledger.block(BigInt(number))),
    )) as Block[];
    useNodeVerifier();
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  /** Rebuilds. @returns signatures verified, what was not believed, and the hash of all tables */
  async function read(chain: readonly Block[], secret: string | null, verifyAll = false) {
    verify.mockClear();
    const alarms = silentAlarms();
    const memory = secret === null ? null : new VerifiedBlocks(secret);
    await rebuild(replay(chain), db, alarms, { verified: memory, verifyAll });
    const dump = await db.withSystem((manager) => dumpHash(manager, OPERATOR));
    return { verified: verify.mock.calls.length, reasons: alarms.raised.map(({ reason }) => reason), dump };
  }

  it('are not checked again by a rebuild, which gives the same rows (I20)', async () => {
    const plain = await read(blocks, null);
    const first = await read(blocks, 'a');
    const second = await read(blocks, 'a');
    expect(first).toEqual(plain);
    expect(plain.verified).toBeGreaterThan(0);
    expect(second).toEqual({ ...plain, verified: 0 });
  });

  it('are checked again when asked', async () => {
    const first = await read(blocks, 'b');
    expect((await read(blocks, 'b', true)).verified).toBe(first.verified);
  });

  it('say nothing of other bytes in their place, nor of what follows on those', async () => {
    const all = await read(blocks, 'c');
    const forged = await read(withForgedUndertaking(blocks), 'c');
    expect(forged.reasons).toContain('UNDERTAKING_INVALID');
    expect(forged.verified).toBeGreaterThan(0);
    expect(forged.dump).not.toBe(all.dump);
  });

  it('are none when an alarm was raised: it is raised again by every rebuild', async () => {
    const forged = withForgedUndertaking(blocks);
    const first = await read(forged, 'd');
    const second = await read(forged, 'd');
    expect(second.reasons).toEqual(first.reasons);
    expect(second.dump).toBe(first.dump);
  });

  it('are believed only from this gateway: a row that somebody else wrote counts for nothing', async () => {
    const forged = withForgedUndertaking(blocks);
    const { reasons } = await read(forged, 'e');
    const copyVerdict =
      'UPDATE verified_block SET verdict = (SELECT max(verdict) FROM verified_block) WHERE verdict IS NULL';
    await db.withSystem((manager) => manager.query(copyVerdict));
    expect((await read(forged, 'e')).reasons).toEqual(reasons);
    await read(blocks, 'e');
    expect((await read(blocks, 'another gateway')).verified).toBeGreaterThan(0);
  });
});
