import { Consortium, CORE, BANK_A, OPERATOR } from '../testing/consortium';
import { activeCertificate, grantLine } from '../testing/trade';

describe('certificate', () => {
  let consortium: Consortium;
  beforeAll(async () => {
    consortium = await Consortium.open();
  });
  afterAll(() => consortium.close());

  it('is issued, accepted and becomes one holding over the whole interval', async () => {
    const line = await grantLine(consortium);
    const creditor = consortium.firms.suppliers[0]!;
    const { certificate, holding } = await activeCertificate(consortium, line, { creditor, faceFen: 1_000_000_00n });
    const record = await consortium.record('Certificate', certificate.certificate);
    expect(record.status).toBe('active');
    expect(await consortium.record('Holding', holding.holding)).toMatchObject({
      lo: record.public.lo,
      hi: record.public.hi,
      host: OPERATOR,
      depth: 0,
      status: 'live',
    });
    expect(line.opening.usedFen).toBe('100000000');
    expect([CORE, BANK_A]).toHaveLength(2);
  });
});
