import {
  buildReportOverdue,
  recordKey,
  signaturePolicy,
  verifyHoldingOpening,
  verifyPageOpening,
  type HoldingOpening,
} from '@tallystick/protocol';
import {
  signedDeal,
  agreed,
  applyCall,
  approveCall,
  disburseCall,
  disbursing,
  receiptOf,
  signCall,
} from '../testing/cash';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import {
  allocate,
  allocateCall,
  amountsOf,
  closeCall,
  creditedCall,
  creditPage,
  funds,
  fundsCall,
  prepare,
  prepareCall,
  reckon,
  settle,
  type Settling,
} from '../testing/maturity';
import { acceptCallOf, offer, offerCall, pass, type Held } from '../testing/passing';
import { expectRefusal } from '../testing/refusal';
import { withBody } from '../testing/retouch';
import { activeCertificate, grantLine, issueCall, type LineBook } from '../testing/trade';

const FACE = 1_000_000_00n;

describe('settlement', () => {
  let consortium: Consortium;
  let line: LineBook;
  let bankA: Firm;
  let bankB: Firm;
  const firm = (index: number) => consortium.firms.suppliers[index]!;
  const fresh = (faceFen = FACE): Promise<Held> => activeCertificate(consortium, line, { creditor: firm(0), faceFen });
  const outcomeOf = async (key: string) => consortium.record('Order', key);
  const other = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

  /** A certificate in the hands of three, with the sizes given (the last takes the rest). */
  async function shared(sizes: [bigint, bigint], faceFen = FACE): Promise<Held & { holdings: HoldingOpening[] }> {
    const held = await fresh(faceFen);
    const first = await pass(consortium, held, firm(0), firm(1), sizes[0]);
    const second = await pass(consortium, first.rest!, firm(0), firm(2), sizes[1]);
    return {
      ...held,
      holdings: [first.given.holding, second.given.holding, second.rest!.holding],
    };
  }

  const early: Record<string, Held & { holdings: HoldingOpening[] }> = {};
  let offeredLate: Awaited<ReturnType<typeof offer>>['offered'][number];
  let whole: Held;
  let standing: Held;
  let bound: Awaited<ReturnType<typeof signedDeal>>;
  let undecided: Awaited<ReturnType<typeof agreed>>;
  let unapproved: typeof undecided;

  beforeAll(async () => {
    consortium = await Consortium.open({
      seed: 'settlement',
      rules: { smallestHoldingFen: '1', maxHoldings: 1_000_000 },
    });
    line = await grantLine(consortium);
    ({ bankA, bankB } = consortium.firms);
    early['T14'] = await shared([500_000_00n, 300_000_00n]);
    early['T15'] = await shared([333_333_33n, 333_333_33n]);
    early['T16'] = await shared([1n, 5_000_00n], 10_000_00n);
    early['rounding'] = await shared([5_000_00n, 1n], 10_000_00n);
    early['pages'] = await shared([333_333_33n, 333_333_33n]);
    early['late'] = await shared([100_000_00n, 100_000_00n], 400_000_00n);
    whole = await fresh();
    standing = await fresh();
  });
  afterAll(() => consortium.close());

  it('is not prepared earlier than three business days before the due date', async () => {
    await expectRefusal(
      consortium.try(await prepareCall(consortium, whole.certificate, FACE)),
      'SETTLEMENT_TOO_EARLY',
      {
        from: '2026-06-25',
      },
    );
  });

  describe('in its time', () => {
    beforeAll(async () => {
      consortium.goTo('2026-06-24', 9);
      bound = await signedDeal(consortium, await fresh(), firm(0), bankB, FACE);
      undecided = await agreed(consortium, await fresh(), firm(0), bankB, FACE);
      await consortium.submit(await approveCall(consortium, undecided));
      unapproved = await agreed(consortium, await fresh(), firm(0), bankB, FACE);
      consortium.goTo('2026-06-25', 9);
      const { offered } = await offer(consortium, await fresh(), firm(0), {
        to: [{ receiver: firm(1), amountFen: FACE }],
      });
      offeredLate = offered[0]!;
    });

    it('is prepared by the issuer from three business days before the due date', async () => {
      const { certificate } = whole;
      await expectRefusal(consortium.try(await prepareCall(consortium, certificate, FACE, bankA)), 'NOT_ISSUER');
      await expectRefusal(consortium.try(await prepareCall(consortium, certificate, 0n)), 'AMOUNT_TOO_SMALL');
      const call = await prepareCall(consortium, certificate, FACE);
      const { instruction, secret } = call.signed;
      const { order, amount } = instruction.body as { order: string; amount: string };
      for (const [path, to, code] of [
        ['order', other(order), 'BAD_INPUT'],
        ['amount', other(amount), 'OPENING_MISMATCH'],
      ] as const) {
        const signed = await consortium.sign(withBody({ instruction, secret }, path, to), consortium.firms.core);
        await expectRefusal(consortium.try({ ...call, signed }), code);
      }
      const { ids } = await consortium.submit(call);
      expect(await outcomeOf(ids[0]!)).toMatchObject({ state: 'prepared', pages: 0, full: false, principal: null });
      const ledger = consortium.network.ledgerFor(OPERATOR);
      const block = await ledger.block((await ledger.height()) - 1n);
      const policy = block?.transactions[0]?.policies.find(({ key }) => key === recordKey('Order', ids[0]!));
      expect(policy?.policy).toEqual(signaturePolicy(2, [BANK_A, BANK_B, CORE, OPERATOR]));
      await expectRefusal(
        consortium.try({ ...(await prepareCall(consortium, certificate, FACE)), readers: [OPERATOR] }),
        'COLLECTION_FORBIDDEN',
      );
    });

    it('stops every movement on the certificate from the receipt to the last page', async () => {
      const { certificate, holding } = offeredLate;
      const prepared = await prepare(consortium, certificate, FACE);
      const second = await prepare(consortium, certificate, FACE);
      const funded = await funds(consortium, prepared, { receivedFen: FACE });
      expect(await consortium.record('Certificate', certificate.certificate)).toMatchObject({
        settling: prepared.order,
        paidInFull: true,
      });
      const after = { ...offeredLate, certificate: funded.certificate };
      await expectRefusal(consortium.try(await acceptCallOf(consortium, after, firm(1))), 'CERTIFICATE_SETTLING');
      await expectRefusal(
        consortium.try(await prepareCall(consortium, funded.certificate, 1n)),
        'CERTIFICATE_SETTLING',
      );
      const amounts = { ...amountsOf(await reckon(consortium, { ...second, certificate }, FACE, '2026-06-25')) };
      await expectRefusal(
        consortium.try(
          await fundsCall(consortium, { ...second, certificate: funded.certificate }, { receivedFen: FACE, amounts }),
        ),
        'CERTIFICATE_SETTLING',
      );
      const { holdings } = await allocate(consortium, funded, [holding]);
      expect(await consortium.record('Certificate', certificate.certificate)).toMatchObject({ settling: null });
      // Its money is on the way to the sender: whoever accepted now would get nothing.
      const paid = { ...offeredLate, certificate: funded.certificate, holding: holdings[0]! };
      await expectRefusal(consortium.try(await acceptCallOf(consortium, paid, firm(1))), 'HOLDING_ALREADY_SPENT');
    });

    it('leaves nothing to sell of a holding paid in full, before its credit as after', async () => {
      const { certificate, holding } = await fresh();
      const funded = await funds(consortium, await prepare(consortium, certificate, FACE), { receivedFen: FACE });
      const { holdings } = await allocate(consortium, funded, [holding]);
      const paid = { certificate: funded.certificate, holding: holdings[0]! };
      const to = [{ receiver: firm(1), amountFen: FACE }];
      await expectRefusal(consortium.try(await offerCall(consortium, paid, firm(0), { to })), 'HOLDING_ALREADY_SPENT');
      const { sealed: _, ...application } = await applyCall(consortium, paid, firm(0), FACE);
      await expectRefusal(consortium.try(application), 'HOLDING_ALREADY_SPENT');
    });

    it('leaves nothing to discount of a holding paid in part: a price is for the whole', async () => {
      const { certificate, holding } = await fresh();
      const { holdings, ...after } = await settle(consortium, certificate, [holding], FACE / 2n);
      const held = { certificate: after.certificate, holding: holdings[0]! };
      const { sealed: _, ...application } = await applyCall(consortium, held, firm(0), FACE);
      await expectRefusal(consortium.try(application), 'CERTIFICATE_STATE', { state: 'partPaid' });
    });

    it('does not let a financing overtake a payment', async () => {
      const prepared = await prepare(consortium, bound.certificate, FACE);
      const funded = await funds(consortium, prepared, { receivedFen: FACE });
      const receipt = await receiptOf(consortium, bound, bankA, ['service']);
      const tryDisburse = async () =>
        consortium.try(
          disbursing(await disburseCall(consortium, { ...bound, certificate: funded.certificate }, receipt)),
        );
      await expectRefusal(tryDisburse(), 'CERTIFICATE_SETTLING');
      const { holdings } = await allocate(consortium, funded, [bound.holding]);
      const paid = { ...bound, certificate: funded.certificate, holding: holdings[0]! };
      const late = disbursing(await disburseCall(consortium, paid, receipt));
      await expectRefusal(consortium.try(late), 'HOLDING_ALREADY_SPENT');

      const paidOut = async (deal: typeof undecided) => {
        const { certificate, holdings } = await settle(consortium, deal.certificate, [deal.holding], FACE);
        return { ...deal, certificate, holding: holdings[0]! };
      };
      const signing = await signCall(consortium, await paidOut(undecided), 'owner');
      await expectRefusal(consortium.try(signing), 'HOLDING_ALREADY_SPENT');
      const approving = await approveCall(consortium, await paidOut(unapproved));
      await expectRefusal(consortium.try(approving), 'HOLDING_ALREADY_SPENT');
    });

    describe('receipt', () => {
      it('comes from the paying bank’s service alone, for its own certificate', async () => {
        const prepared = await prepare(consortium, whole.certificate, FACE);
        const input = { receivedFen: FACE };
        await expectRefusal(
          consortium.try(await fundsCall(consortium, prepared, { ...input, by: bankB })),
          'NOT_PAYING_BANK',
        );
        await expectRefusal(
          consortium.try(await fundsCall(consortium, prepared, { ...input, by: consortium.firms.core })),
          'MEMBER_KIND',
        );
        const call = await fundsCall(consortium, prepared, input);
        const signed = await consortium.sign(call.signed, bankA, 'maker', 'checker');
        const { amounts: _amounts, ...sending } = call;
        await expectRefusal(consortium.try({ ...sending, signed }), 'ROLE_MISSING');
        const foreign = await prepare(consortium, early['T14']!.certificate, FACE);
        await expectRefusal(
          consortium.try(await fundsCall(consortium, { ...prepared, order: foreign.order }, input)),
          'RECORD_NOT_FOUND',
        );
      });

      it('is not above what is owed, nor zero, nor of another day, and its figures are the ledger’s', async () => {
        const prepared = await prepare(consortium, whole.certificate, FACE);
        const amounts = amountsOf(await reckon(consortium, prepared, FACE, '2026-06-25'));
        const tryFunds = async (receivedFen: bigint, change: Partial<typeof amounts> = {}, paidOn = '2026-06-25') =>
          consortium.try(
            await fundsCall(consortium, prepared, { receivedFen, paidOn, amounts: { ...amounts, ...change } }),
          );
        expect(await tryFunds(FACE)).toContain('applied');
        await expectRefusal(tryFunds(FACE + 1n), 'FUNDS_EXCEED_OUTSTANDING', { owedFen: String(FACE) });
        await expectRefusal(tryFunds(0n), 'AMOUNT_TOO_SMALL');
        await expectRefusal(tryFunds(FACE, {}, '2026-06-26'), 'BAD_INPUT', { field: 'paidOn' });
        const wrong: [string, Partial<typeof amounts>][] = [
          ['principal', { principalFen: FACE - 1n }],
          ['interest', { interestFen: 1n }],
          ['outstanding', { outstandingFen: FACE + 1n }],
          ['paid', { paidFen: FACE - 1n }],
          ['carried', { carriedFen: 1n }],
          ['full', { full: false }],
        ];
        for (const [figure, change] of wrong) {
          await expectRefusal(tryFunds(FACE, change), 'OPENING_MISMATCH', { figure });
        }
        const lie = { ...prepared.settlement, amountFen: '1' };
        await expectRefusal(
          consortium.try(await fundsCall(consortium, { ...prepared, settlement: lie }, { receivedFen: FACE, amounts })),
          'OPENING_MISMATCH',
          { record: 'Order' },
        );
      });
    });

    describe('allocation', () => {
      it.each([
        ['T14', 600_000_00n, ['30000000', '18000000', '12000000']],
        ['T15', 100_000_01n, ['3333333', '3333334', '3333334']],
      ] as const)('shares by running totals (%s)', async (name, receivedFen, expected) => {
        const { certificate, holdings } = early[name]!;
        const { page, holdings: after, settling } = await settle(consortium, certificate, holdings, receivedFen);
        expect(page.lines.map(({ payoutFen }) => payoutFen)).toEqual(expected);
        expect(page.lines.reduce((sum, { payoutFen }) => sum + BigInt(payoutFen), 0n)).toBe(receivedFen);
        const record = await consortium.record('Page', settling.order, '0');
        expect(verifyPageOpening(record, page, certificate.certificate)).toBe(true);
        for (const [index, opening] of after.entries()) {
          const held = await consortium.record('Holding', opening.holding);
          expect(verifyHoldingOpening(held, opening)).toBe(true);
          expect(held.status).toBe('live');
          expect(opening.paid?.fen).toBe(expected[index]);
        }
        expect(await outcomeOf(settling.order)).toMatchObject({ state: 'closed', pages: 1, creditedPages: 1 });
        expect(await consortium.record('Certificate', certificate.certificate)).toMatchObject({
          status: 'active',
          settling: null,
          paidInFull: false,
        });
      });

      it('gives a cent nothing rather than too much, and sends no payment of nothing (T16, in hundredths)', async () => {
        const { certificate, holdings } = early['T16']!;
        const prepared = await prepare(consortium, certificate, 1_000_00n);
        const funded = await funds(consortium, prepared, { receivedFen: 1_000_00n });
        const { page, settling } = await allocate(consortium, funded, holdings);
        expect(page.lines.map(({ payoutFen }) => payoutFen)).toEqual(['0', '50000', '50000']);
        const { lines } = await consortium.record('Page', settling.order, '0');
        expect(lines.map(({ state }) => state)).toEqual(['credited', 'instructed', 'instructed']);
        expect((await consortium.record('Holding', holdings[0]!.holding)).paid).toBeNull();
      });

      it('redeems what a payment in part happens to pay in full, and gives it nothing afterwards', async () => {
        const { certificate, holdings } = early['rounding']!;
        const part = await settle(consortium, certificate, holdings, 9_999_99n);
        expect(part.page.lines.map(({ payoutFen }) => payoutFen)).toEqual(['499999', '1', '499999']);
        const statuses = async () =>
          Promise.all(holdings.map(async ({ holding }) => (await consortium.record('Holding', holding)).status));
        expect(await statuses()).toEqual(['live', 'redeemed', 'redeemed']);
        const rest = await settle(consortium, part.certificate, part.holdings, 1n);
        expect(rest.page.lines.map(({ payoutFen }) => payoutFen)).toEqual(['1', '0', '0']);
        expect(await statuses()).toEqual(['redeemed', 'redeemed', 'redeemed']);
        expect((await consortium.record('Certificate', certificate.certificate)).status).toBe('settled');
      });

      it('goes page by page: in order, none left out, none twice, each from where the last one ended', async () => {
        const { certificate, holdings } = early['pages']!;
        const [a, b, c] = holdings as [HoldingOpening, HoldingOpening, HoldingOpening];
        const prepared = await prepare(consortium, certificate, FACE);
        await expectRefusal(consortium.try(await allocateCall(consortium, prepared, [a], 0)), 'SETTLEMENT_STATE');
        const funded = await funds(consortium, prepared, { receivedFen: FACE });
        const tryPage = async (of: Settling, page: HoldingOpening[], number: number, by = bankA) =>
          consortium.try(await allocateCall(consortium, of, page, number, by));
        await expectRefusal(tryPage(funded, [a], 0, bankB), 'NOT_PAYING_BANK');
        await expectRefusal(tryPage(funded, [a], 1), 'PAGE_OUT_OF_ORDER');
        await expectRefusal(tryPage(funded, [b, a], 0), 'ALLOCATION_MISMATCH');
        await expectRefusal(tryPage(funded, [a, a], 0), 'ALLOCATION_MISMATCH');
        await expectRefusal(tryPage(funded, [b, c], 0), 'ALLOCATION_MISMATCH');
        await expectRefusal(tryPage(funded, [{ ...a, owner: firm(3).record.id }], 0), 'OPENING_MISMATCH', {
          record: 'Holding',
        });
        await expectRefusal(tryPage(funded, [whole.holding], 0), 'OPENING_MISMATCH', { record: 'Holding' });
        // The holding that was cut covers the same interval: paying it would pay a former owner.
        await expectRefusal(tryPage(funded, [early['pages']!.holding], 0), 'HOLDING_ALREADY_SPENT');
        const call = await allocateCall(consortium, funded, [a, b], 0);
        for (const listed of [[a], [a, b, c]]) {
          const context = { ...call.context, holdings: listed };
          await expectRefusal(consortium.try({ ...call, context }), 'BAD_INPUT', { field: 'context.holdings' });
        }
        const first = await allocate(consortium, funded, [a], 0);
        expect(await outcomeOf(prepared.order)).toMatchObject({ state: 'funded', pages: 1 });
        const blocked = await offerCall(consortium, { certificate: funded.certificate, holding: c }, firm(0), {
          to: [{ receiver: firm(3), amountFen: 1_00n }],
          until: '2026-06-25T15:00:00.000Z',
        });
        await expectRefusal(consortium.try(blocked), 'CERTIFICATE_SETTLING');
        await expectRefusal(tryPage({ ...first.settling, previous: null }, [b], 1), 'OPENING_MISMATCH', {
          record: 'Page',
        });
        const { previous } = first.settling;
        for (const lie of [{ runningFen: '0' }, { cutToFen: '0' }]) {
          await expectRefusal(
            tryPage({ ...first.settling, previous: { ...previous!, ...lie } }, [b], 1),
            'OPENING_MISMATCH',
            { record: 'Page' },
          );
        }
        await expectRefusal(tryPage(first.settling, [first.holdings[0]!], 1), 'ALLOCATION_MISMATCH');
        await expectRefusal(tryPage(first.settling, [c], 1), 'ALLOCATION_MISMATCH');
        const last = await allocate(consortium, first.settling, [b, c], 1);
        expect(await outcomeOf(prepared.order)).toMatchObject({ state: 'allocated', pages: 2, creditedPages: 0 });
        expect((await consortium.record('Page', prepared.order, '1')).last).toBe(true);
        expect([...first.page.lines, ...last.page.lines].map(({ payoutFen }) => payoutFen)).toEqual([
          '33333333',
          '33333333',
          '33333334',
        ]);
        await expectRefusal(tryPage(last.settling, [last.holdings[1]!], 2), 'SETTLEMENT_STATE');
      });
    });

    describe('credit', () => {
      it('counts pages, follows returns, redeems what is paid in full, and closes when all is credited', async () => {
        const prepared = await prepare(consortium, whole.certificate, FACE);
        const funded = await funds(consortium, prepared, { receivedFen: FACE });
        const { settling, holdings } = await allocate(consortium, funded, [whole.holding]);
        const id = whole.holding.holding;
        const answer = (state: 'credited' | 'returned', holding = id) => [{ holding, state }];
        const tryCredit = async (
          ...args: Parameters<typeof creditedCall> extends [unknown, unknown, ...infer R] ? R : never
        ) => consortium.try(await creditedCall(consortium, settling, ...args));
        await expectRefusal(consortium.try(await closeCall(consortium, settling)), 'SETTLEMENT_STATE', { credited: 0 });
        await expectRefusal(tryCredit(answer('credited'), 0, bankB), 'NOT_PAYING_BANK');
        await expectRefusal(tryCredit(answer('credited'), 1), 'RECORD_NOT_FOUND');
        await expectRefusal(tryCredit(answer('credited', 'a'.repeat(64))), 'BAD_INPUT');
        await expectRefusal(tryCredit([...answer('credited'), ...answer('credited')]), 'BAD_INPUT');

        await consortium.submit(await creditedCall(consortium, settling, answer('returned')));
        expect(await outcomeOf(settling.order)).toMatchObject({ creditedPages: 0 });
        expect((await consortium.record('Holding', id)).status).toBe('live');
        const first = await consortium.submit(await creditedCall(consortium, settling, answer('credited')));
        expect(await outcomeOf(settling.order)).toMatchObject({ creditedPages: 1 });
        expect(await consortium.record('Holding', id)).toMatchObject({ status: 'redeemed', spentBy: first.applied[0] });
        await expectRefusal(tryCredit(answer('credited')), 'LINE_STATE', { state: 'credited' });
        await consortium.submit(await creditedCall(consortium, settling, answer('returned')));
        expect(await outcomeOf(settling.order)).toMatchObject({ creditedPages: 0 });
        await expectRefusal(consortium.try(await closeCall(consortium, settling)), 'SETTLEMENT_STATE');
        await consortium.submit(await creditedCall(consortium, settling, answer('credited')));
        expect(await consortium.record('Holding', id)).toMatchObject({ status: 'redeemed', spentBy: first.applied[0] });

        await expectRefusal(consortium.try(await closeCall(consortium, settling, bankB)), 'NOT_PAYING_BANK');
        await consortium.submit(await closeCall(consortium, settling));
        expect(await outcomeOf(settling.order)).toMatchObject({ state: 'closed' });
        expect((await consortium.record('Certificate', whole.certificate.certificate)).status).toBe('settled');
        await expectRefusal(tryCredit(answer('returned')), 'SETTLEMENT_STATE', { state: 'closed' });
        await expectRefusal(consortium.try(await closeCall(consortium, settling)), 'SETTLEMENT_STATE');
        const moved = await offerCall(consortium, { certificate: funded.certificate, holding: holdings[0]! }, firm(0), {
          to: [{ receiver: firm(1), amountFen: FACE }],
          until: '2026-06-25T15:00:00.000Z',
        });
        await expectRefusal(consortium.try(moved), 'HOLDING_ALREADY_SPENT');
        await expectRefusal(
          consortium.try(await prepareCall(consortium, funded.certificate, 1n)),
          'CERTIFICATE_STATE',
          {
            state: 'settled',
          },
        );
      });
    });

    describe('late', () => {
      it('meets late interest first, from checkpoint to checkpoint, never on what was paid (T18, T19)', async () => {
        const { certificate, holdings } = early['late']!;
        consortium.goTo('2026-07-10', 10);
        const first = await prepare(consortium, certificate, 392_000_00n);
        const funded = await funds(consortium, first, { receivedFen: 392_000_00n });
        expect(funded.amounts).toMatchObject({
          interestFen: 2_000_00n,
          principalFen: 390_000_00n,
          outstandingFen: 400_000_00n,
          carriedFen: null,
          full: false,
        });
        const page = await allocate(consortium, funded, holdings);
        expect(page.page.lines.map(({ interestFen }) => BigInt(interestFen)).reduce((a, b) => a + b)).toBe(2_000_00n);
        await creditPage(consortium, page.settling);
        await consortium.submit(await closeCall(consortium, page.settling));
        expect(await consortium.record('Certificate', certificate.certificate)).toMatchObject({
          lateFrom: '2026-07-10',
          status: 'active',
          paidInFull: false,
        });

        consortium.goTo('2026-07-20', 10);
        const again = await prepare(consortium, funded.certificate, 10_050_00n);
        await expect(reckon(consortium, again, 10_050_01n, '2026-07-20')).rejects.toThrow('FUNDS_EXCEED_OUTSTANDING');
        const rest = await funds(consortium, again, { receivedFen: 10_050_00n });
        expect(rest.amounts).toMatchObject({ interestFen: 50_00n, principalFen: 10_000_00n, full: true });
        const paidOut = await allocate(consortium, rest, page.holdings);
        await creditPage(consortium, paidOut.settling);
        await consortium.submit(await closeCall(consortium, paidOut.settling));
        expect((await consortium.record('Certificate', certificate.certificate)).status).toBe('settled');
        const statuses = await Promise.all(holdings.map(({ holding }) => consortium.record('Holding', holding)));
        expect(statuses.map(({ status }) => status)).toEqual(['redeemed', 'redeemed', 'redeemed']);
      });

      it('carries interest that a payment did not cover', async () => {
        const { certificate } = standing;
        consortium.goTo('2026-07-30', 10);
        const prepared = await prepare(consortium, certificate, 10_000_00n);
        const funded = await funds(consortium, prepared, { receivedFen: 10_000_00n });
        // 30 days at 0.05 % on 1,000,000.00 are 15,000.00: all that came is interest.
        expect(funded.amounts).toMatchObject({ interestFen: 10_000_00n, principalFen: 0n, carriedFen: 5_000_00n });
        const page = await allocate(consortium, funded, [standing.holding]);
        expect(page.page.lines[0]).toMatchObject({ payoutFen: '0', interestFen: '1000000' });
        await creditPage(consortium, page.settling);
        await consortium.submit(await closeCall(consortium, page.settling));
        standing = { ...standing, certificate: funded.certificate };
      });

      it('reaches settled and unblocks the issuer by rule (T37)', async () => {
        const report = await consortium.sign(
          buildReportOverdue({ ...consortium.authoring(firm(1)), certificate: standing.certificate.certificate }),
          firm(1),
          'service',
        );
        await consortium.submit({ contract: 'certificate', fn: 'reportOverdue', signed: report });
        const issueNow = async () =>
          consortium.try(
            await issueCall(consortium, line, [{ creditor: firm(0), faceFen: 1_000_00n, dueDate: '2026-12-31' }]),
          );
        await expectRefusal(issueNow(), 'ISSUER_OVERDUE');
        const { settling, certificate } = await settle(
          consortium,
          standing.certificate,
          [standing.holding],
          FACE + 5_000_00n,
        );
        expect(await outcomeOf(settling.order)).toMatchObject({ state: 'closed', full: true });
        expect((await consortium.record('Certificate', certificate.certificate)).status).toBe('settled');
        expect(await issueNow()).toContain('applied');
      });
    });
  });
});
