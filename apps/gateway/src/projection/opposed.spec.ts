import {
  BANK_A,
  BANK_B,
  Consortium,
  CORE,
  type CRIMES,
  crimes,
  force,
  lawlessContracts,
  OPERATOR,
  preyOn,
  type Prey,
} from '@tallystick/chaincode/testing';
import { recordKey } from '@tallystick/protocol';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { emptyProjection } from './dump';
import { catchUp } from './follower';
import { Projector } from './projector';

/** Two of every P, a bank among them: whatever they agree on is valid. */
const COLLUDING = [OPERATOR, BANK_A, BANK_B];

describe('what colluding organisations commit', () => {
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let consortium: Consortium;
  let prey: Prey;

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 4).initialize();
    db = new Database(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    const opened: { consortium?: Consortium } = {};
    const clock = (): number => Date.parse(opened.consortium?.now ?? '2026-03-02T02:00:00.000Z');
    const contractsByOrg = Object.fromEntries(COLLUDING.map((msp) => [msp, lawlessContracts(clock)]));
    consortium = opened.consortium = await Consortium.open({ seed: 'colluding', contractsByOrg });
    prey = await preyOn(consortium);
  });
  afterEach(() => consortium.close());

  /** What the honest core organisation does not believe, by type of record. */
  async function disbelieved(): Promise<string[]> {
    await db.withSystem((manager) => emptyProjection(manager, CORE));
    await catchUp(consortium.network.ledgerFor(CORE), new Projector(CORE, db, silentAlarms()), 0n);
    const rows = await db.withSystem((manager) =>
      manager.query<{ ref: string; counterfeit: string }[]>(
        'SELECT ref, counterfeit FROM record WHERE org = $1 AND counterfeit IS NOT NULL',
        [CORE],
      ),
    );
    return [...new Set(rows.map(({ ref, counterfeit }) => `${ref.split('/')[0] ?? ''} ${counterfeit}`))].sort();
  }

  async function commit(writes: Parameters<typeof force>[3], endorsers = COLLUDING): Promise<void> {
    expect(await force(consortium, OPERATOR, endorsers, writes)).toMatchObject({ kind: 'committed' });
  }
  const crime = async (name: (typeof CRIMES)[number]) =>
    (await crimes(consortium, prey, consortium.firms.operator))[name];

  it('is believed when it is nothing', async () => {
    expect(await disbelieved()).toEqual([]);
  });

  it.each<[(typeof CRIMES)[number], string[]]>([
    ['mints a second claim on a certificate', ['Holding FIRST_HOLDING_MISMATCH']],
    ['enlarges a holding', ['Holding CHANGE_FORBIDDEN']],
    ['replaces a member’s key', ['Member ADMISSION_MISSING']],
  ])('%s: counterfeit', async (name, expected) => {
    await commit(await crime(name));
    expect(await disbelieved()).toEqual(expected);
  });

  it.each<(typeof CRIMES)[number]>([
    'steals a holding',
    'accepts for a receiver that signed nothing',
    'accepts a certificate after its window, as if in time',
  ])('%s, naming an instruction that nobody signed: proven to no honest reader', async (name) => {
    const writes = await crime(name);
    await commit(writes);
    const found = await disbelieved();
    const made = writes.find(({ key, policy }) => key.includes('Holding') && policy !== undefined);
    const id = (made?.record as { id: string }).id;
    const proven = await db.withSystem((manager) =>
      manager.query<unknown[]>('SELECT 1 FROM opening WHERE org = $1 AND ref = $2', [CORE, `Holding/${id}`]),
    );
    expect({ found, proven }).toEqual({ found: [], proven: [] });
  });

  it.each<(typeof CRIMES)[number]>([
    'steals a holding',
    'accepts for a receiver that signed nothing',
    'accepts a certificate after its window, as if in time',
  ])('%s, not even naming an instruction: counterfeit', async (name) => {
    await commit((await crime(name)).filter(({ key }) => !key.includes('Instruction')));
    expect((await disbelieved()).join()).toContain('Holding INSTRUCTION_MISSING');
  });

  /** Fields that a record fixed once, and steps that its lifecycle does not have. */
  const CHANGES: [rule: string, type: 'Holding' | 'Certificate' | 'Order', change: Record<string, unknown>][] = [
    ['another owner', 'Holding', { owner: 'a'.repeat(64) }],
    ['another certificate', 'Holding', { certificate: 'a'.repeat(64) }],
    ['another depth', 'Holding', { depth: 5 }],
    ['spent without a successor', 'Holding', { status: 'consumed', spentBy: 'a'.repeat(64) }],
    ['a certificate back in the offering', 'Certificate', { status: 'offered' }],
    [
      'other undertakings',
      'Certificate',
      { undertakings: [{ role: 'maker', keyId: 'a'.repeat(32), sig: 'a'.repeat(128) }] },
    ],
    ['another receiver of an offer', 'Order', { receiver: 'a'.repeat(64) }],
    ['a longer offer', 'Order', { until: '2026-12-31T00:00:00.000Z' }],
  ];
  it.each(CHANGES)('%s: counterfeit', async (_, type, change) => {
    const { active, waiting } = prey;
    const id = {
      Holding: active.holding.holding,
      Certificate: active.certificate.certificate,
      Order: waiting.transfer.order,
    }[type];
    const record = await consortium.record(type, id);
    const [instruction] = await crime('mints a second claim on a certificate');
    if (instruction === undefined) throw new Error('a crime names an instruction');
    const changed = { ...record, ...change };
    await commit([instruction, { key: recordKey(type, id), record: changed }]);
    expect(await disbelieved()).toEqual([`${type} CHANGE_FORBIDDEN`]);
  });

  it('a change by nobody’s instruction: counterfeit', async () => {
    const { order } = prey.waiting.transfer;
    const record = await consortium.record('Order', order);
    await commit([{ key: recordKey('Order', order), record: { ...record, state: 'declined' } }]);
    expect(await disbelieved()).toEqual(['Order INSTRUCTION_MISSING']);
  });
});
