import { hashSecret, undertakingBytes, verifySignature } from '@tallystick/crypto';
import {
  buildDeclineCertificate,
  buildUndertaking,
  type CertificatePublic,
  type InvoiceUse,
} from '@tallystick/protocol';
import {
  applied,
  BANK_A,
  BANK_B,
  Consortium,
  CORE,
  OPERATOR,
  type Sending,
  type SignedCall,
} from '../testing/consortium';
import { signatory, type Firm } from '../testing/firm';
import { expectRefusal } from '../testing/refusal';
import { grantLine, invoiceFor, issue, issueCall, type LineBook } from '../testing/trade';

interface IssueContext {
  undertakings: { role: string; keyId: string; sig: string }[][];
  [field: string]: unknown;
}

describe('certificate.issueMany', () => {
  let consortium: Consortium;
  let line: LineBook;
  let creditor: Firm;
  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'issue' });
    line = await grantLine(consortium);
    creditor = consortium.firms.suppliers[0]!;
  });
  afterAll(() => consortium.close());

  const call = (
    change: Parameters<typeof issueCall>[2][number]['change'] = {},
    faceFen = 1_000_000_00n,
    dueDate = '2026-06-30',
  ) => issueCall(consortium, line, [{ creditor, faceFen, dueDate, change }]);
  const withInvoices = (...invoices: InvoiceUse[]) => call({ invoices }, 113_000_00n);
  const contextOf = (sending: Sending): IssueContext => sending.context as unknown as IssueContext;

  it('puts the promise on the ledger without its amount, and opens it to issuer, witness and the creditor’s host', async () => {
    const sending = await call();
    const { ids, applied } = await consortium.submit(sending);
    const record = await consortium.record('Certificate', ids[0]!);
    expect(record).toMatchObject({ status: 'offered', paid: null, released: null, settling: null });
    const { keyId, sig, role } = record.undertakings[0]!;
    const key = line.issuer.record.keys.find((each) => each.keyId === keyId)!;
    expect(
      verifySignature({ publicKey: key.publicKey, bytes: undertakingBytes(role, record.public), signature: sig }),
    ).toBe(true);
    const seen = await Promise.all([CORE, BANK_A, OPERATOR].map((msp) => consortium.bundle(msp, applied[0]!)));
    expect(
      seen.map(({ openings }) => [openings.certificates.length, openings.lines.length, openings.occupancies.length]),
    ).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 0, 0],
    ]);
    await expectRefusal(consortium.bundle(BANK_B, applied[0]!), 'RECORD_NOT_FOUND');
    line.opening = seen[0]!.openings.lines[0]!;
  });

  it('leaks no private value into what everybody sees', async () => {
    const sending = await call({ contractNo: 'CANARY-CONTRACT', note: 'CANARY-NOTE' }, 123_456_789_01n);
    const sent = await consortium.send(sending, consortium.request(sending));
    const located = await consortium.network.ledgerFor(BANK_B).transaction(sent.txId);
    const { writes, reads, event, args, result } = located!.tx;
    const public_ = [
      ...writes.map(({ value }) => Buffer.from(value ?? []).toString()),
      Buffer.from(event!.payload).toString(),
      ...args,
      result,
    ];
    for (const text of public_) expect(text).not.toMatch(/CANARY|12345678901|91310000MA00UP10/);
    expect(reads.map(({ key }) => key.split('\0')[1])).not.toContain('Member');
    line.opening = (await consortium.bundle(CORE, applied(sent).applied[0]!)).openings.lines[0]!;
  });

  /** Two calls' instructions as one request. */
  const together = (a: SignedCall, b: SignedCall) => {
    const undertakings = [...contextOf(a).undertakings, ...contextOf(b).undertakings];
    const members = [...new Set([...a.members!, ...b.members!])];
    return { ...a, signed: [a.signed, b.signed], members, context: { ...a.context, undertakings } };
  };

  it('takes several instructions under one line, all or nothing', async () => {
    const other = await issueCall(consortium, line, [{ creditor: consortium.firms.suppliers[1]!, faceFen: 5_00n }]);
    const { ids, applied } = await consortium.submit(together(await call(), other));
    expect([ids.length, applied.length]).toEqual([2, 2]);
    line.opening = (await consortium.bundle(CORE, applied[0]!)).openings.lines[0]!;
    const tooSmall = await issueCall(consortium, line, [{ creditor, faceFen: 99n }]);
    await expectRefusal(consortium.try(together(await call(), tooSmall)), 'FACE_OUT_OF_RANGE', { index: 1 });
  });

  it('is of one creditor host, one line and one issuer', async () => {
    const far = await issueCall(consortium, line, [
      { creditor, faceFen: 5_00n },
      { creditor: consortium.firms.subsidiary, faceFen: 5_00n },
    ]);
    await expectRefusal(consortium.try(far), 'BAD_INPUT', { field: 'public.host', index: 1 });
    const lines = await issueCall(consortium, line, [
      { creditor, faceFen: 5_00n },
      { creditor, faceFen: 5_00n, change: { line: 'ab'.repeat(32) } },
    ]);
    await expectRefusal(consortium.try(lines), 'BAD_INPUT', { field: 'public.line', index: 1 });
    const sister = await issueCall(consortium, { ...line, issuer: consortium.firms.subsidiary }, [
      { creditor, faceFen: 5_00n },
    ]);
    await expectRefusal(consortium.try(together(await call(), sister)), 'LINE_NOT_OWN', { index: 1 });
  });

  it('has undertakings for each certificate', async () => {
    const sending = await call();
    const [one] = contextOf(sending).undertakings;
    const uneven = { ...sending, context: { ...sending.context, undertakings: [one, one] } };
    await expectRefusal(consortium.try(uneven), 'BAD_INPUT', { field: 'context.undertakings' });
  });

  it('names the certificate that the line does not bear', async () => {
    const small = await grantLine(consortium, { limitFen: 1_500_00n });
    const two = await issueCall(consortium, small, [
      { creditor, faceFen: 1_000_00n },
      { creditor, faceFen: 1_000_00n },
    ]);
    await expectRefusal(consortium.try(two), 'LINE_EXCEEDED', { index: 1, availableFen: '50000' });
  });

  it('draws only an own line that has not ended', async () => {
    const foreign = { ...line, issuer: consortium.firms.subsidiary };
    const sending = await issueCall(consortium, foreign, [{ creditor, faceFen: 1_00n, change: { issuerOrg: CORE } }]);
    await expectRefusal(consortium.try(sending), 'LINE_NOT_OWN');
    const late = await Consortium.open({ seed: 'late-line' });
    const ended = await grantLine(late, { until: '2026-03-02' });
    late.goTo('2026-03-03');
    await expectRefusal(
      late.try(await issueCall(late, ended, [{ creditor: late.firms.suppliers[0]!, faceFen: 1_00n }])),
      'LINE_EXPIRED',
    );
    await late.close();
    const stale = await call();
    const context = { ...stale.context, line: { ...line.opening, usedFen: '0' } };
    await expectRefusal(consortium.try({ ...stale, context }), 'OPENING_MISMATCH', { record: 'Line' });
  });

  it.each<[string, Partial<CertificatePublic>]>([
    ['issuerOrg', { issuerOrg: BANK_A }],
    ['host', { host: CORE }],
    ['witness', { witness: BANK_B }],
    ['standIn', { standIn: OPERATOR }],
  ])('refuses a promise whose %s is not what the ledger knows', async (field, change) =>
    expectRefusal(consortium.try(await call(change)), 'BAD_INPUT', { field: `public.${field}`, index: 0 }),
  );

  /** The call with its one promise changed, signed anew. */
  async function repromised(change: Partial<CertificatePublic>): Promise<Sending> {
    const sending = await call();
    const { certificates } = sending.signed.instruction.body as { certificates: CertificatePublic[] };
    const instruction = { ...sending.signed.instruction, body: { certificates: [{ ...certificates[0]!, ...change }] } };
    return { ...sending, signed: await consortium.sign({ ...sending.signed, instruction }, line.issuer) };
  }

  it.each(['issuer', 'rulePack'] as const)('refuses a promise of another %s', async (field) => {
    const value = field === 'issuer' ? consortium.firms.subsidiary.record.id : 'second';
    await expectRefusal(consortium.try(await repromised({ [field]: value })), 'BAD_INPUT', {
      field: `public.${field}`,
      index: 0,
    });
  });

  it.each(['lo', 'hi', 'terms'])('refuses a promise whose %s its terms do not open', async (field) =>
    expectRefusal(consortium.try(await repromised({ [field]: 'ab'.repeat(32) })), 'OPENING_MISMATCH', { index: 0 }),
  );

  it('refuses an id of its own choosing', async () => {
    const sending = await call();
    const instruction = { ...sending.signed.instruction, id: consortium.authoring(line.issuer).author.instructionId };
    const signed = await consortium.sign({ ...sending.signed, instruction }, line.issuer);
    await expectRefusal(consortium.try({ ...sending, signed }), 'BAD_INPUT', { field: 'public.id', index: 0 });
  });

  it('refuses an interval beyond 48 bits', async () => {
    const random = consortium.random;
    const wide = (bytes: number): string => (bytes === 6 ? `1${random(6)}` : random(bytes));
    const sending = await issueCall(consortium, line, [{ creditor, faceFen: 1_00n }], wide);
    await expectRefusal(consortium.try(sending), 'BAD_INPUT', { field: 'terms.originFen' });
  });

  it('takes no more certificates at a time than the rules say', async () => {
    const strict = await Consortium.open({ seed: 'batch', rules: { maxIssueBatch: 1 } });
    const request = { creditor: strict.firms.suppliers[0]!, faceFen: 1_00n };
    const two = await issueCall(strict, await grantLine(strict), [request, request]);
    await expectRefusal(strict.try(two), 'TOO_MANY_CERTIFICATES', { max: 1 });
    await strict.close();
  });

  it('takes fifty certificates at once, and fifty uses of one invoice but no more', async () => {
    const invoice = invoiceFor(consortium, creditor, 1_000_00n, { amountFen: '100', number: '25110000000000000050' });
    const request = { creditor, faceFen: 1_00n, change: { invoices: [invoice] } };
    const book = await grantLine(consortium);
    const fifty = Array.from({ length: 50 }, () => request);
    await issue(consortium, book, fifty);
    await expectRefusal(consortium.try(await issueCall(consortium, book, [request])), 'INVOICE_OCCUPIED', { index: 0 });
  });

  it('is a core firm’s to a supplier or core firm, never to itself', async () => {
    const { bankB, core } = consortium.firms;
    const toBank = await issueCall(consortium, line, [{ creditor: bankB, faceFen: 1_00n }]);
    await expectRefusal(consortium.try({ ...toBank, readers: [CORE] }), 'MEMBER_KIND', {
      memberId: bankB.record.id,
      index: 0,
    });
    const toItself = await issueCall(consortium, line, [{ creditor: core, faceFen: 1_00n }]);
    await expectRefusal(consortium.try(toItself), 'RECEIVER_IS_ISSUER', { index: 0 });
    const bySupplier = { ...line, issuer: creditor };
    const wrong = await issueCall(consortium, bySupplier, [
      { creditor: consortium.firms.suppliers[1]!, faceFen: 1_00n },
    ]);
    await expectRefusal(consortium.try(wrong), 'MEMBER_KIND', { neededKind: 'CORE' });
  });

  it('bears the issuer’s own signatures, as many as the face asks for', async () => {
    const sending = await call();
    const [[maker, checker]] = contextOf(sending).undertakings as unknown as [[{ sig: string }, { sig: string }]];
    const withUndertakings = (undertakings: unknown[]) =>
      consortium.try({ ...sending, context: { ...sending.context, undertakings: [undertakings] } });
    await expectRefusal(withUndertakings([maker]), 'ROLE_MISSING', { index: 0 });
    await expectRefusal(withUndertakings([{ ...maker, sig: checker.sig }, checker]), 'SIG_INVALID');
    await expectRefusal(withUndertakings([maker, maker]), 'ROLE_MISSING');
  });

  it('takes a long tenor only with a reason and the bank’s risk signature (T22)', async () => {
    const dueDate = '2026-10-30';
    const bare = await call({ longTenorReason: '设备质保期' }, 1_000_00n, dueDate);
    await expectRefusal(consortium.try(bare), 'TENOR_NEEDS_REVIEW', { index: 0 });
    const [part] = (bare.signed.instruction.body as { certificates: CertificatePublic[] }).certificates;
    const reviewed = async (by: Firm) => {
      const risk = await buildUndertaking(part!, { ...signatory(by, 'risk'), role: 'risk' });
      const undertakings = [[...contextOf(bare).undertakings[0]!, risk]];
      return { ...bare, context: { ...bare.context, undertakings } };
    };
    await expect(consortium.try(await reviewed(line.bank))).resolves.toBeDefined();
    await expectRefusal(consortium.try(await reviewed(consortium.firms.bankB)), 'KEY_UNKNOWN');
    const forged = await reviewed(line.bank);
    forged.context.undertakings[0]![2]!.sig = contextOf(bare).undertakings[0]![0]!.sig;
    await expectRefusal(consortium.try(forged), 'SIG_INVALID');
    const later = await call({ longTenorReason: '设备质保期' }, 1_000_00n, '2027-03-31');
    await expectRefusal(consortium.try(later), 'TENOR_EXCEEDED', { index: 0 });
  });

  describe('invoices', () => {
    it('back no more than their amount, over several certificates (T25)', async () => {
      const whole = invoiceFor(consortium, creditor, 113_000_00n, {
        amountFen: '10000000',
        number: '25110000000000000001',
      });
      line = await grantLine(consortium);
      await issue(consortium, line, [{ creditor, faceFen: 100_000_00n, change: { invoices: [whole] } }]);
      const next = (amountFen: bigint) =>
        issueCall(consortium, line, [
          { creditor, faceFen: amountFen, change: { invoices: [{ ...whole, amountFen: String(amountFen) }] } },
        ]);
      await expectRefusal(consortium.try(await next(13_000_01n)), 'INVOICE_OVERCLAIMED', {
        availableFen: '1300000',
        index: 0,
      });
      const call13 = await next(13_000_00n);
      await expect(consortium.try(call13)).resolves.toBeDefined();
      const unopened = { ...call13, context: { ...call13.context, occupancies: [] } };
      await expectRefusal(consortium.try(unopened), 'INVOICE_OCCUPIED', { fingerprint: whole.fingerprint });
      const [occupancy] = call13.context!['occupancies'] as { uses: { amount: { fen: string } }[] }[];
      const lying = structuredClone(occupancy!);
      lying.uses[0]!.amount.fen = '1';
      await expectRefusal(
        consortium.try({ ...call13, context: { ...call13.context, occupancies: [lying] } }),
        'OPENING_MISMATCH',
        { record: 'Occupancy' },
      );
    });

    it('are counted within one request too, which does not see its own writes', async () => {
      const half = invoiceFor(consortium, creditor, 100_00n, { amountFen: '6000', number: '25110000000000000002' });
      const change = { invoices: [half] };
      const two = await issueCall(consortium, line, [
        { creditor, faceFen: 60_00n, change },
        { creditor, faceFen: 60_00n, change },
      ]);
      await expectRefusal(consortium.try(two), 'INVOICE_OVERCLAIMED', { availableFen: '4000', index: 1 });
    });

    it('that a declined certificate used are free at once; a lapsed one frees them with its line', async () => {
      const fresh = await Consortium.open({ seed: 'freed' });
      const book = await grantLine(fresh);
      const supplier = fresh.firms.suppliers[0]!;
      const invoice = invoiceFor(fresh, supplier, 50_00n);
      const request = { creditor: supplier, faceFen: 50_00n, change: { invoices: [invoice] } };
      const [first] = await issue(fresh, book, [request]);
      await expectRefusal(fresh.try(await issueCall(fresh, book, [request])), 'INVOICE_OCCUPIED');
      const unsigned = buildDeclineCertificate({
        ...fresh.authoring(supplier),
        certificate: first!.certificate,
        reason: '金额不符',
      });
      const signed = await fresh.sign(unsigned, supplier, 'maker');
      await fresh.submit({ contract: 'certificate', fn: 'decline', signed, context: { certificate: first } });
      const [second] = await issue(fresh, book, [request]);
      expect(book.occupancies.get(invoice.fingerprint)!.uses.map(({ certificate }) => certificate)).toEqual([
        second!.certificate,
      ]);
      fresh.goTo('2026-03-20');
      await expectRefusal(fresh.try(await issueCall(fresh, book, [request])), 'INVOICE_OCCUPIED');
      await fresh.close();
    });

    it('have the fingerprint of what is printed, under the consortium’s key', async () => {
      const invoice = invoiceFor(consortium, creditor, 113_000_00n);
      const other = { ...invoice, fingerprint: 'ab'.repeat(32) };
      await expectRefusal(consortium.try(await withInvoices(other)), 'OPENING_MISMATCH', { record: 'fingerprint' });
      const cyrillic = { ...invoice, number: 'А1234' };
      await expectRefusal(consortium.try(await withInvoices(cyrillic)), 'OPENING_MISMATCH', { record: 'fingerprint' });
      const sending = await call();
      const key = { ...sending, context: { ...sending.context, fingerprintKey: 'ab'.repeat(32) } };
      await expectRefusal(consortium.try(key), 'OPENING_MISMATCH', { record: 'fingerprintKey' });
    });

    it('are named once in a certificate, with salts for each', async () => {
      const invoice = invoiceFor(consortium, creditor, 113_000_00n, { amountFen: '5650000' });
      await expectRefusal(consortium.try(await withInvoices(invoice, invoice)), 'BAD_INPUT', { field: 'invoices' });
      const sending = await call();
      const secret = structuredClone(sending.signed.secret!) as {
        salt: string;
        value: { certificates: { invoices: unknown[] }[] };
      };
      secret.value.certificates[0]!.invoices.push(secret.value.certificates[0]!.invoices[0]);
      await expectRefusal(consortium.try(await resecret(sending, secret)), 'BAD_INPUT', { field: 'invoices' });
    });

    async function resecret(sending: SignedCall, secret: { salt: string; value: Record<string, unknown> }) {
      const secretHash = hashSecret({ salt: secret.salt, secret: secret.value });
      const instruction = { ...sending.signed.instruction, secretHash };
      return { ...sending, signed: await consortium.sign({ instruction, secret }, line.issuer) };
    }

    it('have as many secrets as certificates', async () => {
      const sending = await call();
      const secret = structuredClone(sending.signed.secret!) as { salt: string; value: { certificates: unknown[] } };
      secret.value.certificates.push(secret.value.certificates[0]);
      await expectRefusal(consortium.try(await resecret(sending, secret)), 'BAD_INPUT', {
        field: 'secret.certificates',
      });
    });
  });
});
