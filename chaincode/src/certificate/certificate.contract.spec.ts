import {
  buildDeclineCertificate,
  buildReportOverdue,
  buildWithdrawCertificate,
  compose,
  recordKey,
  type CertificateOpening,
} from '@tallystick/protocol';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR, type Sending } from '../testing/consortium';
import { type Firm } from '../testing/firm';
import { expectRefusal } from '../testing/refusal';
import { acceptCall, grantLine, issue, issueCall, type LineBook } from '../testing/trade';

describe('certificate', () => {
  let consortium: Consortium;
  let line: LineBook;
  let creditor: Firm;
  let opening: CertificateOpening;
  beforeEach(async () => {
    consortium = await Consortium.open({ seed: 'certificate' });
    line = await grantLine(consortium);
    creditor = consortium.firms.suppliers[0]!;
    [opening] = (await issue(consortium, line, [{ creditor, faceFen: 1_000_000_00n }])) as [CertificateOpening];
  });
  afterEach(() => consortium.close());

  const status = async () => (await consortium.record('Certificate', opening.certificate)).status;
  const ending = async (fn: 'decline' | 'withdraw', by: Firm, ...roles: ('maker' | 'checker')[]): Promise<Sending> => {
    const input = { ...consortium.authoring(by), certificate: opening.certificate, reason: '金额不符' };
    const unsigned = fn === 'decline' ? buildDeclineCertificate(input) : buildWithdrawCertificate(input);
    const signed = await consortium.sign(unsigned, by, ...roles);
    return {
      contract: 'certificate',
      fn,
      signed,
      readers: [CORE, BANK_A, OPERATOR],
      context: { certificate: opening },
    };
  };

  it('once accepted is one holding over the whole interval, known to host, issuer and witness', async () => {
    const call = await acceptCall(consortium, opening, creditor);
    const { applied } = await consortium.submit(call);
    const { public: promise } = await consortium.record('Certificate', opening.certificate);
    expect(await status()).toBe('active');
    expect(await consortium.record('Holding', call.holding.holding)).toMatchObject({
      lo: promise.lo,
      hi: promise.hi,
      host: OPERATOR,
      depth: 0,
      status: 'live',
      madeBy: applied[0],
    });
    for (const msp of [OPERATOR, CORE, BANK_A]) {
      expect((await consortium.bundle(msp, applied[0]!)).openings.holdings).toEqual([call.holding]);
    }
  });

  it('leaves its line alone when accepted', async () => {
    const before = await consortium.record('Line', line.id);
    await consortium.submit(await acceptCall(consortium, opening, creditor));
    expect(await consortium.record('Line', line.id)).toEqual(before);
  });

  it('is accepted under two of host, issuer, witness and stand-in', async () => {
    const call = { ...(await acceptCall(consortium, opening, creditor)), readers: [BANK_B] };
    const sent = await consortium.send({ ...call, endorsers: [BANK_B, BANK_A] }, consortium.request(call));
    expect(sent).toMatchObject({ kind: 'committed' });
    const located = await consortium.network.ledgerFor(OPERATOR).transaction(sent.txId);
    expect(located!.tx.policies.map(({ key }) => key)).toEqual([recordKey('Holding', call.holding.holding)]);
  });

  it('is accepted by its first creditor alone, in time, as it stands', async () => {
    const other = consortium.firms.suppliers[1]!;
    await expectRefusal(consortium.try(await acceptCall(consortium, opening, other)), 'NOT_RECEIVER');
    const lying = structuredClone(opening);
    lying.terms.firstCreditor = other.record.id;
    await expectRefusal(consortium.try(await acceptCall(consortium, lying, other)), 'OPENING_MISMATCH', {
      record: 'Certificate',
    });
    consortium.goTo('2026-03-13', 0);
    await expectRefusal(consortium.try(await acceptCall(consortium, opening, creditor)), 'WINDOW_OVER');
  });

  it('is accepted once', async () => {
    await consortium.submit(await acceptCall(consortium, opening, creditor));
    await expectRefusal(consortium.try(await acceptCall(consortium, opening, creditor)), 'CERTIFICATE_STATE', {
      state: 'active',
    });
  });

  it('becomes no holding of another id or owner than signed', async () => {
    const call = await acceptCall(consortium, opening, creditor);
    const secret = { ownerSalt: consortium.random(16) };
    const body = call.signed.instruction.body as { certificate: string; holding: string; owner: string };
    const authoring = consortium.authoring(creditor);
    const id = await consortium.sign(compose('certificate.accept', authoring, body, secret), creditor);
    await expectRefusal(consortium.try({ ...call, signed: id }), 'BAD_INPUT', { field: 'holding' });
    authoring.author.instructionId = call.signed.instruction.id;
    const owner = await consortium.sign(compose('certificate.accept', authoring, body, secret), creditor);
    await expectRefusal(consortium.try({ ...call, signed: owner }), 'OPENING_MISMATCH', { record: 'Holding' });
  });

  it('is declined by one person of its first creditor, and that is the end', async () => {
    await expectRefusal(consortium.try(await ending('decline', consortium.firms.suppliers[1]!)), 'NOT_RECEIVER');
    await consortium.submit(await ending('decline', creditor, 'maker'));
    expect(await status()).toBe('declined');
    await expectRefusal(consortium.try(await acceptCall(consortium, opening, creditor)), 'CERTIFICATE_STATE');
  });

  it('is withdrawn by its issuer, by two people above the solo limit', async () => {
    await expectRefusal(consortium.try(await ending('withdraw', consortium.firms.subsidiary)), 'NOT_ISSUER');
    await expectRefusal(consortium.try(await ending('withdraw', line.issuer, 'maker')), 'ROLE_MISSING');
    await consortium.submit(await ending('withdraw', line.issuer));
    expect(await status()).toBe('withdrawn');
    await expectRefusal(consortium.try(await ending('decline', creditor)), 'CERTIFICATE_STATE');
  });

  it.each(['decline', 'withdraw'] as const)('refuses to %s on another opening than its own', async (fn) => {
    opening = { ...opening, paid: { fen: '1', salt: consortium.random(16) } };
    await expectRefusal(
      consortium.try(await ending(fn, fn === 'decline' ? creditor : line.issuer)),
      'OPENING_MISMATCH',
    );
  });

  it('that is overdue stops its issuer from issuing (T37)', async () => {
    await consortium.submit(await acceptCall(consortium, opening, creditor));
    const report = async (): Promise<Sending> => {
      const unsigned = buildReportOverdue({ ...consortium.authoring(creditor), certificate: opening.certificate });
      return {
        contract: 'certificate',
        fn: 'reportOverdue',
        signed: await consortium.sign(unsigned, creditor, 'maker'),
      };
    };
    consortium.goTo('2026-06-30', 16);
    await expectRefusal(consortium.try(await report()), 'NOT_OVERDUE');
    consortium.goTo('2026-06-30', 17);
    const before = await issueCall(consortium, line, [{ creditor, faceFen: 1_00n, dueDate: '2026-09-30' }]);
    await expect(consortium.try(before)).resolves.toBeDefined();
    await consortium.submit(await report());
    expect(await consortium.record('Standing', line.issuer.record.id)).toMatchObject({
      overdue: [opening.certificate],
    });
    await expectRefusal(consortium.try(await report()), 'RECORD_EXISTS');
    await expectRefusal(consortium.try(before), 'ISSUER_OVERDUE', { index: 0 });
  });
});
