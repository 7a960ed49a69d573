import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeBuilder } from './builder';
import { bundleContracts } from './chaincode/bundle';
import { installedChaincodes, keepChaincode, retireChaincode, type InstalledChaincode } from './chaincode/installed';
import { packChaincode } from './chaincode/package';
import { claim } from './claim';
import { makeGenesisBlock } from './configtx';
import { collectionsConfig } from './collections';
import { chaincodePolicyText, readConsortium, type Consortium } from './consortium';
import { hasInstance, readInstance, writeInstance, type Instance } from './instance';
import { joinChannel } from './join';
import { makeKeys } from './keys';
import { layoutOf, onThisMachine, type Layout } from './layout';
import { agreeOn, committedDefinition, install } from './lifecycle';
import { writeOrdererSettings } from './orderer-settings';
import { writePeerSettings } from './peer-settings';
import { checkPorts } from './ports';
import { profileFile, writeProfiles } from './profile';
import { findPrograms, type Programs } from './programs';
import { waitUntilReady } from './readiness';
import { until } from './until';
import { endLeftovers, isOurs, readRunning, removeRunning } from './supervisor/running';

/** The chaincode that the build made. */
export const BUNDLE = path.resolve(__dirname, '..', 'dist', 'receivables.cjs');
const PATIENCE = 30_000;

export interface StartOptions {
  /** Folder of everything the network keeps: keys, blocks, logs. */
  readonly home: string;
  /** A new network's description; the product's by default. One that exists keeps the description it was made from. */
  readonly consortium?: Consortium;
  /** A new network's first port. */
  readonly basePort?: number;
  readonly programs?: Programs;
  /** File of the chaincode to run; the built one by default. */
  readonly bundle?: string;
  /** The network ends with this process, however that ends; otherwise it goes on until it is stopped. */
  readonly tied?: boolean;
  /** Hears what is being done. */
  readonly say?: (line: string) => void;
}

/** A further chaincode: contracts of a module (it exports `contracts`), or a bundle made of them before. */
export interface Deployment {
  readonly name: string;
  readonly contractsModule?: string;
  /** File of a bundle. */
  readonly bundle?: string;
  /** In Fabric's textual form; the consortium's chaincode policy by default. */
  readonly policy?: string;
}

/**
 * Brings a network up, whatever state its folder is in, until every organisation can endorse with all others. One that
 * runs already is left as it is.
 * @throws Error with a message for people: programs missing, ports in use, a folder of somebody else's
 */
export async function startFabric(options: StartOptions): Promise<FabricNetwork> {
  const programs = options.programs ?? requirePrograms();
  const home = path.resolve(options.home);
  const release = claim(home);
  try {
    return await bringUp(home, programs, options);
  } finally {
    release();
  }
}

async function bringUp(home: string, programs: Programs, options: StartOptions): Promise<FabricNetwork> {
  const say = options.say ?? (() => undefined);
  const made = hasInstance(home) ? readInstance(home) : null;
  const consortium = made?.consortium ?? options.consortium ?? readConsortium();
  const basePort = made?.basePort ?? options.basePort ?? consortium.basePort;
  const layout = layoutOf(consortium, home, onThisMachine(basePort));
  const instance = { consortium, basePort, programs };
  const network = new FabricNetwork(layout, instance);
  const attached = network.isRunning();
  if (!attached) {
    const left = await endLeftovers(layout.runningFile, home);
    if (left.length > 0) say(`ended what an earlier run left behind: ${left.join(', ')}`);
    removeRunning(layout.runningFile);
    // A program that was killed lets go of its ports a moment later.
    await until(left.length > 0 ? PATIENCE : 0, () => checkPorts(layout));
    writeInstance(home, instance);
    await prepare(layout, programs, say);
    await startSupervisor(layout, options.tied === true, say);
  }
  try {
    say('joining the channel');
    await joinChannel(layout, programs);
    await reinstall(layout, programs);
    const agreed = await committedDefinition(layout, programs, consortium.chaincode);
    if (agreed === null || options.bundle !== undefined) {
      say('agreeing on the chaincode');
      await network.deploy({ name: consortium.chaincode, bundle: options.bundle ?? BUNDLE });
    } else {
      await waitUntilReady(layout, consortium.chaincode);
      if (!network.runs(consortium.chaincode, readFileSync(BUNDLE)))
        say('this build has another version of the chaincode; the organisations take it with: npm run fabric:upgrade');
    }
    writeProfiles(layout);
  } catch (error) {
    // What somebody else started is theirs to stop.
    if (!attached) await network.stop();
    throw new Error(`The network does not come up; ${layout.logs} tells more. ${String(error)}`, { cause: error });
  }
  return network;
}

/** A peer that lost its disk has lost the packages with it: what all agreed on holds for it as before. */
async function reinstall(layout: Layout, programs: Programs): Promise<void> {
  const packages = installedChaincodes(layout);
  await Promise.all(
    layout.peers.map(async (peer) => {
      for (const chaincode of packages) await install(programs, peer, chaincode);
    }),
  );
}

/** The network in a folder, whether it runs or not. @throws Error for a folder without one */
export function openNetwork(folder: string): FabricNetwork {
  const home = path.resolve(folder);
  const instance = readInstance(home);
  return new FabricNetwork(layoutOf(instance.consortium, home, onThisMachine(instance.basePort)), instance);
}

/** A network of native processes on this machine. */
export class FabricNetwork {
  constructor(
    readonly layout: Layout,
    readonly instance: Instance,
  ) {}

  get programs(): Programs {
    return this.instance.programs;
  }

  get home(): string {
    return this.layout.home;
  }

  isRunning(): boolean {
    const running = readRunning(this.layout.runningFile);
    return running !== null && isOurs(running.supervisor, this.home);
  }

  /** File with what an organisation's applications need. */
  profile(mspId: string): string {
    return profileFile(this.layout, mspId);
  }

  /** Process ids by name: `orderer1`…, `peer.<mspId>`, `chaincode.<mspId>`; one that is just starting again is missing. */
  pids(): Readonly<Record<string, number>> {
    return readRunning(this.layout.runningFile)?.processes ?? {};
  }

  /** Ids of the packages in use. */
  chaincodes(): { name: string; id: string }[] {
    return installedChaincodes(this.layout).map(({ name, id }) => ({ name, id }));
  }

  /** Whether this very bundle is what a chaincode runs. */
  runs(chaincode: string, bundle: Uint8Array): boolean {
    const { id } = packChaincode(chaincode, bundle);
    return this.chaincodes().some((each) => each.id === id);
  }

  /**
   * Brings a chaincode, or another version of one, into force with the consent of all organisations, while everything
   * runs. What it replaces is served until all peers know the new one.
   */
  async deploy({ name, contractsModule, bundle, policy }: Deployment): Promise<void> {
    const code =
      contractsModule === undefined ? readFileSync(bundle ?? BUNDLE) : await bundleContracts(contractsModule);
    await this.bringIntoForce(keepChaincode(this.layout, name, code), policy);
  }

  /** Has all organisations agree on a chaincode as it is, under the policy that follows from who they are now. */
  async redeploy(name: string): Promise<void> {
    const chaincode = installedChaincodes(this.layout).findLast((each) => each.name === name);
    if (chaincode === undefined) throw new Error(`There is no chaincode ${name}.`);
    await this.bringIntoForce(chaincode);
  }

  private async bringIntoForce(chaincode: InstalledChaincode, policy?: string): Promise<void> {
    const { name } = chaincode;
    this.tellSupervisor();
    await agreeOn(this.layout, this.programs, {
      chaincode,
      policy: policy ?? chaincodePolicyText(this.layout.consortium),
      collections: collectionsConfig(this.layout.consortium),
    });
    await waitUntilReady(this.layout, name);
    for (const older of installedChaincodes(this.layout))
      if (older.name === name && older.id !== chaincode.id) retireChaincode(this.layout, older);
    this.tellSupervisor();
  }

  /** Ends all processes; keys, channel and blocks stay. */
  async stop(): Promise<void> {
    const running = readRunning(this.layout.runningFile);
    if (running === null) return;
    if (isOurs(running.supervisor, this.home)) {
      process.kill(running.supervisor, 'SIGTERM');
      for (let waited = 0; isOurs(running.supervisor, this.home) && waited < PATIENCE; waited += 50) await sleep(50);
    }
    await endLeftovers(this.layout.runningFile, this.home);
    removeRunning(this.layout.runningFile);
  }

  /** Has the supervisor look again what should run. */
  tellSupervisor(): void {
    const running = readRunning(this.layout.runningFile);
    if (running !== null && isOurs(running.supervisor, this.home)) process.kill(running.supervisor, 'SIGHUP');
  }
}

function requirePrograms(): Programs {
  const found = findPrograms();
  if ('missing' in found) throw new Error(found.missing);
  return found.programs;
}

async function prepare(layout: Layout, programs: Programs, say: (line: string) => void): Promise<void> {
  say(`Fabric ${programs.version}; making keys, channel and settings`);
  await makeKeys(layout, programs);
  await makeGenesisBlock(layout, programs);
  for (const orderer of layout.orderers) writeOrdererSettings(layout, orderer);
  for (const peer of layout.peers) writePeerSettings(layout, peer);
  writeBuilder(layout);
}

async function startSupervisor(layout: Layout, tied: boolean, say: (line: string) => void): Promise<void> {
  mkdirSync(layout.logs, { recursive: true });
  const log = openSync(path.join(layout.logs, 'supervisor.log'), 'a', 0o600);
  const program = path.resolve(__dirname, '..', 'dist', 'supervisor', 'supervisor.main.js');
  const child = spawn(process.execPath, [program, layout.home, ...(tied ? ['tied'] : [])], {
    cwd: layout.home,
    detached: true,
    env: { ...process.env, TALLYSTICK_NETWORK: layout.home },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  say('starting orderers, peers and chaincode');
  for (let waited = 0; readRunning(layout.runningFile) === null; waited += 50) {
    if (child.exitCode !== null || waited >= PATIENCE)
      throw new Error(`The supervisor does not start; ${layout.logs}/supervisor.log tells more.`);
    await sleep(50);
  }
}
