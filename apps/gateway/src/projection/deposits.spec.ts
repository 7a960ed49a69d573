import { instructionKey } from '@tallystick/crypto';
import {
  acceptCall,
  BANK_A,
  Consortium,
  CORE,
  grantLine,
  issue,
  OPERATOR,
  type Firm,
  type SignedCall,
} from '@tallystick/chaincode/testing';
import { noOpenings, type CertificateOpening, type HoldingOpening } from '@tallystick/protocol';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { deposit } from '../testing/projection';
import { dumpHash } from './dump';
import { catchUp } from './follower';
import { Projector } from './projector';
import { rebuild } from './rebuild';

const FACE = 1_000_00n;

describe('an opening that is missing', () => {
  let consortium: Consortium;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let creditor: Firm;
  let certificate: CertificateOpening;
  let call: SignedCall & { holding: HoldingOpening };
  let projected = 0n;
  const alarms = silentAlarms();

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 2).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    creditor = consortium.firms.suppliers[0]!;
    [certificate] = (await issue(consortium, await grantLine(consortium), [{ creditor, faceFen: FACE }])) as [
      CertificateOpening,
    ];
    call = await acceptCall(consortium, certificate, creditor);
    // The witness and the creditor's own host are down: nothing is written for them.
    await consortium.submit({ ...call, readers: [CORE] });
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  const query = <Row>(sql: string, parameters: unknown[]): Promise<Row[]> =>
    db.withSystem((manager) => manager.query<Row[]>(sql, parameters));
  async function read(): Promise<void> {
    for (const org of [OPERATOR, BANK_A]) {
      await catchUp(consortium.network.ledgerFor(org), new Projector(org, db, alarms), projected);
    }
    projected = await consortium.network.ledgerFor(OPERATOR).height();
  }
  const opening = async (org: string): Promise<{ proved: boolean } | undefined> =>
    (
      await query<{ proved: boolean }>('SELECT proved FROM opening WHERE org = $1 AND ref = $2', [
        org,
        `Holding/${call.holding.holding}`,
      ])
    )[0];
  const sights = (org: string) =>
    query<{ member: string; roles: string[]; fen: string | null }>(
      'SELECT member, roles, fen FROM sight WHERE org = $1 AND ref = $2',
      [org, `Holding/${call.holding.holding}`],
    );

  it('leaves the record without clear values, and its owner without a sight of it', async () => {
    await read();
    expect(await opening(OPERATOR)).toBeUndefined();
    expect(await sights(OPERATOR)).toEqual([]);
    expect(await sights(BANK_A)).toEqual([{ member: consortium.firms.bankA.record.id, roles: ['witness'], fen: null }]);
  });

  it('is filled by a deposit, and proven by the instruction in it', async () => {
    const { instruction, signatures } = call.signed;
    const bundle = {
      v: 1 as const,
      instructions: [{ instruction, signatures }],
      openings: { ...noOpenings(), certificates: [certificate], holdings: [call.holding] },
    };
    for (const to of [OPERATOR, BANK_A]) await deposit(consortium, consortium.firms.core, to, bundle);
    await read();
    for (const org of [OPERATOR, BANK_A]) expect(await opening(org)).toEqual({ proved: true });
    expect(await sights(OPERATOR)).toEqual([{ member: creditor.record.id, roles: ['owner'], fen: String(FACE) }]);
    expect(await sights(BANK_A)).toMatchObject([{ roles: ['witness'], fen: String(FACE) }]);
    const shown = await query<{ refs: string[] }>('SELECT refs FROM signed_instruction WHERE org = $1 AND key = $2', [
      OPERATOR,
      instructionKey(instruction),
    ]);
    expect(shown[0]?.refs).toContain(`Holding/${call.holding.holding}`);
    expect(alarms.raised).toEqual([]);
  });

  it('is not proven by a deposit without the instruction, nor by one with bad signatures', async () => {
    const other = await acceptedElsewhere();
    const bundle = { v: 1 as const, instructions: [], openings: { ...noOpenings(), holdings: [other.holding] } };
    await deposit(consortium, consortium.firms.core, BANK_A, bundle);
    await read();
    const proved = async () =>
      (
        await query<{ proved: boolean }>('SELECT proved FROM opening WHERE org = $1 AND ref = $2', [
          BANK_A,
          `Holding/${other.holding.holding}`,
        ])
      )[0]?.proved;
    expect(await proved()).toBe(false);
    const { instruction, signatures } = other.signed;
    const forged = signatures.map((each) => ({
      ...each,
      sig: signatures[0]!.sig.replace(/^./, (digit) => (digit === '1' ? '2' : '1')),
    }));
    await deposit(consortium, consortium.firms.core, BANK_A, {
      ...bundle,
      instructions: [{ instruction, signatures: forged }],
    });
    await read();
    expect(await proved()).toBe(false);
    expect(alarms.raised.splice(0)).toEqual([expect.objectContaining({ kind: 'untrue', reason: 'SIGNATURE_INVALID' })]);
    await deposit(consortium, consortium.firms.core, BANK_A, {
      ...bundle,
      instructions: [{ instruction, signatures }],
    });
    await read();
    expect(await proved()).toBe(true);
  });

  it('gives the same rows when everything is read again (I20)', async () => {
    for (const org of [OPERATOR, BANK_A]) {
      const before = await db.withSystem((manager) => dumpHash(manager, org));
      await rebuild(consortium.network.ledgerFor(org), db, silentAlarms());
      expect(await db.withSystem((manager) => dumpHash(manager, org))).toBe(before);
    }
  });

  async function acceptedElsewhere(): Promise<typeof call> {
    const line = await grantLine(consortium);
    const [one] = await issue(consortium, line, [{ creditor, faceFen: FACE }]);
    const accepted = await acceptCall(consortium, one!, creditor);
    await consortium.submit({ ...accepted, readers: [CORE] });
    return accepted;
  }
});
