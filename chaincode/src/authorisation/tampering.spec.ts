import { buildReleaseLine, buildWithdrawCertificate } from '@tallystick/protocol';
import { Consortium, CORE } from '../testing/consortium';
import { newcomer } from '../testing/founding';
import { survivors } from '../testing/tampering';
import { acceptCall, grantLine, issue, issueCall, type LineBook } from '../testing/trade';

/**
 * X2: whoever carries a request can change no field of it. Free to choose are only salts of commitments that the submitting
 * gateway makes for numbers of its own, and who among those entitled gets a copy.
 */
describe('a signed request', () => {
  let consortium: Consortium;
  let line: LineBook;
  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'tampering' });
    line = await grantLine(consortium);
  });
  afterAll(() => consortium.close());

  it('to issue is refused after a change of any field', async () => {
    const creditor = consortium.firms.suppliers[0]!;
    const call = await issueCall(consortium, line, [
      { creditor, faceFen: 1_000_00n },
      { creditor, faceFen: 2_000_00n },
    ]);
    expect(await survivors(consortium, call)).toEqual(['context.usedSalt']);
  });

  it('to accept is refused after a change of any field', async () => {
    const creditor = consortium.firms.suppliers[0]!;
    const [certificate] = await issue(consortium, line, [{ creditor, faceFen: 1_000_00n }]);
    expect(await survivors(consortium, await acceptCall(consortium, certificate!, creditor))).toEqual([]);
  });

  it('to give a line back is refused after a change of any field', async () => {
    const { suppliers, core } = consortium.firms;
    const [opening] = await issue(consortium, line, [{ creditor: suppliers[0]!, faceFen: 1_000_00n }]);
    const certificate = opening!.certificate;
    const withdrawn = await consortium.sign(
      buildWithdrawCertificate({ ...consortium.authoring(core), certificate }),
      core,
    );
    const context = { certificate: opening };
    await consortium.submit({ contract: 'certificate', fn: 'withdraw', signed: withdrawn, context });
    const unsigned = buildReleaseLine({ ...consortium.authoring(core), line: line.id, certificates: [certificate] });
    const signed = await consortium.sign(unsigned, core, 'service');
    const given = {
      line: line.opening,
      usedSalt: consortium.random(16),
      certificates: [{ opening, releasedSalt: consortium.random(16) }],
    };
    const call = { contract: 'line', fn: 'release', signed, readers: [CORE], context: given };
    expect(await survivors(consortium, call)).toEqual(['context.usedSalt', 'context.certificates.0.releasedSalt']);
  });

  it('to admit a firm is refused after a change of any field', async () => {
    const firm = newcomer(consortium.now, consortium.random, consortium.roster('OperatorMSP').state.size);
    expect(await survivors(consortium, await consortium.admission(firm))).toEqual([]);
  });
});
