import {
  activeCertificate,
  ALL,
  BANK_A,
  BANK_B,
  CORE,
  CRIMES,
  crimes,
  force,
  grantLine,
  offerCall,
  OPERATOR,
  preyOn,
  stateOf,
  thiefOf,
  type Consortium,
  type Firm,
  type LineBook,
  type Prey,
} from '@tallystick/chaincode/testing';
import type { FabricNetwork } from '@tallystick/network';
import { foundOn, runInstead, runningNetwork } from '@tallystick/network/testing';
import { buildDeposit, noOpenings, offerOpenings, planFixedCall, planValueCall } from '@tallystick/protocol';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { catchUp } from '../projection/follower';
import { Projector } from '../projection/projector';
import { silentAlarms } from '../testing/alarms';
import { testDatabase } from '../testing/database';

const CHAINCODE = 'opposed';

let fabric: FabricNetwork;
let consortium: Consortium;
let prey: Prey;
let line: LineBook;
beforeAll(async () => {
  fabric = runningNetwork();
  consortium = await foundOn(fabric, CHAINCODE);
  prey = await preyOn(consortium);
  line = await grantLine(consortium);
}, 180_000);
afterAll(() => consortium.close());

describe('an organisation that refuses to endorse', () => {
  const network = { organisations: ALL, authorities: [BANK_A, BANK_B] };
  const parties = { host: OPERATOR, issuerOrg: CORE, witness: BANK_A, standIn: BANK_B };

  it.each([
    ['the host', OPERATOR],
    ['the issuer', CORE],
    ['the witness', BANK_A],
  ])(
    '%s, %s, blocks nobody’s transfer, and gets its copy later',
    async (_, mspId) => {
      const { suppliers, bankA, core } = consortium.firms;
      const [from, to] = suppliers as [Firm, Firm];
      const held = await activeCertificate(consortium, line, { creditor: from, faceFen: 1_000_00n });
      const call = await offerCall(consortium, held, from, { to: [{ receiver: to, amountFen: 400_00n }] });
      await runInstead(fabric, { name: CHAINCODE, mspId, program: 'refusing' });
      const everyone = await consortium.send(
        { ...call, endorsers: call.readers ?? [], from: BANK_B },
        consortium.request(call),
      );
      expect(everyone).toMatchObject({ kind: 'notEndorsed', cause: 'mismatch' });
      const plan = planValueCall(parties, { ...network, down: new Set([mspId]) });
      const { applied } = await consortium.submit({ ...call, ...plan, from: BANK_B });
      const [key = ''] = applied;

      await runInstead(fabric, { name: CHAINCODE, mspId, program: 'agreed' });
      await expect(consortium.bundle(mspId, key)).rejects.toThrow('RECORD_NOT_FOUND');
      const by = mspId === BANK_A ? core : bankA;
      const { holdings } = offerOpenings(call.signed, held.holding);
      const bundle = { v: 1 as const, instructions: [], openings: { ...noOpenings(), holdings } };
      const deposit = buildDeposit({ ...consortium.authoring(by), to: mspId, bundle });
      const signed = await consortium.sign(deposit, by, 'service');
      const { endorsers } = planFixedCall([mspId, by.record.host], { ...network, down: new Set() });
      const done = await consortium.submit({
        contract: 'deposit',
        fn: 'openings',
        signed,
        readers: [mspId],
        endorsers,
        from: by.record.host,
      });
      const copy = await consortium.bundle(mspId, done.applied[0] ?? '');
      expect(copy.openings.holdings).toEqual(holdings);
    },
    120_000,
  );
});

describe.each(ALL)('%s alone, with a chaincode of its own,', (rogue) => {
  const mspId = rogue;
  beforeAll(() => runInstead(fabric, { name: CHAINCODE, mspId, program: 'lawless' }), 60_000);
  afterAll(() => runInstead(fabric, { name: CHAINCODE, mspId, program: 'agreed' }), 60_000);

  it.each(CRIMES)('%s: nothing of it is valid', async (crime) => {
    const writes = (await crimes(consortium, prey, thiefOf(consortium, rogue)))[crime];
    const keys = writes.map(({ key }) => key);
    const before = await stateOf(consortium, keys);
    expect(await force(consortium, rogue, [rogue], writes)).toMatchObject({ kind: 'rejected', code: 10 });
    // Another partner for each crime: a disagreement takes the port's patience each time.
    const honest = ALL.filter((msp) => msp !== rogue)[CRIMES.indexOf(crime) % 3] ?? '';
    const result = await force(consortium, rogue, [rogue, honest], writes);
    expect(result).toMatchObject({ kind: 'notEndorsed', cause: 'mismatch' });
    expect(await stateOf(consortium, keys)).toEqual(before);
  });
});

describe('two organisations that collude', () => {
  const run = (mspId: string, program: 'lawless' | 'agreed'): Promise<void> =>
    runInstead(fabric, { name: CHAINCODE, mspId, program });

  it('without a bank commit nothing', async () => {
    await run(OPERATOR, 'lawless');
    await run(CORE, 'lawless');
    for (const [crime, writes] of Object.entries(await crimes(consortium, prey, consortium.firms.core))) {
      const result = await force(consortium, OPERATOR, [OPERATOR, CORE], writes);
      expect([crime, result]).toEqual([crime, expect.objectContaining({ kind: 'rejected', code: 10 })]);
    }
    await run(CORE, 'agreed');
  }, 120_000);

  it('with a bank commit what their policies let them, and every honest gateway marks it as counterfeit', async () => {
    await run(BANK_A, 'lawless');
    const planned = await crimes(consortium, prey, consortium.firms.operator);
    for (const crime of ['mints a second claim on a certificate', 'replaces a member’s key'] as const) {
      const result = await force(consortium, OPERATOR, [OPERATOR, BANK_A], planned[crime]);
      expect(result).toMatchObject({ kind: 'committed' });
    }
    await run(BANK_A, 'agreed');
    await run(OPERATOR, 'agreed');
    for (const honest of [CORE, BANK_B]) {
      expect(await disbelieved(honest)).toEqual(['Holding FIRST_HOLDING_MISMATCH', 'Member ADMISSION_MISSING']);
    }
  }, 180_000);

  /** What an organisation's gateway raises the alarm over when it reads the whole ledger. */
  async function disbelieved(org: string): Promise<string[]> {
    const database = await testDatabase();
    const source = await appSource(database.databaseUrl, 4).initialize();
    const alarms = silentAlarms();
    await catchUp(consortium.network.ledgerFor(org), new Projector(org, new Database(source), alarms), 0n);
    await source.destroy();
    await database.drop();
    const said = alarms.raised.map(({ ref, reason }) => `${ref.split('/')[0] ?? ''} ${reason}`);
    return [...new Set(said)].sort();
  }
});
