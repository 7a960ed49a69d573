import {
  buildDeposit,
  noOpenings,
  offerOpenings,
  type Bundle,
  type Openings,
  type SignedInstruction,
} from '@tallystick/protocol';
import { instructionKey } from '@tallystick/crypto';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR, type SignedCall } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import { applyFor, invite, quote } from '../testing/cash';
import { allocate, funds, prepare } from '../testing/maturity';
import { offerCall, pass } from '../testing/passing';
import { expectRefusal } from '../testing/refusal';
import { acceptCall, activeCertificate, grantLine, issue, issueCall, type LineBook } from '../testing/trade';

describe('deposit', () => {
  let consortium: Consortium;
  let line: LineBook;
  let accept: SignedInstruction;
  let openings: Openings;
  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'deposit' });
    line = await grantLine(consortium);
    const creditor = consortium.firms.suppliers[0]!;
    const [certificate] = await issue(consortium, line, [{ creditor, faceFen: 1_000_00n }]);
    const call = await acceptCall(consortium, certificate!, creditor);
    await consortium.submit({ ...call, readers: [CORE] });
    accept = call.signed;
    openings = { ...noOpenings(), certificates: [certificate!], holdings: [call.holding] };
  });
  afterAll(() => consortium.close());

  const behind = (...signed: SignedInstruction[]): Bundle['instructions'] =>
    signed.map(({ instruction, signatures }) => ({ instruction, signatures }));

  async function deposit(
    to: string,
    opened: Partial<Openings>,
    instructions = behind(accept),
    by: Firm = consortium.firms.core,
  ): Promise<SignedCall> {
    const bundle = { v: 1 as const, instructions, openings: { ...noOpenings(), ...opened } };
    const signed = await consortium.sign(buildDeposit({ ...consortium.authoring(by), to, bundle }), by, 'service');
    return { contract: 'deposit', fn: 'openings', signed, readers: [to] };
  }

  it('gives a reader its copy with the instructions behind it', async () => {
    await expectRefusal(consortium.bundle(BANK_A, instructionKey(accept.instruction)), 'RECORD_NOT_FOUND');
    const { applied } = await consortium.submit({ ...(await deposit(BANK_A, openings)), endorsers: [BANK_A, CORE] });
    expect(await consortium.bundle(BANK_A, applied[0]!)).toEqual({ v: 1, instructions: behind(accept), openings });
  });

  it('is read at its own organisation’s peer by its own people only', async () => {
    const { applied } = await consortium.submit(await deposit(BANK_A, openings));
    const asked = { contract: 'deposit', fn: 'bundle', args: [applied[0]!], transient: {}, endorsers: [BANK_A] };
    const foreign = await consortium.network.ledgerFor(BANK_B).submit(asked);
    expect(foreign).toMatchObject({ kind: 'notEndorsed', refusal: { code: 'COLLECTION_FORBIDDEN' } });
    await expectRefusal(consortium.query(BANK_A, 'deposit', 'bundle', 'x'), 'BAD_INPUT', { field: 'key' });
  });

  it('is written with the receiver’s endorsement only', async () => {
    const call = { ...(await deposit(BANK_A, openings)), endorsers: [BANK_B, CORE] };
    expect(await consortium.send(call, consortium.request(call))).toMatchObject({ kind: 'rejected', code: 10 });
  });

  it('goes to the organisation named and no other', async () => {
    const call = await deposit(BANK_A, openings);
    for (const readers of [[BANK_B], [], [BANK_A, CORE]]) {
      await expectRefusal(consortium.try({ ...call, readers }), 'BAD_INPUT', { field: 'readers' });
    }
  });

  it('is a service’s, of the bundle that it signed', async () => {
    const call = await deposit(BANK_A, openings);
    const people = await consortium.sign(call.signed, consortium.firms.core);
    await expectRefusal(consortium.try({ ...call, signed: people }), 'ROLE_MISSING', { role: 'service' });
    const body = { ...call.signed.instruction.body, bundle: 'ab'.repeat(32) };
    const instruction = { ...call.signed.instruction, body };
    const signed = await consortium.sign({ ...call.signed, instruction }, consortium.firms.core, 'service');
    await expectRefusal(consortium.try({ ...call, signed }), 'OPENING_MISMATCH', { record: 'Bundle' });
  });

  it('refuses an instruction behind it that was not applied, or was not this one', async () => {
    const pending = await issueCall(consortium, line, [{ creditor: consortium.firms.suppliers[0]!, faceFen: 1_00n }]);
    const never = await deposit(BANK_A, openings, behind(pending.signed));
    await expectRefusal(consortium.try(never), 'OPENING_MISMATCH', { record: 'Instruction' });
    const other = { ...accept, instruction: { ...accept.instruction, rulePack: 'second' } };
    const altered = await deposit(BANK_A, openings, behind(other));
    await expectRefusal(consortium.try(altered), 'OPENING_MISMATCH', { record: 'Instruction' });
  });

  it.each<[string, (all: Openings) => Partial<Openings>]>([
    ['Certificate', ({ certificates: [one] }) => ({ certificates: [{ ...one!, termsSalt: 'ab'.repeat(16) }] })],
    ['Holding', ({ holdings: [one] }) => ({ holdings: [{ ...one!, hi: `${one!.hi}0` }] })],
  ])('refuses an opening that is not its %s’s', async (record, change) =>
    expectRefusal(consortium.try(await deposit(BANK_A, change(openings))), 'OPENING_MISMATCH', { record }),
  );

  it('gives line and invoices to issuer and witness only, as they stand', async () => {
    const occupancies = [...line.occupancies.values()];
    await expect(consortium.try(await deposit(BANK_A, { lines: [line.opening], occupancies }))).resolves.toBeDefined();
    for (const opened of [{ lines: [line.opening] }, { occupancies }]) {
      await expectRefusal(consortium.try(await deposit(OPERATOR, opened)), 'COLLECTION_FORBIDDEN', {
        reader: OPERATOR,
      });
    }
    const staleLine = await deposit(BANK_A, { lines: [{ ...line.opening, usedFen: '1' }] });
    await expectRefusal(consortium.try(staleLine), 'OPENING_MISMATCH', { record: 'Line' });
    const staleInvoice = await deposit(BANK_A, { occupancies: [{ ...occupancies[0]!, uses: [] }] });
    await expectRefusal(consortium.try(staleInvoice), 'OPENING_MISMATCH', { record: 'Occupancy' });
  });

  it('gives a holding to its owner’s host and to the host it is offered to, with the offer', async () => {
    const { suppliers, subsidiary } = consortium.firms;
    const elsewhere = { creditor: subsidiary, faceFen: 1_000_00n };
    const active = await activeCertificate(consortium, line, elsewhere);
    const own = { certificates: [active.certificate], holdings: [active.holding] };
    await expectRefusal(consortium.try(await deposit(OPERATOR, own)), 'COLLECTION_FORBIDDEN', { record: 'Holding' });
    const alone = await deposit(OPERATOR, { certificates: [active.certificate] });
    await expectRefusal(consortium.try(alone), 'COLLECTION_FORBIDDEN', { record: 'Certificate' });

    const receiver = suppliers[1]!;
    const sent = await offerCall(consortium, active, subsidiary, { to: [{ receiver, amountFen: 400_00n }] });
    await consortium.submit(sent);
    const signed = sent.signed;
    const made = offerOpenings(signed, active.holding);
    const [offered, remainder] = made.holdings;
    const given = { certificates: [active.certificate], holdings: [offered!], transfers: made.transfers };
    await expect(consortium.try(await deposit(OPERATOR, given, behind(signed)))).resolves.toBeDefined();
    const tooMuch = await deposit(OPERATOR, { ...given, holdings: [offered!, remainder!] }, behind(signed));
    await expectRefusal(consortium.try(tooMuch), 'COLLECTION_FORBIDDEN', { record: 'Holding' });
    const stranger = await deposit(BANK_B, given, behind(signed));
    await expect(consortium.try(stranger)).resolves.toBeDefined(); // the stand-in, which fills in for one that is down
    const [transfer] = made.transfers;
    const lying = { ...given, transfers: [{ ...transfer!, receiver: suppliers[2]!.record.id }] };
    await expectRefusal(consortium.try(await deposit(OPERATOR, lying)), 'OPENING_MISMATCH', { record: 'Order' });
  });

  it('keeps an invitation and its quotes between the owner’s host and the bank’s (I25)', async () => {
    const { suppliers, bankB } = consortium.firms;
    const creditor = suppliers[2]!;
    const active = await activeCertificate(consortium, line, { creditor, faceFen: 1_000_00n });
    const applied = await applyFor(consortium, active, creditor, 1_000_00n);
    const quoted = await quote(consortium, await invite(consortium, applied, bankB), 36_000);
    const deal = { invitations: [quoted.invitation], quotes: [quoted.quote] };
    const withHolding = { ...deal, certificates: [quoted.certificate], holdings: [quoted.holding] };
    await expect(consortium.try(await deposit(BANK_B, withHolding, []))).resolves.toBeDefined();
    for (const to of [BANK_A, CORE]) {
      const invitation = await deposit(to, { invitations: deal.invitations }, []);
      await expectRefusal(consortium.try(invitation), 'COLLECTION_FORBIDDEN', { record: 'Invitation' });
      const price = await deposit(to, { quotes: deal.quotes }, []);
      await expectRefusal(consortium.try(price), 'COLLECTION_FORBIDDEN', { record: 'Quote' });
    }
    const otherBank = { invitations: [{ ...quoted.invitation, bank: consortium.firms.bankA.record.id }] };
    await expectRefusal(consortium.try(await deposit(BANK_B, otherBank, [])), 'OPENING_MISMATCH', {
      record: 'Invitation',
    });
    const otherPrice = { quotes: [{ ...quoted.quote, terms: { ...quoted.quote.terms, ratePpm: 1 } }] };
    await expectRefusal(consortium.try(await deposit(BANK_B, otherPrice, [])), 'OPENING_MISMATCH', { record: 'Quote' });
  });

  it('keeps a settlement and its pages with issuer, witness and stand-in', async () => {
    const creditor = consortium.firms.suppliers[3]!;
    const active = await activeCertificate(consortium, line, { creditor, faceFen: 1_000_00n });
    consortium.goTo('2026-06-30');
    const funded = await funds(consortium, await prepare(consortium, active.certificate, 1_000_00n), {
      receivedFen: 1_000_00n,
    });
    const { settling, page } = await allocate(consortium, funded, [active.holding]);
    const settlements = [settling.settlement];
    await expect(consortium.try(await deposit(BANK_A, { settlements, pages: [page] }, []))).resolves.toBeDefined();
    const total = await deposit(OPERATOR, { settlements }, []);
    await expectRefusal(consortium.try(total), 'COLLECTION_FORBIDDEN', { record: 'Order' });
    const shares = await deposit(OPERATOR, { pages: [page] }, []);
    await expectRefusal(consortium.try(shares), 'COLLECTION_FORBIDDEN', { record: 'Page' });
    const lying = await deposit(BANK_A, { settlements: [{ ...settling.settlement, amountFen: '1' }] }, []);
    await expectRefusal(consortium.try(lying), 'OPENING_MISMATCH', { record: 'Order' });
    const wrong = await deposit(BANK_A, { pages: [{ ...page, runningFen: '1' }] }, []);
    await expectRefusal(consortium.try(wrong), 'OPENING_MISMATCH', { record: 'Page' });

    const { order, page: number, lines } = page;
    const payment = { order, page: number, ...lines[0]! };
    await expect(consortium.try(await deposit(OPERATOR, { payments: [payment] }, []))).resolves.toBeDefined();
    for (const change of [{ payoutFen: '1' }, { interestFen: '1' }, { holding: 'ab'.repeat(32) }]) {
      const other = await deposit(OPERATOR, { payments: [{ ...payment, ...change }] }, []);
      await expectRefusal(consortium.try(other), 'OPENING_MISMATCH', { record: 'Page' });
    }
  });

  it('gives a line of a page to the holder’s host, and to no other holder’s (I25)', async () => {
    const { subsidiary, suppliers } = consortium.firms;
    const active = await activeCertificate(consortium, line, {
      creditor: subsidiary,
      faceFen: 1_000_00n,
      dueDate: '2026-08-31',
    });
    const passed = await pass(consortium, active, subsidiary, suppliers[1]!, 400_00n);
    consortium.goTo('2026-08-31');
    const funded = await funds(consortium, await prepare(consortium, active.certificate, 1_000_00n), {
      receivedFen: 1_000_00n,
    });
    const { page } = await allocate(consortium, funded, [passed.given.holding, passed.rest!.holding]);
    const [given, kept] = page.lines.map((each) => ({ order: page.order, page: page.page, ...each }));
    await expect(consortium.try(await deposit(OPERATOR, { payments: [given!] }, []))).resolves.toBeDefined();
    const foreign = await deposit(OPERATOR, { payments: [kept!] }, []);
    await expectRefusal(consortium.try(foreign), 'COLLECTION_FORBIDDEN', { record: 'Page' });
  });
});
