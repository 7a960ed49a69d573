import { Consortium } from '@tallystick/chaincode/testing';
import { instructionKey } from '@tallystick/crypto';
import type { Operation } from '@tallystick/protocol';
import { Ledgers } from '../projection/ledger-access';
import { HoldingBack } from '../testing/holding-back';
import { lineOf, offeredCertificate, until } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

const ACCEPT = 'certificate.accept';
const VOID = 'instruction.voidInstruction';

describe('an instruction in doubt', () => {
  let trade: TradeGateway;
  let network: HoldingBack;
  let team: Record<'maker' | 'checker' | 'risk', Person>;
  let line: string;
  beforeAll(async () => {
    const consortium = await Consortium.open();
    network = new HoldingBack(consortium.network);
    trade = await tradeGateway({ consortium, ledgers: new Ledgers(network, consortium.network.mspIds) });
    team = trade.people(consortium.firms.suppliers[0]!);
    line = await lineOf(trade);
  });
  afterAll(async () => {
    await trade.close();
    await trade.consortium.close();
  });

  const get = async (id: string, { headers }: Person = team.maker): Promise<Operation> =>
    (await (await trade.request('GET', `/operations/${id}`, { headers })).json()) as Operation;
  const reaches = (id: string, state: Operation['state']) => until(async () => (await get(id)).state === state);
  /** An acceptance that is endorsed, and whose order does not come. */
  const accepting = async (certificate: string): Promise<Operation> => {
    network.hold(ACCEPT);
    const drafted = (await trade.draft(team.maker, `/certificates/${certificate}/acceptance`)).body as Operation;
    const signed = (await trade.sign(team.maker, drafted, 0)).body as Operation;
    await trade.sign(team.checker, signed, 0);
    await reaches(drafted.id, 'submitted');
    return get(drafted.id);
  };
  const voiding = async (id: string, person = team.checker): Promise<Operation> =>
    (await trade.draft(person, `/operations/${id}/voiding`)).body as Operation;

  it('that is voided first never takes effect, and the same may be asked anew', async () => {
    const certificate = await offeredCertificate(trade, line);
    const operation = await accepting(certificate);
    expect(operation.can.void).toEqual({ allowed: true });
    const drafted = await voiding(operation.id);
    expect(drafted).toMatchObject({ kind: 'instruction.void', state: 'toSign', form: { operation: operation.id } });
    expect((await trade.sign(team.checker, drafted)).body).toMatchObject({ state: 'recorded' });
    const ended = await get(operation.id);
    expect(ended).toMatchObject({
      state: 'refused',
      steps: [{ state: 'refused', refusal: { code: 'INSTRUCTION_VOIDED' } }],
      can: { void: { allowed: false, code: 'ORDER_STATE' } },
    });
    const queues = await trade.rows('SELECT DISTINCT queue FROM ledger_submissions WHERE call = $1', [VOID]);
    expect(queues).toEqual([{ queue: 'ledger-void' }]);
    network.letGo(ACCEPT);
    const again = await trade.done(team.maker.firm, `/certificates/${certificate}/acceptance`);
    expect(again.state).toBe('recorded');
    expect((await get(operation.id)).state).toBe('refused');
    const key = instructionKey(operation.steps[0]!.instruction!);
    expect(await trade.record('Instruction', key)).toMatchObject({ voided: true, outcome: '' });
  });

  it('that comes first stands, and its voiding is refused', async () => {
    const certificate = await offeredCertificate(trade, line);
    const operation = await accepting(certificate);
    network.hold(VOID);
    const drafted = await voiding(operation.id, team.maker);
    await trade.sign(team.maker, drafted, 0);
    await reaches(drafted.id, 'submitted');
    network.letGo(ACCEPT);
    await reaches(operation.id, 'recorded');
    network.letGo(VOID);
    await reaches(drafted.id, 'refused');
    expect((await get(drafted.id)).steps[0]?.refusal).toMatchObject({ code: 'RECORD_EXISTS' });
    expect(await get(operation.id)).toMatchObject({ state: 'recorded' });
    expect((await trade.record('Certificate', certificate))?.status).toBe('active');
  });

  it('is its own member’s to void, by those who sign, and only while it is on its way', async () => {
    const certificate = await offeredCertificate(trade, line);
    const operation = await accepting(certificate);
    const ask = async (person: Person, id = operation.id) => {
      const { status, body } = await trade.draft(person, `/operations/${id}/voiding`);
      return [status, (body as { code?: string }).code];
    };
    const other = trade.people(trade.consortium.firms.suppliers[1]!);
    expect(await ask(other.maker)).toEqual([404, 'RECORD_NOT_FOUND']);
    expect((await ask(team.risk))[0]).toBe(403);
    const drafted = (await trade.draft(team.maker, `/certificates/${certificate}/refusal`, { reason: 'x' }))
      .body as Operation;
    expect(await ask(team.maker, drafted.id)).toEqual([409, 'ORDER_STATE']);
    network.letGo(ACCEPT);
    await reaches(operation.id, 'recorded');
    expect(await ask(team.maker)).toEqual([409, 'ORDER_STATE']);
  });
});
