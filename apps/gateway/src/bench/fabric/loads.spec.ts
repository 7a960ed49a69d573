import { Consortium } from '@tallystick/chaincode/testing';
import { openLoop } from '../open-loop';
import { level, Market } from './loads';

it('every load is accepted by the contract as it was prepared', async () => {
  const consortium = await Consortium.open({ blockMs: 1 });
  const market = await Market.open(consortium);
  const loads = [
    await market.issues(2, 1),
    await market.issues(1, 3),
    ...(await market.transfers(2, 2)),
    ...(await market.transfers(2, 3)),
    await market.offersToMany(1),
  ];
  for (const { jobs } of loads) {
    await level(consortium);
    expect(await openLoop(200, jobs)).toHaveLength(jobs.length);
  }
  await consortium.close();
});
