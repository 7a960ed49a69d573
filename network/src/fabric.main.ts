import { rmSync } from 'node:fs';
import path from 'node:path';
import { readConsortium } from './consortium';
import { openNetwork, startFabric } from './fabric-network';
import { hasInstance } from './instance';
import { addOrganisation } from './membership/add-organisation';
import { waitUntilReady } from './readiness';

/** `fabric.main.js up|upgrade|add MSP|down|clean|status`, on the network in `FABRIC_HOME`. */
const home = path.resolve(process.env['FABRIC_HOME'] ?? path.resolve(__dirname, '..', '..', '.network'));
const started = performance.now();
const say = (line: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
};

async function up(): Promise<void> {
  if (hasInstance(home) && openNetwork(home).isRunning()) say('the network is already running');
  const port = process.env['FABRIC_PORT'];
  const network = await startFabric({ home, say, ...(port === undefined ? {} : { basePort: Number(port) }) });
  say('ready: every organisation endorses with all others');
  console.log(`\n  profiles  ${network.layout.profiles}\n  logs      ${network.layout.logs}\n`);
}

async function upgrade(): Promise<void> {
  const network = openNetwork(home);
  if (!network.isRunning()) throw new Error('The network does not run: npm run fabric:up');
  const { chaincode } = network.layout.consortium;
  say(`all organisations approve the ${chaincode} of this build`);
  await network.deploy({ name: chaincode });
  say(`in force: ${network.chaincodes().find(({ name }) => name === chaincode)?.id ?? ''}`);
}

async function add(): Promise<void> {
  const network = openNetwork(home);
  if (!network.isRunning()) throw new Error('The network does not run: npm run fabric:up');
  const msp = process.argv[3];
  const organisation = readConsortium().organisations.find((each) => each.msp === msp);
  if (organisation === undefined)
    throw new Error(
      `${msp ?? 'It'} is not in network/consortium.json: add its line there, then npm run fabric:add -- MSP`,
    );
  await addOrganisation(network, organisation, say);
  say(`ready: ${organisation.msp} endorses with all others`);
}

async function down(): Promise<void> {
  if (hasInstance(home)) await openNetwork(home).stop();
  say('the network is stopped; its keys and blocks are kept');
}

async function clean(): Promise<void> {
  if (!hasInstance(home)) {
    say(`there is no network in ${home}`);
    return;
  }
  await openNetwork(home).stop();
  rmSync(home, { recursive: true, force: true });
  say('the network is gone, with its keys and blocks');
}

async function status(): Promise<void> {
  if (!hasInstance(home)) {
    say(`there is no network in ${home}`);
    return;
  }
  const network = openNetwork(home);
  if (!network.isRunning()) {
    say('the network is stopped');
    return;
  }
  for (const [name, pid] of Object.entries(network.pids())) console.log(`  ${name.padEnd(40)} ${pid}`);
  for (const { name, id } of network.chaincodes()) console.log(`  ${name}: ${id}`);
  await waitUntilReady(network.layout, network.layout.consortium.chaincode);
  say('ready: every organisation endorses with all others');
}

const TASKS: Readonly<Record<string, () => Promise<void>>> = { up, upgrade, add, down, clean, status };

const task = TASKS[process.argv[2] ?? ''];
const done = task === undefined ? Promise.reject(new Error('up, upgrade, add, down, clean or status?')) : task();
done.catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
