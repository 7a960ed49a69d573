import { instructionKey } from '@tallystick/crypto';
import { buildVoid } from '@tallystick/protocol';
import { BANK_A, Consortium, CORE, type Sending, type SignedCall } from '../testing/consortium';
import { expectRefusal } from '../testing/refusal';
import { acceptCall, grantLine, issue } from '../testing/trade';

describe('instruction', () => {
  let consortium: Consortium;
  let accept: SignedCall;
  beforeEach(async () => {
    consortium = await Consortium.open({ seed: 'instruction' });
    const creditor = consortium.firms.suppliers[0]!;
    const [certificate] = await issue(consortium, await grantLine(consortium), [{ creditor, faceFen: 1_000_00n }]);
    accept = await acceptCall(consortium, certificate!, creditor);
  });
  afterEach(() => consortium.close());

  const voiding = async (
    id: string,
    authoring = consortium.authoring(consortium.firms.suppliers[0]!),
  ): Promise<Sending> => {
    const signed = await consortium.sign(buildVoid({ ...authoring, id }), consortium.firms.suppliers[0]!, 'checker');
    return { contract: 'instruction', fn: 'voidInstruction', signed };
  };

  it('that is voided is never applied', async () => {
    const { id } = accept.signed.instruction;
    const { ids } = await consortium.submit(await voiding(id));
    expect(await consortium.record('Instruction', ids[0]!)).toMatchObject({ voided: true, outcome: '' });
    await expectRefusal(consortium.submit(accept), 'INSTRUCTION_VOIDED', { id });
  });

  it('that was applied, or voided before, is not voided', async () => {
    await consortium.submit(accept);
    const { id } = accept.signed.instruction;
    await expectRefusal(consortium.try(await voiding(id)), 'RECORD_EXISTS', { voided: false });
    const other = consortium.authoring(consortium.firms.suppliers[0]!).author.instructionId;
    await consortium.submit(await voiding(other));
    await expectRefusal(consortium.try(await voiding(other)), 'RECORD_EXISTS', { voided: true });
  });

  it('does not void itself', async () => {
    const authoring = consortium.authoring(consortium.firms.suppliers[0]!);
    const call = await voiding(authoring.author.instructionId, authoring);
    await expectRefusal(consortium.try(call), 'BAD_INPUT', { field: 'id' });
  });

  it('in doubt ends one way when its voiding races it into one block', async () => {
    const racing = await Consortium.open({ seed: 'race', blockMs: 50 });
    const creditor = racing.firms.suppliers[0]!;
    const [certificate] = await issue(racing, await grantLine(racing), [{ creditor, faceFen: 1_000_00n }]);
    const call = await acceptCall(racing, certificate!, creditor);
    const unsigned = buildVoid({ ...racing.authoring(creditor), id: call.signed.instruction.id });
    const signed = await racing.sign(unsigned, creditor, 'maker');
    const ending = { contract: 'instruction', fn: 'voidInstruction', signed };
    const results = await Promise.all([call, ending].map((each) => racing.send(each, racing.request(each))));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'rejected']);
    await racing.close();
  });

  it('has its outcome under its key, for any organisation', async () => {
    const key = instructionKey(accept.signed.instruction);
    await expectRefusal(consortium.query(BANK_A, 'instruction', 'outcome', key), 'RECORD_NOT_FOUND');
    const { applied } = await consortium.submit(accept);
    expect(applied).toEqual([key]);
    const record = JSON.parse(await consortium.query(CORE, 'instruction', 'outcome', key)) as { outcome: string };
    expect(JSON.parse(record.outcome)).toMatchObject({ applied });
    await expectRefusal(consortium.query(BANK_A, 'instruction', 'outcome', 'x'), 'BAD_INPUT', { field: 'key' });
  });
});
