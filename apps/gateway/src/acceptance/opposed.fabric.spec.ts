import {
  ALL,
  BANK_A,
  CORE,
  CRIMES,
  crimes,
  force,
  OPERATOR,
  preyOn,
  stateOf,
  thiefOf,
  type Consortium,
  type Prey,
} from '@tallystick/chaincode/testing';
import type { FabricNetwork } from '@tallystick/network';
import { foundOn, runInstead, runningNetwork } from '@tallystick/network/testing';

const CHAINCODE = 'opposed';

let fabric: FabricNetwork;
let consortium: Consortium;
let prey: Prey;
beforeAll(async () => {
  fabric = runningNetwork();
  consortium = await foundOn(fabric, CHAINCODE);
  prey = await preyOn(consortium);
}, 180_000);
afterAll(() => consortium.close());

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

  it('with a bank commit what their policies let them, which is why everyone checks everyone', async () => {
    await run(BANK_A, 'lawless');
    const writes = (await crimes(consortium, prey, consortium.firms.operator))['mints a second claim on a certificate'];
    expect(await force(consortium, OPERATOR, [OPERATOR, BANK_A], writes)).toMatchObject({ kind: 'committed' });
    await run(BANK_A, 'agreed');
    await run(OPERATOR, 'agreed');
  }, 120_000);
});
