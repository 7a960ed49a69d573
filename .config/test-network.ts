import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts, startFabric, type FabricNetwork } from '../network/src/index';

/*
 * One Fabric network for a whole run of `*.fabric.spec.ts`; `openNetwork(process.env.FABRIC_HOME)` reaches it. It ends
 * with Jest's own process however that ends.
 */
let network: FabricNetwork | undefined;

async function bringUp(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-fabric-'));
  const home = path.join(folder, 'network');
  try {
    network = await startFabric({ home, basePort: await freePorts(400), tied: true });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  process.env['FABRIC_HOME'] = home;
}

async function takeDown(): Promise<void> {
  if (network === undefined) return;
  await network.stop();
  rmSync(path.dirname(network.home), { recursive: true, force: true });
}

export { bringUp, takeDown };
