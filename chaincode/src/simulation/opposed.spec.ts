import { buildVoid } from '@tallystick/protocol';
import { ALL, BANK_A, Consortium, CORE, OPERATOR } from '../testing/consortium';
import { lawlessContracts } from '../testing/lawless';
import { CRIMES, crimes, force, preyOn, stateOf, thiefOf, type Prey } from '../testing/opposed';

/** A trade among honest organisations and some that run contracts of their own (X6, X7). */
async function opposed(rogues: readonly string[]): Promise<{ consortium: Consortium; prey: Prey }> {
  const opened: { consortium?: Consortium } = {};
  const clock = (): number => Date.parse(opened.consortium?.now ?? '2026-03-02T02:00:00.000Z');
  const contractsByOrg = Object.fromEntries(rogues.map((msp) => [msp, lawlessContracts(clock)]));
  const consortium = (opened.consortium = await Consortium.open({ seed: 'opposed', contractsByOrg }));
  return { consortium, prey: await preyOn(consortium) };
}

describe.each(ALL)('%s alone, with contracts of its own,', (rogue) => {
  let consortium: Consortium;
  let prey: Prey;
  beforeAll(async () => {
    ({ consortium, prey } = await opposed([rogue]));
  });
  afterAll(() => consortium.close());

  it.each(CRIMES)('%s: nothing of it is valid', async (crime) => {
    const writes = (await crimes(consortium, prey, thiefOf(consortium, rogue)))[crime]!;
    const keys = writes.map(({ key }) => key);
    const before = await stateOf(consortium, keys);
    expect(await force(consortium, rogue, [rogue], writes)).toMatchObject({
      kind: 'rejected',
      code: 10,
      conflict: false,
    });
    for (const honest of ALL.filter((msp) => msp !== rogue)) {
      expect(await force(consortium, rogue, [rogue, honest], writes)).toMatchObject({
        kind: 'notEndorsed',
        cause: 'mismatch',
      });
    }
    expect(await stateOf(consortium, keys)).toEqual(before);
  });

  it('makes nothing of the honest ones’ work: they go on without it', async () => {
    const author = consortium.firms.suppliers[2]!;
    const { instructionId: id } = consortium.authoring(author).author;
    const signed = await consortium.sign(buildVoid({ ...consortium.authoring(author), id }), author, 'maker');
    const endorsers = ALL.filter((msp) => msp !== rogue);
    const call = { contract: 'instruction', fn: 'voidInstruction', signed, endorsers, from: endorsers[0]! };
    expect((await consortium.submit(call)).applied).toHaveLength(1);
  });
});

describe('two organisations that collude', () => {
  it('commit what their policies let them, which is why everyone checks everyone', async () => {
    const { consortium, prey } = await opposed([OPERATOR, BANK_A]);
    const writes = (await crimes(consortium, prey, consortium.firms.operator))[
      'mints a second claim on a certificate'
    ]!;
    expect(await force(consortium, OPERATOR, [OPERATOR, BANK_A], writes)).toMatchObject({ kind: 'committed' });
    await consortium.close();
  });

  it('without a bank commit nothing', async () => {
    const { consortium, prey } = await opposed([OPERATOR, CORE]);
    for (const [crime, writes] of Object.entries(await crimes(consortium, prey, consortium.firms.core))) {
      const result = await force(consortium, OPERATOR, [OPERATOR, CORE], writes);
      expect([crime, result]).toEqual([crime, expect.objectContaining({ kind: 'rejected', code: 10 })]);
    }
    await consortium.close();
  });
});
