import { contractsWith } from '@tallystick/chaincode';
import { Twin, Walk } from '@tallystick/chaincode/testing';
import { EmbeddedNetwork, MemoryStore } from '@tallystick/ledger';
import { chaincodePolicy } from '@tallystick/network';
import { clientsOf, runningNetwork } from '@tallystick/network/testing';

const CHAINCODE = 'trace';
/** `TRACE_SEED` walks another way. */
const SEED = process.env['TRACE_SEED'] ?? 'fabric-1';
const OPERATIONS = 500;
/** Without these a walk has not been anywhere. */
const WAY = [
  'certificate.accept',
  'transfer.accept',
  'financing.disburse',
  'settlement.close',
  'line.release',
  'deposit.openings',
  'member.revokeKey',
  'network.moveClock',
];

it(`${OPERATIONS} random operations have the same end on Fabric and embedded, one by one, and leave the same state (${SEED})`, async () => {
  const fabric = runningNetwork();
  await fabric.deploy({ name: CHAINCODE });
  const { consortium } = fabric.layout;
  let ms = Date.now();
  const embedded = await EmbeddedNetwork.open({
    channel: consortium.channel,
    mspIds: consortium.organisations.map(({ msp }) => msp),
    contracts: contractsWith(() => ms),
    chaincodePolicy: chaincodePolicy(consortium),
    store: new MemoryStore(),
    batching: { maxTransactions: 10, timeoutMs: 1 },
    clock: () => new Date(ms),
  });
  const mirror = { network: embedded, setTime: (time: number) => (ms = time) };
  const network = new Twin(await clientsOf(fabric, CHAINCODE), mirror, Date.now);
  const ledger = { network, channel: consortium.channel, chaincode: CHAINCODE };
  const walk = await Walk.open(SEED, { ledger });
  // Every record and every organisation's bundles are compared at the end of the walk.
  await walk.go(OPERATIONS);
  expect(network.agreed).toBeGreaterThan(OPERATIONS);
  expect(WAY.filter((call) => !walk.counts.has(call))).toEqual([]);
  await walk.close();
}, 1_800_000);
