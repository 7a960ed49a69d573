import {
  buildChangeLine,
  buildGrantLine,
  buildReleaseLine,
  buildWithdrawCertificate,
  changeLineOpenings,
  compose,
  grantLineOpenings,
  type CertificateOpening,
  type Unsigned,
} from '@tallystick/protocol';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR, type Sending, type SignedCall } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import { expectRefusal } from '../testing/refusal';
import { acceptCall, grantLine, issue, issueCall, type LineBook } from '../testing/trade';

describe('line', () => {
  let consortium: Consortium;
  beforeEach(async () => {
    consortium = await Consortium.open({ seed: 'line' });
  });
  afterEach(() => consortium.close());

  describe('grant', () => {
    type Input = Parameters<typeof buildGrantLine>[0];
    async function grant(change: Partial<Input> = {}, by?: Firm, edit: (it: Unsigned) => Unsigned = (it) => it) {
      const { bankA, core } = consortium.firms;
      const bank = by ?? bankA;
      const terms = { bank: bank.record.id, issuer: core.record.id, currency: 'CNY' as const };
      const base = { ...consortium.authoring(bank), terms, issuerOrg: CORE, standIn: BANK_B };
      const unsigned = edit(buildGrantLine({ ...base, until: '2026-12-31', limitFen: 10_000_000_00n, ...change }));
      const signed = await consortium.sign(unsigned, bank);
      const call: Sending = {
        contract: 'line',
        fn: 'grant',
        signed,
        members: [core],
        readers: [bank.record.host, CORE],
      };
      return { ...call, signed };
    }

    it('stands on the ledger without a number, and opens to bank and issuer alone', async () => {
      const call = await grant();
      const { ids, applied } = await consortium.submit(call);
      const record = await consortium.record('Line', ids[0]!);
      expect(record).toMatchObject({ witness: BANK_A, standIn: BANK_B, issuerOrg: CORE, until: '2026-12-31' });
      expect(JSON.stringify(record)).not.toContain('1000000000');
      for (const msp of [BANK_A, CORE]) {
        expect((await consortium.bundle(msp, applied[0]!)).openings.lines).toEqual(
          grantLineOpenings(call.signed).lines,
        );
      }
      await expectRefusal(consortium.bundle(BANK_B, applied[0]!), 'RECORD_NOT_FOUND');
    });

    it('refuses readers who are not entitled, and one named twice', async () => {
      const call = await grant();
      await expectRefusal(consortium.try({ ...call, readers: [OPERATOR] }), 'COLLECTION_FORBIDDEN', {
        reader: OPERATOR,
      });
      await expectRefusal(consortium.try({ ...call, readers: [CORE, CORE] }), 'BAD_INPUT', { field: 'readers' });
    });

    it('changes later only with the witness and the issuer’s organisation', async () => {
      const line = await grantLine(consortium);
      const call = await issueCall(consortium, line, [
        { creditor: consortium.firms.suppliers[0]!, faceFen: 1_000_00n },
      ]);
      const sent = await consortium.send(
        { ...call, endorsers: [BANK_A, OPERATOR] },
        { ...consortium.request(call), readers: [] },
      );
      expect(sent).toMatchObject({ kind: 'rejected', code: 10 });
    });

    it('is a bank’s, in its own name', async () => {
      await expectRefusal(consortium.try(await grant({}, consortium.firms.core)), 'MEMBER_KIND', {
        neededKind: 'BANK',
      });
      const terms = {
        bank: consortium.firms.bankB.record.id,
        issuer: consortium.firms.core.record.id,
        currency: 'CNY' as const,
      };
      await expectRefusal(consortium.try(await grant({ terms })), 'LINE_NOT_OWN');
    });

    it('is for a core firm, on its own organisation', async () => {
      const supplier = consortium.firms.suppliers[0]!;
      const terms = { bank: consortium.firms.bankA.record.id, issuer: supplier.record.id, currency: 'CNY' as const };
      const call = { ...(await grant({ terms, issuerOrg: OPERATOR })), members: [supplier] };
      await expectRefusal(consortium.try(call), 'MEMBER_KIND', { neededKind: 'CORE' });
      await expectRefusal(consortium.try(await grant({ issuerOrg: OPERATOR })), 'BAD_INPUT', { field: 'issuerOrg' });
      await expectRefusal(consortium.try({ ...(await grant()), members: [] }), 'NOT_A_MEMBER');
    });

    it.each([
      ['the witness itself', BANK_A],
      ['the operator', OPERATOR],
      ['the issuer', CORE],
      ['an organisation that nobody knows', 'NobodyMSP'],
    ])('refuses as stand-in %s', async (_, standIn) =>
      expectRefusal(consortium.try(await grant({ standIn })), 'WITNESS_NOT_INDEPENDENT', { organisation: standIn }),
    );

    it.each(['core-group', 'platform'])('refuses an authority of the group %s', async (group) => {
      const related = await Consortium.open({ seed: 'related', groups: { [BANK_B]: group } });
      await expectRefusal(grantLine(related), 'WITNESS_NOT_INDEPENDENT', { organisation: BANK_B });
      await related.close();
    });

    it('refuses an end in the past and an id of its own choosing', async () => {
      await expectRefusal(consortium.try(await grant({ until: '2026-03-01' })), 'LINE_EXPIRED');
      const other = (it: Unsigned): Unsigned => ({
        ...it,
        instruction: { ...it.instruction, body: { ...it.instruction.body, line: 'ab'.repeat(32) } },
      });
      await expectRefusal(consortium.try(await grant({}, undefined, other)), 'BAD_INPUT', { field: 'line' });
    });

    it.each(['limit', 'used', 'terms'])('refuses a commitment to another %s than the secret opens', async (field) => {
      const other = (it: Unsigned): Unsigned => ({
        ...it,
        instruction: { ...it.instruction, body: { ...it.instruction.body, [field]: 'ab'.repeat(32) } },
      });
      await expectRefusal(consortium.try(await grant({}, undefined, other)), 'OPENING_MISMATCH', { record: 'Line' });
    });
  });

  describe('change', () => {
    async function change(line: LineBook, limitFen: bigint, until = '2026-12-31', by = line.bank) {
      const unsigned = buildChangeLine({ ...consortium.authoring(by), line: line.id, until, limitFen });
      const signed = await consortium.sign(unsigned, by);
      const call: Sending = {
        contract: 'line',
        fn: 'change',
        signed,
        readers: [BANK_A, CORE],
        context: { line: line.opening },
      };
      return { ...call, signed };
    }

    it('cuts the limit below what is used; then nothing more is drawn (I5)', async () => {
      const line = await grantLine(consortium, { limitFen: 5_000_00n });
      const creditor = consortium.firms.suppliers[0]!;
      await issue(consortium, line, [{ creditor, faceFen: 4_000_00n }]);
      const call = await change(line, 3_000_00n);
      await consortium.submit(call);
      line.opening = changeLineOpenings(call.signed, line.opening).lines[0]!;
      const more = await issueCall(consortium, line, [{ creditor, faceFen: 1_00n }]);
      await expectRefusal(consortium.try(more), 'LINE_EXCEEDED', { availableFen: '0', index: 0 });
    });

    it('is the line’s own bank’s, on the line as it is', async () => {
      const line = await grantLine(consortium);
      await expectRefusal(consortium.try(await change(line, 1n, '2026-12-31', consortium.firms.bankB)), 'LINE_NOT_OWN');
      const stale = { ...line, opening: { ...line.opening, usedFen: '1' } };
      await expectRefusal(consortium.try(await change(stale, 1n)), 'OPENING_MISMATCH', { record: 'Line' });
      await expectRefusal(consortium.try(await change({ ...line, id: 'ab'.repeat(32) }, 1n)), 'RECORD_NOT_FOUND');
      await expectRefusal(consortium.try(await change(line, 1n, '2026-03-01')), 'LINE_EXPIRED');
    });

    it('refuses a commitment to another limit than the secret opens', async () => {
      const line = await grantLine(consortium);
      const body = { line: line.id, until: '2026-12-31', limit: 'ab'.repeat(32) };
      const secret = { limitFen: '5', limitSalt: consortium.random(16) };
      const unsigned = compose('line.change', consortium.authoring(line.bank), body, secret);
      const signed = await consortium.sign(unsigned, line.bank);
      const call = { ...(await change(line, 5n)), signed };
      await expectRefusal(consortium.try(call), 'OPENING_MISMATCH', { record: 'Line' });
    });
  });

  describe('release', () => {
    let line: LineBook;
    let opening: CertificateOpening;
    beforeEach(async () => {
      line = await grantLine(consortium, { limitFen: 10_000_000_00n });
      [opening] = (await issue(consortium, line, [
        { creditor: consortium.firms.suppliers[0]!, faceFen: 3_000_000_00n },
      ])) as [CertificateOpening];
    });

    const withdraw = async (): Promise<void> => {
      const { core } = consortium.firms;
      const unsigned = buildWithdrawCertificate({ ...consortium.authoring(core), certificate: opening.certificate });
      const signed = await consortium.sign(unsigned, core);
      await consortium.submit({ contract: 'certificate', fn: 'withdraw', signed, context: { certificate: opening } });
    };
    async function release(
      change: { line?: string; certificates?: string[]; by?: Firm; openings?: CertificateOpening[] } = {},
    ): Promise<SignedCall> {
      const by = change.by ?? consortium.firms.core;
      const certificates = change.certificates ?? [opening.certificate];
      const unsigned = buildReleaseLine({ ...consortium.authoring(by), line: change.line ?? line.id, certificates });
      const signed = await consortium.sign(unsigned, by, 'service');
      const context = {
        line: line.opening,
        usedSalt: consortium.random(16),
        certificates: (change.openings ?? [opening]).map((each) => ({
          opening: each,
          releasedSalt: consortium.random(16),
        })),
      };
      return { contract: 'line', fn: 'release', signed, readers: [CORE, BANK_A], context };
    }
    const releaseAndBook = async (): Promise<void> => {
      const { applied } = await consortium.submit(await release());
      const { openings } = await consortium.bundle(BANK_A, applied[0]!);
      line.opening = openings.lines[0]!;
      opening = openings.certificates[0]!;
    };

    it('gives back what was withdrawn, once (T24)', async () => {
      expect(line.opening.usedFen).toBe('300000000');
      await withdraw();
      await releaseAndBook();
      expect(line.opening.usedFen).toBe('0');
      expect(opening.released?.fen).toBe('300000000');
      await releaseAndBook();
      expect(line.opening.usedFen).toBe('0');
      expect(opening.released?.fen).toBe('300000000');
    });

    it('gives back what lapsed, and nothing of what lives', async () => {
      await releaseAndBook();
      expect(line.opening.usedFen).toBe('300000000');
      consortium.goTo('2026-03-13', 0);
      await releaseAndBook();
      expect(line.opening.usedFen).toBe('0');
    });

    it('keeps a lapsed certificate from being accepted by a clock that runs behind', async () => {
      consortium.goTo('2026-03-13', 0);
      await releaseAndBook();
      consortium.advance(-60_000);
      const late = await acceptCall(consortium, opening, consortium.firms.suppliers[0]!);
      await expectRefusal(consortium.try(late), 'WINDOW_OVER');
    });

    it('is the issuer’s own service’s', async () => {
      await expectRefusal(consortium.try(await release({ by: consortium.firms.subsidiary })), 'LINE_NOT_OWN');
      const call = await release();
      const signed = await consortium.sign(call.signed, consortium.firms.core);
      await expectRefusal(consortium.try({ ...call, signed }), 'ROLE_MISSING', { role: 'service' });
    });

    it('refuses a certificate twice, of another line, or without its opening', async () => {
      const id = opening.certificate;
      const twice = await release({ certificates: [id, id], openings: [opening, opening] });
      await expectRefusal(consortium.try(twice), 'BAD_INPUT', { field: 'certificates' });
      const short = await release({ openings: [opening, opening] });
      await expectRefusal(consortium.try(short), 'BAD_INPUT', { field: 'context.certificates' });
      const other = await grantLine(consortium);
      const [foreign] = await issue(consortium, other, [
        { creditor: consortium.firms.suppliers[0]!, faceFen: 1_000_00n },
      ]);
      const mixed = await release({ certificates: [foreign!.certificate], openings: [foreign!] });
      await expectRefusal(consortium.try(mixed), 'BAD_INPUT', { field: 'certificates', id: foreign!.certificate });
      const wrong = await release({ openings: [{ ...opening, paid: { fen: '5', salt: consortium.random(16) } }] });
      await expectRefusal(consortium.try(wrong), 'OPENING_MISMATCH', { record: 'Certificate' });
      const call = await release();
      const stale = { ...call, context: { ...call.context, line: { ...line.opening, usedFen: '0' } } };
      await expectRefusal(consortium.try(stale), 'OPENING_MISMATCH', { record: 'Line' });
    });
  });
});
