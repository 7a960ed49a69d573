import {
  activeCertificate,
  ALL,
  BANK_A,
  Consortium,
  CORE,
  grantLine,
  latestUntil,
  offerCall,
  OPERATOR,
  type Firm,
  type LineBook,
  type Sending,
} from '@tallystick/chaincode/testing';
import { withRetries, type LedgerNetwork, type SubmitResult } from '@tallystick/ledger';
import { startFabric, type FabricNetwork } from '@tallystick/network';
import {
  allEndorse,
  caughtUp,
  chaincodeProcess,
  clientsOf,
  frozen,
  gone,
  killed,
  leader,
  runningNetwork,
  wiped,
} from '@tallystick/network/testing';
import { buildDeposit, buildVoid } from '@tallystick/protocol';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerAudit } from '../testing/ledger-audit';
import { LiveProjections } from '../testing/live-projections';
import { PassingWriters } from '../testing/passing-writers';

const CHAINCODE = 'faults';
const WRITERS = 8;
const HOUR = 3_600_000;
/** What a projection reads from public records alone. */
const PUBLIC_TABLES = ['ledger_block', 'ledger_transaction', 'ledger_change', 'clock_change', 'projection'] as const;
/** Shorter than an application's, so that a fault is over sooner; what happens is the same. */
const TIMES = { endorseMs: 3_000, heightMs: 5_000, commitMs: 10_000, systemMs: 1_000 };
const RETRIES = { attempts: 8, firstPauseMs: 50, maxPauseMs: 1_000, random: Math.random, sleep };

let fabric: FabricNetwork;
let plain: LedgerNetwork;
let consortium: Consortium;
let line: LineBook;
let writers: PassingWriters;
let audit: LedgerAudit;
let projections: LiveProjections;

beforeAll(async () => {
  fabric = runningNetwork();
  await fabric.deploy({ name: CHAINCODE });
  plain = await clientsOf(fabric, CHAINCODE, { times: TIMES });
  const network: LedgerNetwork = { ...plain, ledgerFor: (mspId) => withRetries(plain.ledgerFor(mspId), RETRIES) };
  const { channel } = fabric.layout.consortium;
  consortium = await Consortium.open({ seed: CHAINCODE, ledger: { network, channel, chaincode: CHAINCODE } });
  line = await grantLine(consortium);
  const claims = [];
  for (let index = 0; index < WRITERS; index += 1) {
    const creditor = consortium.firms.suppliers[index % 4]!;
    claims.push(await activeCertificate(consortium, line, { creditor, faceFen: 1_000_000_00n }));
  }
  writers = PassingWriters.of(consortium, claims, await latestUntil(consortium, claims[0]!));
  audit = new LedgerAudit(consortium);
  projections = await LiveProjections.follow(network);
}, 180_000);

afterAll(async () => {
  await projections.end();
  await consortium.close();
});

/** Nothing is lost, doubled or half done; all peers agree; what a gateway projected live is what it would read anew. */
async function expectSound(org: string): Promise<void> {
  expect(await audit.faults(writers.each)).toEqual([]);
  expect(await projections.differences(org)).toEqual([]);
}

describe('while writers go on, a killed', () => {
  it.each(ALL)(
    'chaincode process of %s loses and doubles nothing',
    async (mspId) => {
      await writers.during(async () => {
        await killed(fabric, chaincodeProcess(fabric, CHAINCODE, mspId));
        await allEndorse(fabric, CHAINCODE);
      });
      await expectSound(mspId);
    },
    120_000,
  );

  it.each(ALL)(
    'peer of %s loses and doubles nothing',
    async (mspId) => {
      await writers.during(async () => {
        await killed(fabric, `peer.${mspId}`);
        await allEndorse(fabric, CHAINCODE);
      });
      await expectSound(mspId);
    },
    120_000,
  );

  it.each(['the leader', 'orderer1', 'orderer2', 'orderer3'])(
    'orderer (%s) loses and doubles nothing',
    async (which) => {
      await writers.during(async () => {
        const name = which === 'the leader' ? await leader(fabric) : which;
        await killed(fabric, name);
        await caughtUp(fabric, name);
        await leader(fabric);
      });
      await expectSound(OPERATOR);
    },
    120_000,
  );
});

it('a peer that does nothing for 20 s holds nobody up', async () => {
  await writers.during(async () => {
    await frozen(fabric, `peer.${BANK_A}`, async () => {
      const over = sleep(20_000);
      // Others have filled in for it when it goes on.
      await Promise.all([over, writers.allGoOn()]);
    });
    await allEndorse(fabric, CHAINCODE);
  });
  await expectSound(BANK_A);
}, 120_000);

it('without two of three orderers nothing moves, and nothing is lost when they are back', async () => {
  const names = fabric.layout.orderers.map(({ name }) => name);
  await writers.during(async () => {
    const first = await leader(fabric);
    const second = names.find((name) => name !== first)!;
    await gone(fabric, [first, second], async () => {
      await writers.allHaveTrouble();
      const before = await heights();
      await writers.allHaveTrouble();
      expect(await heights()).toEqual(before);
    });
    await Promise.all(names.map((name) => caughtUp(fabric, name)));
  });
  await expectSound(CORE);
}, 180_000);

const heights = (): Promise<bigint[]> => Promise.all(ALL.map((msp) => plain.ledgerFor(msp).height()));

describe.each([
  ['ahead', HOUR],
  ['behind', -HOUR],
])('a client whose clock is an hour %s', (_, offMs) => {
  it('is refused, and changes nothing', async () => {
    const [from, to] = consortium.firms.suppliers as [Firm, Firm];
    const held = await activeCertificate(consortium, line, { creditor: from, faceFen: 1_000_00n });
    const offer = { to: [{ receiver: to, amountFen: 400_00n }], until: await latestUntil(consortium, held) };
    const before = await consortium.record('Holding', held.holding.holding);
    await writers.during(async () => {
      const call = await offerCall(consortium, held, from, offer);
      const request = consortium.request(call);
      // So that it waits before it reckons when its endorsers must have answered.
      const afterBlock = (await plain.ledgerFor(OPERATOR).height()) - 1n;
      const sent = await atAnotherTime(offMs, () => consortium.send({ ...call, afterBlock }, request));
      expect(sent).toMatchObject({ refusal: { code: 'CLOCK_SKEW', details: { field: 'timestamp' } } });
    });
    expect(await consortium.record('Holding', held.holding.holding)).toEqual(before);
    await expectSound(OPERATOR);
  }, 120_000);
});

it('an instruction that was signed by a clock an hour ahead is refused, whoever sends it', async () => {
  const [from, to] = consortium.firms.suppliers as [Firm, Firm];
  const held = await activeCertificate(consortium, line, { creditor: from, faceFen: 1_000_00n });
  const offer = { to: [{ receiver: to, amountFen: 400_00n }], until: await latestUntil(consortium, held) };
  const call = await atAnotherTime(HOUR, () => offerCall(consortium, held, from, offer));
  const sent = await consortium.send(call, consortium.request(call));
  expect(sent).toMatchObject({ refusal: { code: 'CLOCK_SKEW', details: { field: 'instruction.issuedAt' } } });
});

/** Has `work` read another time for as long as it does not wait for anything: its own clock, and nobody else's. */
function atAnotherTime<T>(offMs: number, work: () => T): T {
  const doNotFake = [
    ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
    ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
  ];
  jest.useFakeTimers({ now: Date.now() + offMs, doNotFake });
  try {
    return work();
  } finally {
    jest.useRealTimers();
  }
}

it('an envelope that was withheld until its instruction was voided has no effect, whenever it comes', async () => {
  const [from, to] = consortium.firms.suppliers as [Firm, Firm];
  const held = await activeCertificate(consortium, line, { creditor: from, faceFen: 1_000_00n });
  const call = await offerCall(consortium, held, from, { to: [{ receiver: to, amountFen: 400_00n }] });
  await writers.during(async () => {
    const envelope = withheld(call);
    await envelope.isEndorsed;
    const unsigned = buildVoid({ ...consortium.authoring(from), id: call.signed.instruction.id });
    const signed = await consortium.sign(unsigned, from, 'maker');
    await consortium.submit({ contract: 'instruction', fn: 'voidInstruction', signed });
    envelope.release();
    expect(await envelope.result).toMatchObject({ kind: 'rejected', code: 11, conflict: true });
    await expect(consortium.submit(call)).rejects.toThrow('INSTRUCTION_VOIDED');
    const holding = await consortium.record('Holding', held.holding.holding);
    expect(holding).toMatchObject({ status: 'live', lock: null });
  });
  expect(await audit.faults(writers.each)).toEqual([]);
}, 120_000);

/** A call that is endorsed, and goes to ordering only when it is released. */
function withheld(sending: Sending): {
  isEndorsed: Promise<unknown>;
  release: () => void;
  result: Promise<SubmitResult>;
} {
  const call = consortium.callOf(sending, consortium.request(sending));
  const gate = new EventEmitter();
  const [isEndorsed, isReleased] = ['endorsed', 'released'].map((name) => once(gate, name));
  const onEndorsed = async (): Promise<void> => {
    gate.emit('endorsed');
    await isReleased;
  };
  const result = plain.ledgerFor(OPERATOR).submit({ ...call, onEndorsed });
  return { isEndorsed: isEndorsed!, release: () => gate.emit('released'), result };
}

it('a peer that lost its disk gets all public records back, and private values from whoever else reads them', async () => {
  const { core } = consortium.firms;
  let past = '';
  await writers.during(async () => {
    [past] = writers.each[0]!.passed[0]!.keys;
    await projections.upToDate(BANK_A);
    await wiped(fabric, BANK_A);
    await startFabric({ home: fabric.home });
    await allEndorse(fabric, CHAINCODE);
  });
  audit.forget(BANK_A);
  expect(await audit.faults(writers.each)).toEqual([]);
  // Its gateway has lost nothing, for it keeps what it once read; reading anew it has what is public, and no openings.
  expect(await projections.differences(BANK_A, PUBLIC_TABLES)).toEqual([]);
  expect(await projections.differences(BANK_A)).toEqual([expect.stringContaining('live and rebuilt differ')]);
  await expect(consortium.bundle(BANK_A, past)).rejects.toThrow(/not available/);

  const copy = await consortium.bundle(CORE, past);
  const deposit = buildDeposit({ ...consortium.authoring(core), to: BANK_A, bundle: copy });
  const signed = await consortium.sign(deposit, core, 'service');
  const { applied } = await consortium.submit({ contract: 'deposit', fn: 'openings', signed, readers: [BANK_A] });
  expect(await consortium.bundle(BANK_A, applied[0]!)).toMatchObject({ openings: copy.openings });
}, 240_000);
