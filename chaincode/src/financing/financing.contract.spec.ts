import { hashTerms } from '@tallystick/crypto';
import { applyOpenings, recordKey, signaturePolicy, verifyHoldingOpening, type Behind } from '@tallystick/protocol';
import {
  behindOf,
  acceptQuoteCall,
  agreed,
  applyCall,
  applyFor,
  approveCall,
  disburse,
  disburseCall,
  disbursing,
  DOCUMENT,
  failCall,
  invite,
  inviteCall,
  later,
  priceAt,
  quote,
  quoteCall,
  receiptOf,
  refuseCall,
  rejectCall,
  signCall,
  signedDeal,
  withdrawApplicationCall,
  withdrawQuoteCall,
} from '../testing/cash';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import { offerCall, pass, type Held } from '../testing/passing';
import { expectRefusal } from '../testing/refusal';
import { withBody, withSecret } from '../testing/retouch';
import { activeCertificate, grantLine, idOf, type LineBook } from '../testing/trade';

const FACE = 1_000_000_00n;
const HOUR = 3_600_000;
const other = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

describe('financing', () => {
  let consortium: Consortium;
  let line: LineBook;
  let owner: Firm;
  let bankA: Firm;
  let bankB: Firm;
  const fresh = (): Promise<Held> => activeCertificate(consortium, line, { creditor: owner, faceFen: FACE });
  const applied = async (amountFen = 400_000_00n) => applyFor(consortium, await fresh(), owner, amountFen);
  const invited = async (bank = bankB) => invite(consortium, await applied(), bank);
  const quoted = async (bank = bankB) => quote(consortium, await invited(bank), 43_500);
  const deal = async () => agreed(consortium, await fresh(), owner, bankB, 400_000_00n);
  const signedOff = async () => signedDeal(consortium, await fresh(), owner, bankB, 400_000_00n);
  const resign = (unsigned: Parameters<Consortium['sign']>[0], by = owner) => consortium.sign(unsigned, by);

  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'financing' });
    line = await grantLine(consortium);
    owner = consortium.firms.suppliers[0]!;
    ({ bankA, bankB } = consortium.firms);
  });
  afterAll(() => consortium.close());

  it('goes from application over two quotes to cash against a receipt', async () => {
    const held = await fresh();
    const application = await applyFor(consortium, held, owner, 400_000_00n);
    const [toA, toB] = [await invite(consortium, application, bankA), await invite(consortium, application, bankB)];
    const [fromA, fromB] = [await quote(consortium, toA, 43_500), await quote(consortium, toB, 39_000)];
    await consortium.submit(await acceptQuoteCall(consortium, fromB));
    expect(await consortium.record('Order', application.order)).toMatchObject({
      state: 'agreed',
      quote: fromB.quote.quote,
      net: fromB.net,
      bankHost: BANK_B,
    });
    await consortium.submit(await approveCall(consortium, fromB));
    await consortium.submit(await signCall(consortium, fromB, 'owner'));
    await consortium.submit(await signCall(consortium, fromB, 'bank'));
    const { holding } = await disburse(consortium, fromB, bankA);
    const record = await consortium.record('Holding', holding.holding);
    expect(record).toMatchObject({ status: 'live', host: BANK_B, depth: 1, lock: null });
    expect(verifyHoldingOpening(record, holding)).toBe(true);
    expect(holding.owner).toBe(bankB.record.id);
    expect(BigInt(holding.hi) - BigInt(holding.lo)).toBe(400_000_00n);
    expect(await consortium.record('Order', application.order)).toMatchObject({ state: 'funded' });
    expect(await consortium.record('Holding', application.holding.holding)).toMatchObject({ status: 'consumed' });
    expect(await consortium.record('Quote', fromA.quote.quote)).toMatchObject({ state: 'open' });
  });

  describe('application', () => {
    it('cuts and locks at once, and is no deeper', async () => {
      const application = await applied();
      const [piece, rest] = await Promise.all([
        consortium.record('Holding', application.holding.holding),
        consortium.record('Holding', application.rest!.holding.holding),
      ]);
      expect(piece).toMatchObject({ depth: 0, lock: { order: application.order, until: null } });
      expect(rest).toMatchObject({ depth: 0, lock: null, lo: piece.hi });
      const offer = await offerCall(consortium, application, owner, {
        to: [{ receiver: consortium.firms.suppliers[1]!, amountFen: 400_000_00n }],
      });
      await expectRefusal(consortium.try(offer), 'HOLDING_LOCKED', { order: application.order });
      const second = await applyCall(consortium, application, owner, 10_000_00n);
      await expectRefusal(consortium.try(second), 'HOLDING_LOCKED');
    });

    it('refuses an end in the past or in the blackout, and a cut that is none of this holding', async () => {
      const held = await fresh();
      await expectRefusal(consortium.try(await applyCall(consortium, held, owner, FACE, consortium.now)), 'ORDER_OVER');
      await expectRefusal(
        consortium.try(await applyCall(consortium, held, owner, FACE, '2026-06-25T16:00:00.001Z')),
        'BAD_INPUT',
        { field: 'openUntil' },
      );
      const { sealed: _sealed, ...call } = await applyCall(consortium, held, owner, 400_000_00n);
      const { instruction, secret } = call.signed;
      const unsigned = { instruction, secret };
      const { piece, remainder } = instruction.body as { piece: { id: string; lo: string }; remainder: { id: string } };
      const tryUnsigned = async (one: typeof unsigned) => consortium.try({ ...call, signed: await resign(one) });
      expect(await tryUnsigned(unsigned)).toContain('applied');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'piece.hi', other(piece.lo))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'remainder.owner', other(piece.lo))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'order', other(piece.id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'piece.id', other(piece.id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'remainder.id', other(remainder.id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'remainder', null)), 'BAD_INPUT');
    });

    it('is withdrawn by its owner alone, before a quote is accepted; the claim is free at once (T36)', async () => {
      const application = await applied();
      await expectRefusal(consortium.try(await withdrawApplicationCall(consortium, application, bankB)), 'NOT_OWNER');
      await consortium.submit(await withdrawApplicationCall(consortium, application));
      expect(await consortium.record('Order', application.order)).toMatchObject({
        state: 'ended',
        endedBy: 'withdrawn',
      });
      expect((await consortium.record('Holding', application.holding.holding)).lock).toBeNull();
      await pass(consortium, application, owner, consortium.firms.suppliers[1]!, 400_000_00n);
      await expectRefusal(consortium.try(await withdrawApplicationCall(consortium, application)), 'ORDER_STATE');
      const chosen = await deal();
      await expectRefusal(consortium.try(await withdrawApplicationCall(consortium, chosen)), 'ORDER_STATE', {
        state: 'agreed',
      });
    });
  });

  describe('invitation', () => {
    it('is for owner’s host and bank only, and so is its policy', async () => {
      const application = await applied();
      const call = await inviteCall(consortium, application, bankB);
      const { applied: keys, ids } = await consortium.submit(call);
      for (const reader of [OPERATOR, BANK_B]) {
        const { openings } = await consortium.bundle(reader, keys[0]!);
        expect(openings.invitations.map(({ bank }) => bank)).toEqual([bankB.record.id]);
      }
      const ledger = consortium.network.ledgerFor(BANK_A);
      const block = await ledger.block((await ledger.height()) - 1n);
      const policy = block?.transactions[0]?.policies.find(({ key }) => key === recordKey('Invitation', ids[0]!));
      expect(policy?.policy).toEqual(signaturePolicy(2, [BANK_B, OPERATOR]));
      await expectRefusal(
        consortium.try({ ...(await inviteCall(consortium, application, bankB)), readers: [BANK_A] }),
        'COLLECTION_FORBIDDEN',
      );
    });

    it('refuses a foreign owner, what is no bank, another application and a wrong name', async () => {
      const application = await applied();
      const supplier = consortium.firms.suppliers[1]!;
      await expectRefusal(
        consortium.try(await inviteCall(consortium, { ...application, owner: supplier }, bankB)),
        'NOT_OWNER',
      );
      await expectRefusal(consortium.try(await inviteCall(consortium, application, supplier)), 'MEMBER_KIND');
      const { sealed } = application;
      const lie = { ...sealed, application: { ...sealed.application, recourse: true } };
      await expectRefusal(consortium.try(await inviteCall(consortium, application, bankB, lie)), 'OPENING_MISMATCH');
      const call = await inviteCall(consortium, application, bankB);
      const { instruction, secret } = call.signed;
      const unsigned = { instruction, secret };
      const tryUnsigned = async (one: typeof unsigned) => consortium.try({ ...call, signed: await resign(one) });
      const { invitation, bank } = instruction.body as { invitation: string; bank: string };
      await expectRefusal(tryUnsigned(withBody(unsigned, 'bank', other(bank))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'invitation', other(invitation))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'bankHost', BANK_A)), 'BAD_INPUT');
    });

    it('shows the bank the instructions that made the piece and issued its certificate, and refuses less (§3.3)', async () => {
      const application = await applied();
      const call = await inviteCall(consortium, application, bankB);
      const { behind } = call.context as { behind: Behind };
      expect(behind.map(({ instruction: { fn } }) => fn)).toEqual(['apply', 'issueMany']);
      const tryBehind = (shown: Behind) => consortium.try({ ...call, context: { ...call.context, behind: shown } });
      const [made, issued] = behind as [Behind[number], Behind[number]];
      for (const shown of [[], [made], [issued], [{ ...made, instruction: call.signed.instruction }, issued]]) {
        await expectRefusal(tryBehind(shown), 'OPENING_MISMATCH', { record: 'Instruction' });
      }
      const altered = { ...issued, instruction: { ...issued.instruction, notAfter: consortium.now } };
      await expectRefusal(tryBehind([made, altered]), 'OPENING_MISMATCH', { record: 'Instruction' });
      const foreign = await behindOf(consortium, (await fresh()).holding);
      await expectRefusal(tryBehind([made, foreign[1]!]), 'OPENING_MISMATCH', { record: 'Instruction' });
      const { applied: keys } = await consortium.submit(call);
      const own = { instruction: call.signed.instruction, signatures: call.signed.signatures };
      expect((await consortium.bundle(BANK_B, keys[0]!)).instructions).toEqual([own, ...behind]);
    });

    it.each([{ amountFen: '1' }, { applicant: '91310000MA00UP1A06' }])(
      'refuses an application that lies about %o, though its hash is the order’s',
      async (lie) => {
        const held = await fresh();
        const { sealed, ...call } = await applyCall(consortium, held, owner, FACE);
        const lying = { ...sealed, application: { ...sealed.application, ...lie } };
        const hash = hashTerms(lying.applicationSalt, lying.application);
        const signed = await resign(withBody(call.signed, 'application', hash));
        await consortium.submit({ ...call, signed });
        const [holding] = applyOpenings(signed, held.holding).holdings;
        const order = idOf(signed, 0);
        const application = { ...held, holding: holding!, owner, order, sealed: lying, rest: null };
        await expectRefusal(consortium.try(await inviteCall(consortium, application, bankB)), 'OPENING_MISMATCH', {
          record: 'Order',
        });
      },
    );

    it('may be refused by its bank, which then cannot quote', async () => {
      const one = await invited();
      await expectRefusal(consortium.try(await refuseCall(consortium, one, bankA)), 'NOT_INVITED');
      await consortium.submit(await refuseCall(consortium, one));
      await expectRefusal(consortium.try(await refuseCall(consortium, one)), 'ORDER_STATE', { state: 'refused' });
      const terms = await priceAt(consortium, one, 43_500);
      await expectRefusal(consortium.try(await quoteCall(consortium, one, terms)), 'NOT_INVITED');
    });
  });

  describe('quote', () => {
    it('is computed again, figure by figure', async () => {
      const one = await invited();
      const terms = await priceAt(consortium, one, 43_500);
      const wrong: [Partial<typeof terms>, string][] = [
        [{ interestFen: String(BigInt(terms.interestFen) + 1n) }, 'interestFen'],
        [{ netFen: String(BigInt(terms.netFen) + 1n) }, 'netFen'],
        [{ days: terms.days + 1 }, 'days'],
        [{ aprPpm: terms.aprPpm + 1 }, 'aprPpm'],
        [{ endDate: '2026-07-01' }, 'endDate'],
        [{ recourse: true }, 'recourse'],
        [{ interestBearer: 'core' }, 'interestBearer'],
        [{ amountFen: '39999999' }, 'amountFen'],
      ];
      for (const [change, item] of wrong) {
        const call = await quoteCall(consortium, one, { ...terms, ...change });
        await expectRefusal(consortium.try(call), 'QUOTE_ARITHMETIC', { item });
      }
      expect(await consortium.try(await quoteCall(consortium, one, terms))).toContain('applied');
    });

    it('refuses a bank that is not invited, wrong dates and wrong commitments', async () => {
      const one = await invited();
      const terms = await priceAt(consortium, one, 43_500);
      await expectRefusal(consortium.try(await quoteCall(consortium, one, terms, undefined, bankA)), 'NOT_INVITED');
      await expectRefusal(consortium.try(await quoteCall(consortium, one, terms, consortium.now)), 'QUOTE_EXPIRED');
      const call = await quoteCall(consortium, one, terms);
      const { instruction, secret } = call.signed;
      const unsigned = { instruction, secret };
      const tryUnsigned = async (by: typeof unsigned) => consortium.try({ ...call, signed: await resign(by, bankB) });
      const { net, quote: id, order } = instruction.body as { net: string; quote: string; order: string };
      await expectRefusal(tryUnsigned(withBody(unsigned, 'net', other(net))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'terms', other(net))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'quote', other(id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'order', other(order))), 'BAD_INPUT');
      const { application } = one.invitation;
      const context = {
        ...call.context,
        invitation: { ...one.invitation, application: { ...application, note: 'x' } },
      };
      await expectRefusal(consortium.try({ ...call, context }), 'OPENING_MISMATCH', { record: 'Invitation' });
    });

    it('stays between owner’s host and bank: no other organisation keeps a word of it', async () => {
      const one = await invited();
      const { applied: keys } = await consortium.submit(
        await quoteCall(consortium, one, await priceAt(consortium, one, 43_210)),
      );
      const { openings } = await consortium.bundle(BANK_B, keys[0]!);
      expect(openings.quotes[0]?.terms.ratePpm).toBe(43_210);
      for (const reader of [BANK_A, CORE]) {
        await expect(consortium.bundle(reader, keys[0]!)).rejects.toThrow();
        const call = await quoteCall(consortium, one, await priceAt(consortium, one, 43_210));
        await expectRefusal(consortium.try({ ...call, readers: [reader] }), 'COLLECTION_FORBIDDEN');
      }
    });

    it('is taken back by its bank until it is accepted', async () => {
      const one = await quoted();
      await expectRefusal(consortium.try(await withdrawQuoteCall(consortium, one, bankA)), 'NOT_INVITED');
      await consortium.submit(await withdrawQuoteCall(consortium, one));
      await expectRefusal(consortium.try(await withdrawQuoteCall(consortium, one)), 'QUOTE_STATE');
      await expectRefusal(consortium.try(await acceptQuoteCall(consortium, one)), 'QUOTE_STATE');
      const chosen = await deal();
      await expectRefusal(consortium.try(await withdrawQuoteCall(consortium, chosen)), 'QUOTE_STATE', {
        state: 'accepted',
      });
    });

    it('is withdrawn with the invitation it was given for', async () => {
      const [one, another] = [await quoted(), await quoted()];
      const mixed = { ...another, quote: { ...another.quote, quote: one.quote.quote } };
      await expectRefusal(consortium.try(await withdrawQuoteCall(consortium, mixed)), 'BAD_INPUT');
    });

    it('is accepted by the owner alone, once, and as it was seen', async () => {
      const [one, foreign] = [await quoted(), await quoted()];
      await expectRefusal(consortium.try(await acceptQuoteCall(consortium, one, bankB)), 'NOT_OWNER');
      await expectRefusal(
        consortium.try(await acceptQuoteCall(consortium, { ...one, net: other(one.net) })),
        'BAD_INPUT',
        { field: 'instruction.body.net' },
      );
      await expectRefusal(consortium.try(await acceptQuoteCall(consortium, { ...one, bank: bankA })), 'BAD_INPUT', {
        field: 'instruction.body.bankHost',
      });
      await expectRefusal(
        consortium.try(await acceptQuoteCall(consortium, { ...one, quote: foreign.quote, net: foreign.net })),
        'RECORD_NOT_FOUND',
      );
      await consortium.submit(await acceptQuoteCall(consortium, one));
      await expectRefusal(consortium.try(await acceptQuoteCall(consortium, one)), 'ORDER_STATE', { state: 'agreed' });
    });
  });

  describe('agreement', () => {
    it('needs three people of the chosen bank', async () => {
      const chosen = await deal();
      for (const roles of [
        ['maker', 'checker'],
        ['maker', 'risk'],
        ['risk', 'checker'],
      ] as const) {
        const call = await approveCall(consortium, chosen, { roles: [...roles] });
        await expectRefusal(consortium.try(call), 'ROLE_MISSING');
      }
      await expectRefusal(consortium.try(await approveCall(consortium, chosen, { by: bankA })), 'NOT_INVITED');
      await expectRefusal(
        consortium.try(await approveCall(consortium, chosen, { validUntil: consortium.now })),
        'AGREEMENT_OVER',
      );
      await expectRefusal(
        consortium.try(await approveCall(consortium, chosen, { validUntil: '2026-07-01T00:00:00.000Z' })),
        'BAD_INPUT',
        { field: 'validUntil' },
      );
      await expectRefusal(
        consortium.try(await approveCall(consortium, chosen, { quote: 'a'.repeat(64) })),
        'BAD_INPUT',
        { field: 'instruction.body.quote' },
      );
      const call = await approveCall(consortium, chosen);
      const { terms } = chosen.quote;
      const lie = { ...call.context, quote: { ...chosen.quote, terms: { ...terms, netFen: '1' } } };
      await expectRefusal(consortium.try({ ...call, context: lie }), 'OPENING_MISMATCH', { record: 'Quote' });
      const unsigned = withSecret(call.signed, 'checklistSalt', consortium.random(16));
      const signed = await consortium.sign(unsigned, bankB, 'maker', 'risk', 'checker');
      await expectRefusal(consortium.try({ ...call, signed }), 'OPENING_MISMATCH', { record: 'Agreement' });
      await consortium.submit(call);
      await expectRefusal(consortium.try(await approveCall(consortium, chosen)), 'RECORD_EXISTS');
      const policy = signaturePolicy(2, [BANK_B, OPERATOR]);
      const ledger = consortium.network.ledgerFor(OPERATOR);
      const block = await ledger.block((await ledger.height()) - 1n);
      const key = recordKey('Agreement', chosen.order);
      expect(block?.transactions[0]?.policies.find((each) => each.key === key)?.policy).toEqual(policy);
    });

    it('refuses approval before a quote was accepted', async () => {
      await expectRefusal(consortium.try(await approveCall(consortium, await quoted())), 'NOT_INVITED');
    });

    it('is signed by the owner first, by the bank second, each once and the same text (T35)', async () => {
      const chosen = await deal();
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'owner')), 'RECORD_NOT_FOUND');
      await consortium.submit(await approveCall(consortium, chosen));
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'bank')), 'SIGNING_OUT_OF_ORDER');
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'owner', { by: bankB })), 'NOT_OWNER');
      await expectRefusal(
        consortium.try(await signCall(consortium, chosen, 'owner', { document: other(DOCUMENT) })),
        'BAD_INPUT',
        { field: 'instruction.body.document' },
      );
      await consortium.submit(await signCall(consortium, chosen, 'owner'));
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'owner')), 'SIGNING_OUT_OF_ORDER');
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'bank', { by: bankA })), 'NOT_INVITED');
      await consortium.submit(await signCall(consortium, chosen, 'bank'));
      expect(await consortium.record('Agreement', chosen.order)).toMatchObject({ state: 'signed', net: chosen.net });
      await expectRefusal(consortium.try(await signCall(consortium, chosen, 'bank')), 'SIGNING_OUT_OF_ORDER');
    });

    it('refuses papers of another order', async () => {
      const [one, another] = [await deal(), await deal()];
      const call = await approveCall(consortium, { ...one, order: another.order });
      await expectRefusal(consortium.try(call), 'BAD_INPUT', { field: 'instruction.body.order' });
    });

    it('is rejected by the chosen bank until both signed; the claim is free at once (T36)', async () => {
      const chosen = await deal();
      await expectRefusal(consortium.try(await rejectCall(consortium, chosen, bankA)), 'NOT_INVITED');
      await consortium.submit(await rejectCall(consortium, chosen));
      expect(await consortium.record('Order', chosen.order)).toMatchObject({ state: 'ended', endedBy: 'rejected' });
      await pass(consortium, chosen, owner, consortium.firms.suppliers[1]!, 400_000_00n);
      await expectRefusal(consortium.try(await rejectCall(consortium, chosen)), 'ORDER_STATE');
      await expectRefusal(consortium.try(await rejectCall(consortium, await signedOff())), 'SIGNING_OUT_OF_ORDER');
    });
  });

  describe('disbursement', () => {
    it('refuses without a receipt, with the financier’s own, and with one of anything else', async () => {
      const chosen = await signedOff();
      const withReceipt = async (receipt: Awaited<ReturnType<typeof receiptOf>> | null) =>
        consortium.try(disbursing(await disburseCall(consortium, chosen, receipt)));
      await expectRefusal(withReceipt(null), 'RECEIPT_REQUIRED');
      await expectRefusal(
        withReceipt(await receiptOf(consortium, chosen, bankB, ['service'])),
        'RECEIPT_NOT_INDEPENDENT',
      );
      await expectRefusal(
        withReceipt(await receiptOf(consortium, chosen, bankA, ['service'], { net: other(chosen.net) })),
        'RECEIPT_MISMATCH',
      );
      await expectRefusal(
        withReceipt(await receiptOf(consortium, chosen, bankA, ['service'], { order: other(chosen.order) })),
        'RECEIPT_MISMATCH',
      );
      await expectRefusal(
        withReceipt(await receiptOf(consortium, chosen, bankA, ['service'], { paidOn: '2026-03-03' })),
        'BAD_INPUT',
        { field: 'receipt.paidOn' },
      );
      const supplier = consortium.firms.suppliers[1]!;
      await expectRefusal(withReceipt(await receiptOf(consortium, chosen, supplier, ['service'])), 'MEMBER_KIND');
      await expectRefusal(withReceipt(await receiptOf(consortium, chosen, owner, ['service'])), 'ROLE_MISSING');
      await expectRefusal(withReceipt(await receiptOf(consortium, chosen, owner, ['maker'])), 'ROLE_MISSING');
      expect(await withReceipt(await receiptOf(consortium, chosen, owner, ['maker', 'checker']))).toContain('applied');
    });

    it('refuses another bank, another piece and another minted holding', async () => {
      const chosen = await signedOff();
      const receipt = await receiptOf(consortium, chosen, owner, ['maker', 'checker']);
      await expectRefusal(
        consortium.try(disbursing(await disburseCall(consortium, chosen, receipt, bankA))),
        'NOT_INVITED',
      );
      const call = await disburseCall(consortium, chosen, receipt);
      const tryUnsigned = async (unsigned: Parameters<Consortium['sign']>[0]) =>
        consortium.try({ ...disbursing(call), signed: [await resign(unsigned, bankB), receipt] });
      const { holding } = call.signed.instruction.body as { holding: { id: string; lo: string } };
      await expectRefusal(tryUnsigned(withBody(call.signed, 'piece', other(holding.id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(call.signed, 'holding.id', other(holding.id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(call.signed, 'holding.owner', other(holding.lo))), 'OPENING_MISMATCH');
      await expectRefusal(
        consortium.try({ ...disbursing(call), context: { ...call.context, bankSalt: '0'.repeat(32) } }),
        'NOT_INVITED',
      );
    });

    it('refuses before both have signed', async () => {
      const chosen = await deal();
      const receipt = await receiptOf(consortium, chosen, bankA, ['service']);
      const call = disbursing(await disburseCall(consortium, chosen, receipt));
      await expectRefusal(consortium.try(call), 'SIGNING_OUT_OF_ORDER', { state: 'none' });
      await consortium.submit(await approveCall(consortium, chosen));
      await expectRefusal(consortium.try(call), 'SIGNING_OUT_OF_ORDER', { state: 'approved' });
    });

    it('happens once: the same request answers the same, another one is refused', async () => {
      const chosen = await signedOff();
      const receipt = await receiptOf(consortium, chosen, bankA, ['service']);
      const call = disbursing(await disburseCall(consortium, chosen, receipt));
      const first = await consortium.submit(call);
      expect(first.applied).toHaveLength(2);
      expect(await consortium.submit(call)).toEqual(first);
      const second = await receiptOf(consortium, chosen, bankA, ['service']);
      await expectRefusal(consortium.try(disbursing(await disburseCall(consortium, chosen, second))), 'ORDER_STATE', {
        state: 'funded',
      });
      await expectRefusal(
        consortium.try(disbursing(await disburseCall(consortium, chosen, receipt))),
        'INSTRUCTION_ID_REUSED',
      );
    });

    it('that fails is given up by owner and bank together; the claim is free at once (T36)', async () => {
      const chosen = await signedOff();
      await expectRefusal(consortium.try(await failCall(consortium, chosen, [bankB])), 'NOT_OWNER');
      await expectRefusal(consortium.try(await failCall(consortium, chosen, [owner])), 'NOT_INVITED');
      await expectRefusal(consortium.try(await failCall(consortium, chosen, [owner, bankA])), 'NOT_INVITED');
      await expectRefusal(
        consortium.try(await failCall(consortium, chosen, [owner, bankB], [chosen.order, other(chosen.order)])),
        'BAD_INPUT',
      );
      await consortium.submit(await failCall(consortium, chosen, [owner, bankB]));
      expect(await consortium.record('Order', chosen.order)).toMatchObject({ state: 'ended', endedBy: 'failed' });
      expect((await consortium.record('Certificate', chosen.certificate.certificate)).status).toBe('active');
      await pass(consortium, chosen, owner, consortium.firms.suppliers[1]!, 400_000_00n);
    });
  });
});

describe('financing over time', () => {
  let consortium: Consortium;
  let owner: Firm;
  let bankB: Firm;
  const freeAgain = async (held: Held): Promise<string> =>
    consortium.try(
      await offerCall(consortium, held, owner, {
        to: [{ receiver: consortium.firms.suppliers[1]!, amountFen: 100_000_00n }],
      }),
    );
  let line: LineBook;
  const fresh = (): Promise<Held> => activeCertificate(consortium, line, { creditor: owner, faceFen: FACE });

  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'financing-time' });
    owner = consortium.firms.suppliers[0]!;
    bankB = consortium.firms.bankB;
    line = await grantLine(consortium);
  });
  afterAll(() => consortium.close());

  it('frees the piece when the application, the bank’s time or the signed agreement is over, and not before', async () => {
    const day = 24 * HOUR;
    const open = await applyFor(consortium, await fresh(), owner, 400_000_00n, later(consortium, 2 * day));
    const invitedOpen = await invite(consortium, open, bankB);
    const quotedOpen = await quote(consortium, invitedOpen, 43_500);
    const waiting = await agreed(consortium, await fresh(), owner, bankB, 400_000_00n);
    await consortium.submit(await approveCall(consortium, waiting, { validUntil: later(consortium, 20 * day) }));
    const unapproved = await agreed(consortium, await fresh(), owner, bankB, 400_000_00n);
    const bound = await signedDeal(consortium, await fresh(), owner, bankB, 400_000_00n);
    for (const one of [open, waiting, unapproved, bound]) {
      await expectRefusal(freeAgain(one), 'HOLDING_LOCKED');
    }

    consortium.goTo('2026-03-04', 10);
    expect(await freeAgain(open)).toContain('applied');
    await expectRefusal(consortium.try(await acceptQuoteCall(consortium, quotedOpen)), 'ORDER_OVER');
    await expectRefusal(
      consortium.try(await quoteCall(consortium, invitedOpen, await priceAt(consortium, invitedOpen, 40_000))),
      'ORDER_OVER',
    );
    await expectRefusal(consortium.try(await inviteCall(consortium, open, consortium.firms.bankA)), 'ORDER_OVER');
    await expectRefusal(freeAgain(waiting), 'HOLDING_LOCKED');

    consortium.goTo('2026-03-10', 0);
    await expectRefusal(consortium.try(await signCall(consortium, waiting, 'owner')), 'DECIDE_BY_PASSED');
    await expectRefusal(consortium.try(await approveCall(consortium, unapproved)), 'DECIDE_BY_PASSED');
    expect(await freeAgain(waiting)).toContain('applied');
    expect(await freeAgain(unapproved)).toContain('applied');
    await expectRefusal(freeAgain(bound), 'HOLDING_LOCKED');

    const paying = async () =>
      consortium.try(
        disbursing(
          await disburseCall(
            consortium,
            bound,
            await receiptOf(consortium, bound, consortium.firms.bankA, ['service']),
          ),
        ),
      );
    consortium.goTo('2026-03-12', 9);
    await expectRefusal(freeAgain(bound), 'HOLDING_LOCKED');
    expect(await paying()).toContain('applied');

    consortium.goTo('2026-03-13', 10);
    await expectRefusal(paying(), 'AGREEMENT_OVER');
    expect(await consortium.record('Order', bound.order)).toMatchObject({ state: 'agreed' });
    await pass(consortium, bound, owner, consortium.firms.suppliers[1]!, 400_000_00n);
    await expectRefusal(paying(), 'AGREEMENT_OVER');
    // What became of the piece since is no matter of the old order's.
    await consortium.submit(await failCall(consortium, bound, [owner, bankB]));
    expect(await consortium.record('Order', bound.order)).toMatchObject({ state: 'ended', endedBy: 'failed' });
  });

  it('refuses a quote that has run out', async () => {
    const one = await quote(
      consortium,
      await invite(
        consortium,
        await applyFor(consortium, await fresh(), owner, 400_000_00n, later(consortium, 20 * 24 * HOUR)),
        bankB,
      ),
      43_500,
    );
    consortium.goTo('2026-03-26', 10);
    await expectRefusal(consortium.try(await acceptQuoteCall(consortium, one)), 'QUOTE_EXPIRED');
  });

  it('is not for a certificate in its blackout or overdue', async () => {
    const held = await fresh();
    consortium.goTo('2026-06-26', 10);
    await expectRefusal(consortium.try(await applyCall(consortium, held, owner, FACE)), 'IN_BLACKOUT');
    consortium.goTo('2026-06-30', 17);
    await expectRefusal(consortium.try(await applyCall(consortium, held, owner, FACE)), 'CERTIFICATE_STATE', {
      state: 'overdue',
    });
  });
});
