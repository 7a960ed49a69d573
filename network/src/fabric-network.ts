import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeBuilder } from './builder';
import { bundleContracts } from './chaincode/bundle';
import { installedChaincodes, keepChaincode, retireChaincode } from './chaincode/installed';
import { packChaincode } from './chaincode/package';
import { claim } from './claim';
import { makeGenesisBlock } from './configtx';
import { chaincodePolicyText, readConsortium, type Consortium } from './consortium';
import { hasInstance, readInstance, writeInstance } from './instance';
import { joinChannel } from './join';
import { makeKeys } from './keys';
import { layoutOf, onThisMachine, type Layout } from './layout';
import { agreeOn } from './lifecycle';
import { ordererSettings } from './orderer-settings';
import { peerSettings } from './peer-settings';
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
  const network = new FabricNetwork(layout, programs);
  const attached = network.isRunning();
  if (!attached) {
    const left = await endLeftovers(layout.runningFile, home);
    if (left.length > 0) say(`ended what an earlier run left behind: ${left.join(', ')}`);
    removeRunning(layout.runningFile);
    // A program that was killed lets go of its ports a moment later.
    await until(left.length > 0 ? PATIENCE : 0, () => checkPorts(layout));
    writeInstance(home, { consortium, basePort, programs });
    await prepare(layout, programs, say);
    await startSupervisor(layout, options.tied === true, say);
  }
  try {
    say('joining the channel');
    await joinChannel(layout, programs);
    if (made === null || options.bundle !== undefined || network.chaincodes().length === 0) {
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

/** The network in a folder, whether it runs or not. @throws Error for a folder without one */
export function openNetwork(folder: string): FabricNetwork {
  const home = path.resolve(folder);
  const { consortium, basePort, programs } = readInstance(home);
  return new FabricNetwork(layoutOf(consortium, home, onThisMachine(basePort)), programs);
}

/** A network of native processes on this machine. */
export class FabricNetwork {
  constructor(
    readonly layout: Layout,
    private readonly programs: Programs,
  ) {}

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
    const chaincode = keepChaincode(this.layout, name, code);
    this.tellSupervisor();
    await agreeOn(this.layout, this.programs, {
      chaincode,
      policy: policy ?? chaincodePolicyText(this.layout.consortium),
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

  private tellSupervisor(): void {
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
  for (const orderer of layout.orderers)
    writeSettings(orderer.folder, 'orderer.yaml', ordererSettings(layout, orderer));
  for (const peer of layout.peers) writeSettings(peer.folder, 'core.yaml', peerSettings(layout, peer));
  writeBuilder(layout);
}

function writeSettings(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, name), text);
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
