import { Consortium, refusingContracts } from '@tallystick/chaincode/testing';
import { activeCertificate, offeredCertificate, until } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

/** The issuer's organisation, and the witness: each as the one that refuses to endorse what is none of its business to stop. */
describe.each(['CoreMSP', 'BankAMSP'])('%s refuses whatever it is asked to endorse', (rogue) => {
  let trade: TradeGateway;
  let isRefusing = false;
  beforeAll(async () => {
    const opened: { consortium?: Consortium } = {};
    const clock = (): number => opened.consortium?.clock.transactionMs ?? Date.parse('2026-03-02T02:00:00.000Z');
    const contractsByOrg = { [rogue]: refusingContracts(clock, () => isRefusing) };
    const consortium = (opened.consortium = await Consortium.open({ contractsByOrg }));
    trade = await tradeGateway({ consortium });
  });
  afterAll(async () => {
    await trade.close();
  });

  it('and blocks nobody’s acceptance; its copy follows when it thinks better of it', async () => {
    const { suppliers } = trade.consortium.firms;
    const { line } = await activeCertificate(trade);
    const certificate = await offeredCertificate(trade, line, { amount: '2000.00' });
    isRefusing = true;
    const accepted = await trade.done(suppliers[0]!, `/certificates/${certificate}/acceptance`);
    const holding = accepted.steps[0]!.instruction!.body['holding'] as string;
    await until(async () => (await trade.record('Holding', holding)) !== null, 60);
    isRefusing = false;
    await until(async () => (await trade.opening(rogue, 'Holding', holding)) !== null, 60);
  });
});
