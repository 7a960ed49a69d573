import {
  buildAddKey,
  buildChangeLine,
  buildDeclineCertificate,
  buildDeposit,
  buildFlag,
  buildGrantLine,
  buildMoveClock,
  buildPublishRulePack,
  buildReleaseLine,
  buildReportOverdue,
  buildRevokeKey,
  buildSetSoloLimit,
  buildSetStatus,
  buildVoid,
  buildWithdrawCertificate,
  CALLS,
  noOpenings,
  recordKey,
  signKey,
  type CallName,
  type CertificateOpening,
} from '@tallystick/protocol';
import {
  acceptQuoteCall,
  agreed,
  applyCall,
  applyFor,
  approveCall,
  disburseCall,
  disbursing,
  failCall,
  invite,
  inviteCall,
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
  type Applied,
} from '../testing/cash';
import { BANK_B, Consortium, CORE, OPERATOR, type Sending } from '../testing/consortium';
import { newKey, type Firm } from '../testing/firm';
import { leafPaths } from '../testing/flip';
import { newcomer } from '../testing/founding';
import {
  allocate,
  allocateCall,
  closeCall,
  creditedCall,
  creditPage,
  funds,
  fundsCall,
  prepare,
  prepareCall,
} from '../testing/maturity';
import { acceptCallOf, endCallOf, offer, offerCall, readersFor, type Offered } from '../testing/passing';
import { reshapingsAccepted } from '../testing/reshaping';
import { survivors } from '../testing/tampering';
import {
  acceptCall,
  activeCertificate,
  grantLine,
  issue,
  issueCall,
  type Active,
  type LineBook,
} from '../testing/trade';

const FACE = 1_000_000_00n;
const DUE = '2026-06-30';

/**
 * Order never matters; a reader may be left out, for its copy can follow by deposit; and nobody asks for the bank's record at an issue
 * unless its risk officer signed.
 */
const HARMLESS = ['signatures in another order', 'members in another order', 'a reader left out'];

/**
 * X2: whoever carries a request can change no field of it, for no function: a gateway that is broken into can hold a request back, and
 * nothing else. Free to choose are only salts of commitments that the submitting gateway makes for numbers of its own.
 */
describe('a signed request is refused after a change of any field, or of its shape', () => {
  let consortium: Consortium;
  let line: LineBook;
  /** Certificates issued early, for what happens once they are due. */
  let ripe: Active[];

  beforeAll(async () => {
    consortium = await Consortium.open({ seed: 'tampering' });
    line = await grantLine(consortium);
    ripe = [];
    for (let count = 0; count < 6; count += 1) ripe.push(await active());
  });
  afterAll(() => consortium.close());

  const firms = () => consortium.firms;
  const seller = (): Firm => firms().suppliers[0]!;
  const buyer = (): Firm => firms().suppliers[1]!;
  const active = (dueDate = DUE): Promise<Active> =>
    activeCertificate(consortium, line, { creditor: seller(), faceFen: FACE, dueDate });
  const offered = async (): Promise<CertificateOpening> =>
    (await issue(consortium, line, [{ creditor: seller(), faceFen: FACE, dueDate: '2026-08-31' }]))[0]!;
  const later = (): Promise<Active> => active('2026-08-31');
  const givenTo = async (): Promise<Offered> =>
    (await offer(consortium, await later(), seller(), { to: [{ receiver: buyer(), amountFen: FACE / 2n }] }))
      .offered[0]!;
  const applied = async (): Promise<Applied> => applyFor(consortium, await later(), seller(), FACE / 2n);
  const invited = async () => invite(consortium, await applied(), firms().bankB);
  const quoted = async () => quote(consortium, await invited(), 43_500);
  const chosen = async () => agreed(consortium, await later(), seller(), firms().bankB, FACE / 2n);
  const signedOff = async () => signedDeal(consortium, await later(), seller(), firms().bankB, FACE / 2n);
  const placeOf = ({ record }: Firm) => ({ ...consortium.roster(record.host).proofOf(record.id) });
  const prepared = async () => prepare(consortium, ripe.pop()!.certificate, FACE);
  const allocated = async () => {
    const { certificate, holding } = ripe.pop()!;
    const funded = await funds(consortium, await prepare(consortium, certificate, FACE), { receivedFen: FACE });
    return (await allocate(consortium, funded, [holding])).settling;
  };

  /** What is made of a call: it must pass as it is; `free` are the fields that its gateway chooses. */
  type Case = () => Promise<Sending & { free?: string[]; harmless?: string[] }>;

  const CASES: Record<Exclude<CallName, 'financing.receipt'>, Case> = {
    'network.moveClock': async () => {
      const unsigned = buildMoveClock({ ...consortium.authoring(firms().operator), offsetMs: 60_000 });
      return {
        contract: 'network',
        fn: 'moveClock',
        signed: await consortium.sign(unsigned, firms().operator, 'maker'),
      };
    },
    'network.publishRulePack': async () => {
      const rules = { ...consortium.rules, id: 'second', effectiveFrom: '2026-12-01' };
      const rulePack = { schema: 1 as const, id: 'second', rules };
      const input = { ...consortium.authoring(firms().operator), rulePack, from: '2026-11-30T16:00:00.000Z' };
      const signed = await consortium.sign(buildPublishRulePack(input), firms().operator);
      return { contract: 'network', fn: 'publishRulePack', signed };
    },
    'network.flag': async () => {
      const input = {
        ...consortium.authoring(firms().bankA),
        recordKey: recordKey('Line', line.id),
        reason: 'NOT_ENDORSED',
      };
      return {
        contract: 'network',
        fn: 'flag',
        signed: await consortium.sign(buildFlag(input), firms().bankA, 'service'),
      };
    },
    'member.admit': async () =>
      consortium.admission(newcomer(consortium.now, consortium.random, consortium.roster(OPERATOR).state.size)),
    'member.addKey': async () => {
      const { key, signer } = newKey('maker', consortium.now, consortium.random);
      const input = { ...consortium.authoring(buyer()), key, admission: await signKey(key, signer) };
      const signed = await consortium.sign(buildAddKey(input), buyer());
      return { contract: 'member', fn: 'addKey', signed, context: placeOf(buyer()) };
    },
    'member.revokeKey': async () => {
      const { id: member, keys } = buyer().record;
      const input = { ...consortium.authoring(buyer()), member, keyId: keys[0]!.keyId, reason: '' };
      const signed = await consortium.sign(buildRevokeKey(input), buyer(), 'checker');
      return { contract: 'member', fn: 'revokeKey', signed, context: placeOf(buyer()) };
    },
    'member.setStatus': async () => {
      const input = { ...consortium.authoring(firms().operator), member: buyer().record.id, reason: '' };
      const signed = await consortium.sign(buildSetStatus({ ...input, status: 'suspended' }), firms().operator);
      return { contract: 'member', fn: 'setStatus', signed, context: placeOf(buyer()) };
    },
    'member.setSoloLimit': async () => {
      const signed = await consortium.sign(
        buildSetSoloLimit({ ...consortium.authoring(buyer()), soloLimitFen: 100n }),
        buyer(),
      );
      return { contract: 'member', fn: 'setSoloLimit', signed, context: placeOf(buyer()) };
    },
    'line.grant': async () => {
      const { bankA, core } = firms();
      const terms = { bank: bankA.record.id, issuer: core.record.id, currency: 'CNY' as const };
      const input = { terms, issuerOrg: CORE, standIn: BANK_B, until: '2026-12-31', limitFen: FACE };
      const signed = await consortium.sign(buildGrantLine({ ...consortium.authoring(bankA), ...input }), bankA);
      return { contract: 'line', fn: 'grant', signed, members: [core], readers: [CORE] };
    },
    'line.change': async () => {
      const input = { line: line.id, until: '2026-11-30', limitFen: FACE };
      const unsigned = buildChangeLine({ ...consortium.authoring(firms().bankA), ...input });
      const signed = await consortium.sign(unsigned, firms().bankA);
      // What the limit was plays no part: the one that is signed takes its place in record and opening.
      const free = ['context.line.limitFen', 'context.line.limitSalt'];
      return { contract: 'line', fn: 'change', signed, readers: [CORE], context: { line: line.opening }, free };
    },
    'line.release': async () => {
      const opening = await offered();
      const { certificate } = opening;
      const withdrawal = buildWithdrawCertificate({ ...consortium.authoring(firms().core), certificate });
      const withdrawn = await consortium.sign(withdrawal, firms().core);
      const context = { certificate: opening };
      await consortium.submit({ contract: 'certificate', fn: 'withdraw', signed: withdrawn, context });
      const input = { ...consortium.authoring(firms().core), line: line.id, certificates: [certificate] };
      const given = { opening, releasedSalt: consortium.random(16) };
      return {
        contract: 'line',
        fn: 'release',
        signed: await consortium.sign(buildReleaseLine(input), firms().core, 'service'),
        readers: [CORE],
        context: { line: line.opening, usedSalt: consortium.random(16), certificates: [given] },
        free: ['context.usedSalt', 'context.certificates.0.releasedSalt'],
      };
    },
    'certificate.issueMany': async () => ({
      ...(await issueCall(consortium, line, [
        { creditor: seller(), faceFen: FACE, dueDate: '2026-08-31' },
        { creditor: seller(), faceFen: FACE, dueDate: '2026-08-31' },
      ])),
      free: ['context.usedSalt'],
      harmless: [...HARMLESS, 'a member’s proof left out'],
    }),
    'certificate.accept': async () => {
      const { holding: _, ...call } = await acceptCall(consortium, await offered(), seller());
      return call;
    },
    'certificate.decline': async () => {
      const certificate = await offered();
      const input = { ...consortium.authoring(seller()), certificate: certificate.certificate, reason: '' };
      const signed = await consortium.sign(buildDeclineCertificate(input), seller(), 'maker');
      return {
        contract: 'certificate',
        fn: 'decline',
        signed,
        readers: readersFor(seller()),
        context: { certificate },
      };
    },
    'certificate.withdraw': async () => {
      const certificate = await offered();
      const input = { ...consortium.authoring(firms().core), certificate: certificate.certificate };
      const signed = await consortium.sign(buildWithdrawCertificate(input), firms().core);
      return { contract: 'certificate', fn: 'withdraw', signed, context: { certificate } };
    },
    'certificate.reportOverdue': async () => {
      const certificate = ripe[0]!.certificate.certificate;
      const unsigned = buildReportOverdue({ ...consortium.authoring(buyer()), certificate });
      return {
        contract: 'certificate',
        fn: 'reportOverdue',
        signed: await consortium.sign(unsigned, buyer(), 'service'),
      };
    },
    'transfer.offer': async () =>
      offerCall(consortium, await later(), seller(), {
        to: [
          { receiver: buyer(), amountFen: FACE / 4n },
          { receiver: firms().suppliers[2]!, amountFen: FACE / 4n },
        ],
      }),
    'transfer.accept': async () => acceptCallOf(consortium, await givenTo(), buyer()),
    'transfer.decline': async () => endCallOf(consortium, 'decline', await givenTo(), buyer()),
    'transfer.withdraw': async () => endCallOf(consortium, 'withdraw', await givenTo(), seller()),
    'financing.apply': async () => {
      const { sealed: _, ...call } = await applyCall(consortium, await later(), seller(), FACE / 2n);
      return call;
    },
    'financing.invite': async () => {
      const call = await inviteCall(consortium, await applied(), firms().bankB);
      // Readers verify the signatures of earlier instructions themselves: a bad copy proves nothing, and the bank asks for a good one.
      const behind = leafPaths(call.context ?? {}).map((path) => ['context', ...path].join('.'));
      return {
        ...call,
        free: behind.filter((path) => /^context\.behind\.\d+\.signatures\.\d+\.(keyId|sig)$/.test(path)),
      };
    },
    'financing.quote': async () => {
      const order = await invited();
      return quoteCall(consortium, order, await priceAt(consortium, order, 43_500));
    },
    'financing.withdrawQuote': async () => withdrawQuoteCall(consortium, await quoted()),
    'financing.refuse': async () => refuseCall(consortium, await invited()),
    'financing.acceptQuote': async () => acceptQuoteCall(consortium, await quoted()),
    'financing.approve': async () => approveCall(consortium, await chosen()),
    'financing.sign': async () => {
      const order = await chosen();
      await consortium.submit(await approveCall(consortium, order));
      return signCall(consortium, order, 'owner');
    },
    'financing.disburse': async () => {
      const order = await signedOff();
      const receipt = await receiptOf(consortium, order, firms().bankA, ['service']);
      return disbursing(await disburseCall(consortium, order, receipt));
    },
    'financing.withdraw': async () => withdrawApplicationCall(consortium, await applied()),
    'financing.reject': async () => rejectCall(consortium, await chosen()),
    'financing.fail': async () => failCall(consortium, await signedOff(), [seller(), firms().bankB]),
    'settlement.prepare': async () => prepareCall(consortium, ripe[0]!.certificate, FACE),
    'settlement.funds': async () => {
      const { amounts: _, ...call } = await fundsCall(consortium, await prepared(), { receivedFen: FACE });
      return call;
    },
    'settlement.allocate': async () => {
      const { certificate, holding } = ripe.pop()!;
      const settling = await prepare(consortium, certificate, FACE);
      return allocateCall(consortium, await funds(consortium, settling, { receivedFen: FACE }), [holding], 0);
    },
    'settlement.credited': async () => {
      const settling = await allocated();
      const { lines } = await consortium.record('Page', settling.order, '0');
      return creditedCall(consortium, settling, [{ holding: lines[0]!.holding, state: 'credited' }]);
    },
    'settlement.close': async () => {
      const settling = await allocated();
      await creditPage(consortium, settling);
      return closeCall(consortium, settling);
    },
    'instruction.voidInstruction': async () => {
      const authoring = consortium.authoring(buyer());
      const { instructionId: id } = consortium.authoring(buyer()).author;
      const signed = await consortium.sign(buildVoid({ ...authoring, id }), buyer(), 'maker');
      return { contract: 'instruction', fn: 'voidInstruction', signed };
    },
    'deposit.openings': async () => {
      const { certificate, holding } = await later();
      const openings = { ...noOpenings(), certificates: [certificate], holdings: [holding] };
      const bundle = { v: 1 as const, instructions: [], openings };
      const input = { ...consortium.authoring(firms().core), to: OPERATOR, bundle };
      const signed = await consortium.sign(buildDeposit(input), firms().core, 'service');
      // Whom it is for is signed, so that no reader may be left out.
      return { contract: 'deposit', fn: 'openings', signed, readers: [OPERATOR], harmless: HARMLESS.slice(0, 2) };
    },
  };

  /** Needs a certificate that is due: tried last, for time only goes forward. */
  const isLate = (name: string): boolean => name.startsWith('settlement.') || name === 'certificate.reportOverdue';
  const names = Object.keys(CASES) as (keyof typeof CASES)[];

  async function refused(name: keyof typeof CASES): Promise<void> {
    const { free = [], harmless = HARMLESS, ...call } = await CASES[name]();
    expect(await survivors(consortium, call)).toEqual(free);
    const accepted = await reshapingsAccepted(consortium, call);
    expect(accepted.filter((reshaping) => !harmless.includes(reshaping))).toEqual([]);
  }

  it('leaves no function out', () => {
    expect([...names, 'financing.receipt'].sort()).toEqual(Object.keys(CALLS).sort());
  });

  it.each(names.filter((name) => !isLate(name)))('%s', refused);

  describe('once certificates are due', () => {
    beforeAll(() => consortium.goTo(DUE, 18));
    it.each(names.filter(isLate))('%s', refused);
  });
});
