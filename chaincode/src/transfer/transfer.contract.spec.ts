import { commitCut, commitOwner } from '@tallystick/crypto';
import { buildSetStatus, offerOpenings, recordKey, signaturePolicy, verifyHoldingOpening } from '@tallystick/protocol';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR } from '../testing/consortium';
import {
  acceptCallOf,
  acceptOffer,
  answerSending,
  endCallOf,
  latestUntil,
  offer,
  offerCall,
  offerSending,
  pass,
  readersFor,
  unsignedAccept,
  unsignedOffer,
  type Held,
  type Offered,
} from '../testing/passing';
import { expectRefusal } from '../testing/refusal';
import { withBody, withSecret } from '../testing/retouch';
import { activeCertificate, grantLine, idOf, type LineBook } from '../testing/trade';

const FACE = 1_000_000_00n;
const other = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

describe('transfer', () => {
  let consortium: Consortium;
  let line: LineBook;
  const firm = (index: number) => consortium.firms.suppliers[index]!;
  const fresh = (faceFen = FACE, dueDate?: string): Promise<Held> =>
    activeCertificate(consortium, line, { creditor: firm(0), faceFen, ...(dueDate === undefined ? {} : { dueDate }) });
  const policyOf = async (key: string): Promise<Uint8Array | undefined> => {
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const block = await ledger.block((await ledger.height()) - 1n);
    return block?.transactions.flatMap(({ policies }) => policies).find((policy) => policy.key === key)?.policy;
  };

  beforeAll(async () => {
    consortium = await Consortium.open();
    line = await grantLine(consortium);
  });
  afterAll(() => consortium.close());

  describe('offer', () => {
    it('cuts at once into locked pieces and a free remainder, all still the sender’s (T11)', async () => {
      const held = await fresh();
      const call = await offerCall(consortium, held, firm(0), {
        to: [
          { receiver: firm(1), amountFen: 33_333_333n },
          { receiver: firm(2), amountFen: 33_333_333n },
        ],
      });
      const outcome = await consortium.submit(call);
      const { holdings, transfers } = offerOpenings(call.signed, held.holding);
      const parent = await consortium.record('Holding', held.holding.holding);
      expect(parent).toMatchObject({ status: 'consumed', spentBy: outcome.applied[0], lock: null });
      const records = await Promise.all(holdings.map(({ holding }) => consortium.record('Holding', holding)));
      const origin = BigInt(held.certificate.terms.originFen);
      expect(holdings.map(({ lo, hi }) => [BigInt(lo) - origin, BigInt(hi) - origin])).toEqual([
        [0n, 33333333n],
        [33333333n, 66666666n],
        [66666666n, 100000000n],
      ]);
      holdings.forEach((opening, index) => expect(verifyHoldingOpening(records[index]!, opening)).toBe(true));
      expect(records.map(({ depth, status, host, parent: from }) => ({ depth, status, host, from }))).toEqual(
        Array(3).fill({ depth: 0, status: 'live', host: OPERATOR, from: held.holding.holding }),
      );
      expect(records.map(({ lock }) => lock?.order ?? null)).toEqual([...transfers.map(({ order }) => order), null]);
      // The public cuts alone prove that nothing is left out or doubled.
      expect([parent.lo, ...records.map(({ hi }) => hi)]).toEqual([...records.map(({ lo }) => lo), parent.hi]);
      expect(outcome.ids).toEqual([0, 1, 2, 3, 4].map((index) => idOf(call.signed, index)));
    });

    it('gives openings to the sender’s host, issuer and witness, and to nobody else', async () => {
      const held = await fresh();
      const call = await offerCall(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
      const { applied } = await consortium.submit(call);
      for (const reader of [OPERATOR, CORE, BANK_A]) {
        const { openings, instructions } = await consortium.bundle(reader, applied[0]!);
        expect(openings.holdings).toEqual(offerOpenings(call.signed, held.holding).holdings);
        expect(openings.transfers.map(({ receiver }) => receiver)).toEqual([firm(1).record.id]);
        expect(instructions.map(({ instruction }) => instruction.fn)).toEqual(['offer']);
      }
      const subsidiary = consortium.firms.subsidiary;
      const { given } = await pass(consortium, await fresh(), firm(0), subsidiary, 50_000_00n);
      const foreign = await offerCall(consortium, given, subsidiary, {
        to: [{ receiver: firm(1), amountFen: 50_000_00n }],
      });
      await expectRefusal(consortium.try({ ...foreign, readers: [OPERATOR] }), 'COLLECTION_FORBIDDEN', {
        reader: OPERATOR,
      });
    });

    it('refuses who is not the owner, a spent holding and a locked one', async () => {
      const held = await fresh();
      const foreign = { ...held, holding: { ...held.holding, owner: firm(1).record.id } };
      const unsigned = await unsignedOffer(consortium, foreign, firm(1), {
        to: [{ receiver: firm(2), amountFen: 1_000_00n }],
      });
      const signed = await consortium.sign(unsigned, firm(1));
      await expectRefusal(consortium.try(offerSending(held, firm(1), [firm(2)], signed)), 'NOT_OWNER');
      const { offered } = await offer(consortium, held, firm(0), {
        to: [{ receiver: firm(1), amountFen: 10_000_00n }],
      });
      const again = { to: [{ receiver: firm(2), amountFen: 1_000_00n }] };
      await expectRefusal(consortium.try(await offerCall(consortium, held, firm(0), again)), 'HOLDING_ALREADY_SPENT');
      await expectRefusal(consortium.try(await offerCall(consortium, offered[0]!, firm(0), again)), 'HOLDING_LOCKED', {
        order: offered[0]!.transfer.order,
      });
    });

    it('refuses a receiver who is the owner, suspended, unproven or not a trading firm', async () => {
      const held = await fresh();
      const to = (receiver: typeof consortium.firms.core, host?: string) =>
        offerCall(consortium, held, firm(0), {
          to: [{ receiver, amountFen: FACE, ...(host === undefined ? {} : { host }) }],
        });
      await expectRefusal(consortium.try(await to(firm(0))), 'RECEIVER_IS_OWNER');
      await expectRefusal(consortium.try(await to(consortium.firms.operator)), 'MEMBER_KIND', {
        memberId: consortium.firms.operator.record.id,
      });
      await expectRefusal(consortium.try({ ...(await to(firm(1))), members: [] }), 'NOT_A_MEMBER', {
        memberId: firm(1).record.id,
      });
      await expectRefusal(consortium.try(await to(firm(1), CORE)), 'BAD_INPUT', { field: 'offers.receiverHost' });
    });

    it('refuses amounts of zero, above the holding and below the smallest (T12)', async () => {
      const held = await fresh();
      const bigger = { ...held, holding: { ...held.holding, hi: String(BigInt(held.holding.hi) + 1n) } };
      const unsigned = await unsignedOffer(consortium, bigger, firm(0), {
        to: [{ receiver: firm(1), amountFen: FACE + 1n }],
      });
      const tryUnsigned = async (one: typeof unsigned) =>
        consortium.try(offerSending(held, firm(0), [firm(1)], await consortium.sign(one, firm(0))));
      await expectRefusal(tryUnsigned(unsigned), 'AMOUNT_EXCEEDS_HOLDING', { requestedFen: '100000001' });
      const whole = await unsignedOffer(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
      await expectRefusal(tryUnsigned(withSecret(whole, 'offers.0.piece.hi', held.holding.lo)), 'AMOUNT_TOO_SMALL');
      await expectRefusal(tryUnsigned(withSecret(whole, 'offers.0.piece.hi', '0')), 'AMOUNT_TOO_SMALL');
      for (const amountFen of [9_999n, FACE - 9_999n]) {
        const tiny = await unsignedOffer(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen }] });
        await expectRefusal(tryUnsigned(tiny), 'HOLDING_TOO_SMALL', { smallestFen: '10000' });
      }
    });

    it('refuses an end in the past and one beyond the rules', async () => {
      const held = await fresh();
      const until = async (instant: string) =>
        consortium.try(
          await offerCall(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }], until: instant }),
        );
      await expectRefusal(until(consortium.now), 'OFFER_OVER');
      const latest = await latestUntil(consortium, held);
      const beyond = new Date(Date.parse(latest) + 1).toISOString();
      await expectRefusal(until(beyond), 'BAD_INPUT', { field: 'until' });
    });

    it('refuses signed pieces that are not the cut of this holding', async () => {
      const held = await fresh();
      const input = {
        to: [
          { receiver: firm(1), amountFen: 20_000_00n },
          { receiver: firm(2), amountFen: 30_000_00n },
        ],
      };
      const whole = await unsignedOffer(consortium, held, firm(0), input);
      const tryUnsigned = async (unsigned: typeof whole) =>
        consortium.try(offerSending(held, firm(0), [firm(1), firm(2)], await consortium.sign(unsigned, firm(0))));
      const body = whole.instruction.body as { offers: { piece: { id: string; lo: string; owner: string } }[] };
      const changes: [string, unknown, 'OPENING_MISMATCH' | 'BAD_INPUT'][] = [
        ['offers.0.piece.lo', other(body.offers[0]!.piece.lo), 'OPENING_MISMATCH'],
        ['offers.1.piece.hi', other(body.offers[0]!.piece.lo), 'OPENING_MISMATCH'],
        ['offers.0.piece.owner', other(body.offers[0]!.piece.owner), 'OPENING_MISMATCH'],
        ['offers.0.receiver', other(body.offers[0]!.piece.lo), 'OPENING_MISMATCH'],
        ['offers.1.background', other(body.offers[0]!.piece.lo), 'OPENING_MISMATCH'],
        ['remainder.lo', other(body.offers[0]!.piece.lo), 'OPENING_MISMATCH'],
        ['offers.0.order', other(body.offers[0]!.piece.id), 'BAD_INPUT'],
        ['offers.0.piece.id', other(body.offers[0]!.piece.id), 'BAD_INPUT'],
        ['remainder.id', other(body.offers[0]!.piece.id), 'BAD_INPUT'],
        ['remainder', null, 'BAD_INPUT'],
      ];
      expect(await tryUnsigned(whole)).toContain('applied');
      for (const [path, to, code] of changes) {
        await expectRefusal(tryUnsigned(withBody(whole, path, to)), code);
      }
      await expectRefusal(tryUnsigned(withSecret(whole, 'offers.1.receiver', firm(1).record.id)), 'OPENING_MISMATCH');
      const { offers } = whole.secret!.value as { offers: unknown[] };
      await expectRefusal(tryUnsigned(withSecret(whole, 'offers', offers.slice(0, 1))), 'BAD_INPUT', {
        field: 'secret.offers',
      });
      await expectRefusal(tryUnsigned(withSecret(whole, 'remainder', null)), 'BAD_INPUT', { field: 'remainder' });
    });

    it('refuses a cut with a salt of its own at the holding’s end: the public cuts would not chain', async () => {
      const held = await fresh();
      const forged = { ...held, holding: { ...held.holding, hiSalt: consortium.random(16) } };
      const unsigned = await unsignedOffer(consortium, forged, firm(0), {
        to: [{ receiver: firm(1), amountFen: 20_000_00n }],
      });
      const signed = await consortium.sign(unsigned, firm(0));
      await expectRefusal(consortium.try(offerSending(held, firm(0), [firm(1)], signed)), 'OPENING_MISMATCH', {
        record: 'Holding',
      });
      const gap = withSecret(unsigned, 'remainder.loSalt', consortium.random(16));
      const regap = await consortium.sign(gap, firm(0));
      await expectRefusal(consortium.try(offerSending(held, firm(0), [firm(1)], regap)), 'OPENING_MISMATCH');
    });

    it('refuses openings that are not those of the ledger, and a holding under another certificate', async () => {
      const [held, foreign] = [await fresh(), await fresh()];
      const call = await offerCall(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
      const tryContext = (context: Record<string, unknown>) =>
        consortium.try({ ...call, context: { certificate: held.certificate, holding: held.holding, ...context } });
      await expectRefusal(tryContext({ holding: { ...held.holding, ownerSalt: '0'.repeat(32) } }), 'OPENING_MISMATCH');
      await expectRefusal(
        tryContext({ certificate: { ...held.certificate, termsSalt: '0'.repeat(32) } }),
        'OPENING_MISMATCH',
        { record: 'Certificate' },
      );
      const mixed = await unsignedOffer(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
      const wrong = await consortium.sign(withBody(mixed, 'certificate', foreign.certificate.certificate), firm(0));
      await expectRefusal(
        consortium.try(offerSending({ ...held, certificate: foreign.certificate }, firm(0), [firm(1)], wrong)),
        'OPENING_MISMATCH',
        { record: 'Holding' },
      );
    });

    it('needs maker and checker above the member’s limit', async () => {
      const held = await fresh();
      const unsigned = await unsignedOffer(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
      const signed = await consortium.sign(unsigned, firm(0), 'maker');
      await expectRefusal(consortium.try(offerSending(held, firm(0), [firm(1)], signed)), 'ROLE_MISSING');
    });
  });

  describe('acceptance', () => {
    const offeredPiece = async (to = firm(1), amountFen = 40_000_00n): Promise<Offered> => {
      const { offered } = await offer(consortium, await fresh(), firm(0), { to: [{ receiver: to, amountFen }] });
      return offered[0]!;
    };

    it('mints the same interval to the receiver, one owner deeper and free, under the policy of its host', async () => {
      const subsidiary = consortium.firms.subsidiary;
      const offered = await offeredPiece(subsidiary);
      const before = await consortium.record('Holding', offered.holding.holding);
      const held = await acceptOffer(consortium, offered, subsidiary);
      const key = recordKey('Holding', held.holding.holding);
      expect(await policyOf(key)).toEqual(signaturePolicy(2, [BANK_A, BANK_B, CORE]));
      const record = await consortium.record('Holding', held.holding.holding);
      expect(record).toMatchObject({ lo: before.lo, hi: before.hi, depth: 1, status: 'live', lock: null, host: CORE });
      expect(verifyHoldingOpening(record, held.holding)).toBe(true);
      expect(await consortium.record('Holding', before.id)).toMatchObject({ status: 'consumed' });
      expect(await consortium.record('Order', offered.transfer.order)).toMatchObject({ state: 'accepted' });
    });

    it('passes on three tiers deep, in parts, and the parts make up the face', async () => {
      const first = await pass(consortium, await fresh(), firm(0), firm(1), 60_000_00n);
      const second = await pass(consortium, first.given, firm(1), firm(2), 25_000_00n);
      const all = [first.rest!, second.given, second.rest!];
      const size = ({ holding }: Held): bigint => BigInt(holding.hi) - BigInt(holding.lo);
      expect(all.map(size)).toEqual([FACE - 60_000_00n, 25_000_00n, 35_000_00n]);
      const depths = await Promise.all(all.map(({ holding }) => consortium.record('Holding', holding.holding)));
      expect(depths.map(({ depth }) => depth)).toEqual([0, 2, 1]);
    });

    it('refuses who is not the receiver, and an offer that is over already', async () => {
      const offered = await offeredPiece();
      await expectRefusal(consortium.try(await acceptCallOf(consortium, offered, firm(2))), 'NOT_RECEIVER');
      const again = await acceptCallOf(consortium, offered, firm(1));
      await acceptOffer(consortium, offered, firm(1));
      await expectRefusal(consortium.try(again), 'OFFER_STATE', { state: 'accepted' });
    });

    it('refuses a minted holding that is not the piece', async () => {
      const offered = await offeredPiece();
      const unsigned = unsignedAccept(consortium, offered, firm(1));
      const tryUnsigned = async (one: typeof unsigned) =>
        consortium.try(answerSending('accept', offered, [], await consortium.sign(one, firm(1))));
      const { id, lo } = (unsigned.instruction.body as { holding: { id: string; lo: string } }).holding;
      expect(await tryUnsigned(unsigned)).toContain('applied');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'holding.lo', other(lo))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'holding.hi', other(lo))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'holding.owner', other(lo))), 'OPENING_MISMATCH');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'holding.id', other(id))), 'BAD_INPUT');
      await expectRefusal(tryUnsigned(withBody(unsigned, 'piece', other(id))), 'BAD_INPUT');
      const foreignOwner = commitOwner({ holdingId: id, memberId: firm(2).record.id, salt: consortium.random(16) });
      await expectRefusal(tryUnsigned(withBody(unsigned, 'holding.owner', foreignOwner)), 'OPENING_MISMATCH');
    });

    it('refuses another opening of the offer or of its piece', async () => {
      const offered = await offeredPiece();
      const call = await acceptCallOf(consortium, offered, firm(1));
      const tryContext = (context: Record<string, unknown>) =>
        consortium.try({ ...call, context: { ...call.context, ...context } });
      const { transfer, holding } = offered;
      await expectRefusal(tryContext({ transfer: { ...transfer, receiver: firm(2).record.id } }), 'OPENING_MISMATCH', {
        record: 'Order',
      });
      await expectRefusal(
        tryContext({ transfer: { ...transfer, background: { ...transfer.background, note: 'x' } } }),
        'OPENING_MISMATCH',
      );
      await expectRefusal(tryContext({ transfer: { ...transfer, sender: firm(2).record.id } }), 'OPENING_MISMATCH');
      await expectRefusal(tryContext({ holding: { ...holding, loSalt: '0'.repeat(32) } }), 'OPENING_MISMATCH');
    });

    it('gives the receiver’s host its copy, and the sender’s no longer another', async () => {
      const subsidiary = consortium.firms.subsidiary;
      const offered = await offeredPiece(subsidiary);
      const call = await acceptCallOf(consortium, offered, subsidiary);
      await expectRefusal(consortium.try({ ...call, readers: [OPERATOR] }), 'COLLECTION_FORBIDDEN');
      const { applied } = await consortium.submit({ ...call, readers: readersFor(subsidiary) });
      const { openings } = await consortium.bundle(CORE, applied[0]!);
      expect(openings.holdings.map(({ owner }) => owner)).toEqual([subsidiary.record.id]);
      expect(openings.transfers).toEqual([offered.transfer]);
    });
  });

  describe('an offer that ends', () => {
    const offeredPiece = async (): Promise<Offered> => {
      const { offered } = await offer(consortium, await fresh(), firm(0), {
        to: [{ receiver: firm(1), amountFen: 40_000_00n }],
      });
      return offered[0]!;
    };

    it.each(['decline', 'withdraw'] as const)('by %s frees the piece at once (T36, I9)', async (fn) => {
      const offered = await offeredPiece();
      const by = fn === 'decline' ? firm(1) : firm(0);
      await consortium.submit(await endCallOf(consortium, fn, offered, by));
      expect(await consortium.record('Order', offered.transfer.order)).toMatchObject({
        state: fn === 'decline' ? 'declined' : 'withdrawn',
      });
      expect((await consortium.record('Holding', offered.holding.holding)).lock).toBeNull();
      expect((await consortium.record('Certificate', offered.certificate.certificate)).status).toBe('active');
      await expectRefusal(consortium.try(await acceptCallOf(consortium, offered, firm(1))), 'OFFER_STATE');
      await expectRefusal(consortium.try(await endCallOf(consortium, fn, offered, by)), 'OFFER_STATE');
      await pass(consortium, offered, firm(0), firm(2), 40_000_00n);
    });

    it('is declined by its receiver and withdrawn by its sender only', async () => {
      const offered = await offeredPiece();
      await expectRefusal(consortium.try(await endCallOf(consortium, 'decline', offered, firm(0))), 'NOT_RECEIVER');
      await expectRefusal(consortium.try(await endCallOf(consortium, 'withdraw', offered, firm(1))), 'NOT_OWNER');
    });
  });

  it('lets exactly one of two spends in one block through; the other learns that it is spent (T13)', async () => {
    const slow = await Consortium.open({ seed: 'slow', blockMs: 60 });
    try {
      const book = await grantLine(slow);
      const [owner, ...others] = slow.firms.suppliers;
      const held = await activeCertificate(slow, book, { creditor: owner!, faceFen: FACE });
      const calls = await Promise.all(
        [others[0]!, others[1]!].map((receiver) =>
          offerCall(slow, held, owner!, { to: [{ receiver, amountFen: 70_000_00n }] }),
        ),
      );
      const results = await Promise.all(calls.map((call) => slow.send(call, slow.request(call))));
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'rejected']);
      const blocks = results.map((result) => ('blockNumber' in result ? result.blockNumber : null));
      expect(blocks[0]).toBe(blocks[1]);
      const lost = results.findIndex(({ kind }) => kind === 'rejected');
      expect(results[lost]).toMatchObject({ code: 11, conflict: true });
      await expectRefusal(slow.submit(calls[lost]!), 'HOLDING_ALREADY_SPENT');
      expect(await slow.submit(calls[1 - lost]!)).toEqual(JSON.parse((results[1 - lost] as { result: string }).result));
    } finally {
      await slow.close();
    }
  });

  it('computes the same bytes at every endorser, twice over', async () => {
    const held = await fresh();
    const call = await offerCall(consortium, held, firm(0), { to: [{ receiver: firm(1), amountFen: FACE }] });
    const answers = await Promise.all(
      [OPERATOR, CORE, BANK_A, BANK_B].map((from) => consortium.try({ ...call, from })),
    );
    expect(new Set([...answers, await consortium.try(call)]).size).toBe(1);
  });

  it('opens to a cut commitment of the certificate, not of another', async () => {
    const held = await fresh();
    const { lo } = await consortium.record('Holding', held.holding.holding);
    const { lo: position, loSalt: salt, certificate } = held.holding;
    expect(commitCut({ certificateId: certificate, position: BigInt(position), salt })).toBe(lo);
  });
});

describe('transfer over time', () => {
  let consortium: Consortium;
  let held: Held;
  const firm = (index: number) => consortium.firms.suppliers[index]!;
  const tryOffer = async (of: Held, amountFen: bigint, until?: string) =>
    consortium.try(
      await offerCall(consortium, of, firm(0), {
        to: [{ receiver: firm(1), amountFen }],
        ...(until === undefined ? {} : { until }),
      }),
    );

  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'time', rules: { maxDepth: 1, maxReceivers: 2 } });
    const line = await grantLine(consortium);
    held = await activeCertificate(consortium, line, { creditor: firm(0), faceFen: FACE });
  });
  afterAll(() => consortium.close());

  it('counts a lapsed lock as gone, refuses a late answer, and lets the piece move again', async () => {
    const { offered, rest } = await offer(consortium, held, firm(0), {
      to: [{ receiver: firm(1), amountFen: 40_000_00n }],
    });
    const [piece] = offered;
    const accept = await acceptCallOf(consortium, piece!, firm(1));
    consortium.goTo('2026-03-06', 0);
    const late = await acceptCallOf(consortium, piece!, firm(1));
    await expectRefusal(consortium.try(late), 'OFFER_OVER');
    await expectRefusal(consortium.try(accept), 'INSTRUCTION_EXPIRED');
    await expectRefusal(consortium.try(await endCallOf(consortium, 'decline', piece!, firm(1))), 'OFFER_OVER');
    await expectRefusal(consortium.try(await endCallOf(consortium, 'withdraw', piece!, firm(0))), 'OFFER_OVER');
    const { given } = await pass(consortium, piece!, firm(0), firm(2), 40_000_00n);
    expect((await consortium.record('Holding', given.holding.holding)).depth).toBe(1);
    // One change of owner is the most in this rule pack.
    await expectRefusal(
      consortium.try(
        await offerCall(consortium, given, firm(2), { to: [{ receiver: firm(1), amountFen: 40_000_00n }] }),
      ),
      'DEPTH_EXCEEDED',
    );
    held = rest!;
  });

  it('refuses a suspended receiver', async () => {
    const { operator } = consortium.firms;
    const suspended = firm(3);
    const { record } = suspended;
    const setStatus = async (status: 'active' | 'suspended'): Promise<void> => {
      const unsigned = buildSetStatus({ ...consortium.authoring(operator), member: record.id, status, reason: '核查' });
      const proof = consortium.roster(OPERATOR).proofAt(record.index);
      const context = { record: suspended.record, proof };
      const signed = await consortium.sign(unsigned, operator);
      await consortium.submit({ contract: 'member', fn: 'setStatus', signed, context });
      await consortium.refresh(suspended);
    };
    await setStatus('suspended');
    const to = [{ receiver: suspended, amountFen: 1_000_00n }];
    await expectRefusal(consortium.try(await offerCall(consortium, held, firm(0), { to })), 'MEMBER_SUSPENDED');
    await setStatus('active');
  });

  it('refuses more receivers than the rules allow', async () => {
    const to = [1, 2, 3].map((index) => ({ receiver: firm(index), amountFen: 1_000_00n }));
    await expectRefusal(consortium.try(await offerCall(consortium, held, firm(0), { to })), 'TOO_MANY_PIECES');
  });

  it('stops in the blackout, and after it an overdue holding moves whole only', async () => {
    consortium.goTo('2026-06-25', 16);
    expect(await tryOffer(held, 10_000_00n)).toContain('applied');
    consortium.goTo('2026-06-26', 0);
    await expectRefusal(tryOffer(held, 10_000_00n, '2026-06-29T02:00:00.000Z'), 'IN_BLACKOUT');
    consortium.goTo('2026-06-30', 16);
    await expectRefusal(tryOffer(held, 60_000_00n, '2026-07-01T02:00:00.000Z'), 'IN_BLACKOUT');
    consortium.goTo('2026-06-30', 17);
    await expectRefusal(tryOffer(held, 10_000_00n), 'OVERDUE_MOVES_WHOLE');
    const size = BigInt(held.holding.hi) - BigInt(held.holding.lo);
    const { given } = await pass(consortium, held, firm(0), firm(3), size);
    expect((await consortium.record('Holding', given.holding.holding)).depth).toBe(1);
  });
});
