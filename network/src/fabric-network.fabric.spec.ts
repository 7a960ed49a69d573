import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { bundleContracts } from './chaincode/bundle';
import { installedChaincodes } from './chaincode/installed';
import { packChaincode } from './chaincode/package';
import { asAdmin } from './command-line';
import { BUNDLE, openNetwork, startFabric, type FabricNetwork } from './fabric-network';
import { committedDefinition } from './lifecycle';
import { findPrograms, type Programs } from './programs';
import { waitUntilReady } from './readiness';
import { isOurs, readRunning } from './supervisor/running';
import { Application } from './testing/application';
import { until } from './until';

jest.setTimeout(120_000);

const CONTRACTS = {
  notes: path.join(__dirname, 'testing', 'notes.contracts.ts'),
  loudNotes: path.join(__dirname, 'testing', 'loud-notes.contracts.ts'),
};

function programs(): Programs {
  const found = findPrograms();
  if ('missing' in found) throw new Error(found.missing);
  return found.programs;
}

describe('a network of native processes', () => {
  let network: FabricNetwork;
  let core: Application;

  beforeAll(async () => {
    network = openNetwork(process.env['FABRIC_HOME'] ?? '');
    await network.deploy({ name: 'notes', contractsModule: CONTRACTS.notes });
    core = new Application(network.profile('CoreMSP'));
  });
  afterAll(() => core.close());

  const notes = () => core.contract('notes', 'notes');
  const endorsers = ['CoreMSP', 'BankAMSP'];
  const write = (name: string, text: string) =>
    until(20_000, () => notes().submit('write', { arguments: [name, text], endorsingOrganizations: endorsers }));
  const read = async (name: string) => Buffer.from(await notes().evaluateTransaction('read', name)).toString('utf8');
  const ready = () => waitUntilReady(network.layout, network.layout.consortium.chaincode);

  it('gives each organisation a profile that names its own peer first and nobody else’s key', () => {
    for (const { msp } of network.layout.consortium.organisations) {
      const { profile, close } = withProfile(network.profile(msp));
      expect(statSync(network.profile(msp)).mode & 0o777).toBe(0o600);
      expect(profile.peers.map(({ mspId }) => mspId)[0]).toBe(msp);
      expect(new Set(profile.peers.map(({ mspId }) => mspId)).size).toBe(network.layout.peers.length);
      expect(JSON.stringify(profile).match(/priv_sk/g)).toHaveLength(1);
      expect(new Set(profile.orderers.map(({ mspId }) => mspId)).size).toBe(3);
      close();
    }
  });

  it('runs one process for each node, and for each chaincode and organisation', () => {
    expect(Object.keys(network.pids())).toEqual(
      expect.arrayContaining([
        ...['orderer1', 'orderer2', 'orderer3'],
        ...['OperatorMSP', 'CoreMSP', 'BankAMSP', 'BankBMSP'].flatMap((msp) => [`peer.${msp}`, `chaincode.${msp}`]),
      ]),
    );
  });

  it('has chaincode processes that answer their own organisation alone, and have no identity to endorse with', async () => {
    const { layout } = network;
    const { slot } = installedChaincodes(layout).find(({ name }) => name === 'receivables')!;
    const [operator, ...others] = layout.peers;
    const port = layout.placement.chaincodePort(slot, 0);
    expect(await greets(port, operator!.chaincodeTls.root, operator!.tls)).toBe(true);
    expect(await greets(port, operator!.chaincodeTls.root, null)).toBe(false);
    for (const other of others) expect(await greets(port, operator!.chaincodeTls.root, other.tls)).toBe(false);
    for (const { chaincodeTls } of layout.peers)
      expect(existsSync(path.join(path.dirname(chaincodeTls.root), '..', 'msp'))).toBe(false);
  });

  it('runs a bundle that does not depend on where the clone is', () => {
    expect(readFileSync(BUNDLE).includes(path.resolve(__dirname, '..', '..'))).toBe(false);
  });

  it.each(['peer.BankAMSP', 'chaincode.CoreMSP', 'orderer1', 'orderer2'])(
    'starts %s again when it is killed, and works with it',
    async (name) => {
      const before = network.pids()[name]!;
      process.kill(before, 'SIGKILL');
      await until(20_000, async () => {
        const now = network.pids()[name];
        if (now === undefined || now === before) throw new Error(`${name} is not there again`);
      });
      await ready();
      await write('killed', name);
      expect(await read('killed')).toBe(name);
    },
  );

  it('makes the same package from two builds, with the id that Fabric computes', async () => {
    const [first, second] = [await bundleContracts(CONTRACTS.notes), await bundleContracts(CONTRACTS.notes)];
    const id = packChaincode('notes', first).id;
    expect(packChaincode('notes', second).id).toBe(id);
    expect(network.chaincodes()).toContainEqual({ name: 'notes', id });
    const file = path.join(network.layout.packages, id.split(':')[0]!, 'package.tgz');
    const [peer] = network.layout.peers;
    const computed = await asAdmin(programs(), peer!, ['lifecycle', 'chaincode', 'calculatepackageid', file]);
    expect(computed.trim()).toBe(id);
  });

  it('takes another version of a chaincode into force while an application writes', async () => {
    await write('old', 'as it was');
    const before = await committedDefinition(network.layout, programs(), 'notes');
    let going = true;
    let written = 0;
    const writer = (async () => {
      while (going) {
        await write(`n${written}`, 'x');
        written += 1;
      }
    })();
    await network.deploy({ name: 'notes', contractsModule: CONTRACTS.loudNotes });
    going = false;
    await writer;
    expect(written).toBeGreaterThan(0);
    const after = await committedDefinition(network.layout, programs(), 'notes');
    expect(after?.sequence).toBe((before?.sequence ?? 0) + 1);
    expect(await read('old')).toBe('AS IT WAS');
    expect(network.chaincodes().filter(({ name }) => name === 'notes')).toHaveLength(1);
  });

  it('lets only administrators ask about the agreed definitions', async () => {
    const asClient = core
      .contract('_lifecycle')
      .evaluate('QueryChaincodeDefinitions', { arguments: [Buffer.alloc(0)] });
    await expect(asClient).rejects.toMatchObject({ code: expect.any(Number) as number });
    expect(await committedDefinition(network.layout, programs(), 'receivables')).not.toBeNull();
  });

  it('keeps keys, chain and agreed chaincode when it is stopped and brought up again', async () => {
    await write('kept', 'still here');
    const profileBefore = core.profile;
    core.close();
    const processes = Object.values(network.pids());
    await network.stop();
    expect(processes.filter((pid) => isOurs(pid, network.home))).toEqual([]);
    expect(network.isRunning()).toBe(false);
    network = await startFabric({ home: network.home, tied: true });
    core = new Application(network.profile('CoreMSP'));
    expect(core.profile).toEqual(profileBefore);
    expect(await read('kept')).toBe('STILL HERE');
    await write('after', 'it goes on');
  });

  it('comes up again after its supervisor was killed and left everything running', async () => {
    const { supervisor, processes } = readRunning(network.layout.runningFile)!;
    process.kill(supervisor, 'SIGKILL');
    await sleep(200);
    expect(Object.values(processes).some((pid) => isOurs(pid, network.home))).toBe(true);
    network = await startFabric({ home: network.home, tied: true });
    expect(Object.values(processes).filter((pid) => isOurs(pid, network.home))).toEqual([]);
    await write('again', 'and again');
    expect(await read('kept')).toBe('STILL HERE');
  });
});

function withProfile(file: string): { profile: Application['profile']; close: () => void } {
  const application = new Application(file);
  return { profile: application.profile, close: () => application.close() };
}

/** Whether a server goes on talking to whoever shows this certificate. */
function greets(port: number, root: string, own: { certificate: string; privateKey: string } | null): Promise<boolean> {
  const shown = own === null ? {} : { cert: readFileSync(own.certificate), key: readFileSync(own.privateKey) };
  return new Promise((resolve) => {
    const options = { host: 'localhost', port, ca: readFileSync(root), ALPNProtocols: ['h2'], ...shown };
    const socket = connect(options);
    // In TLS 1.3 a client learns of its refusal only when it reads: an HTTP/2 server speaks first.
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}
