import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleContracts } from '../chaincode/bundle';
import { chaincodePolicyText } from '../consortium';
import { asAdmin } from '../command-line';
import { openNetwork, startFabric } from '../fabric-network';
import { committedDefinition } from '../lifecycle';
import { freePorts } from '../ports';
import { Application } from '../testing/application';
import { until } from '../until';
import { addOrganisation } from './add-organisation';

jest.setTimeout(180_000);

const BANK_C = { msp: 'BankCMSP', name: 'Bank C', authority: true, group: null };

it('one more organisation comes into a running channel: endorses, counts for the policy, and stays after a restart', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-member-'));
  const bundle = path.join(folder, 'notes.cjs');
  writeFileSync(bundle, await bundleContracts(path.join(__dirname, '..', 'testing', 'notes.contracts.ts')));
  const home = path.join(folder, 'network');
  let network = await startFabric({ home, basePort: await freePorts(300), bundle, tied: true });
  const processes = network.pids();
  try {
    const core = new Application(network.profile('CoreMSP'));
    const notes = core.contract('receivables', 'notes');
    const write = (text: string, ...endorsingOrganizations: string[]): Promise<unknown> =>
      until(20_000, () => notes.submit('write', { arguments: ['a', text], endorsingOrganizations }));
    await write('before', 'CoreMSP', 'BankAMSP');

    network = await addOrganisation(network, BANK_C);

    // Nobody else was started again for it.
    expect(network.pids()).toEqual(expect.objectContaining(processes));
    await write('with the new bank', 'CoreMSP', 'BankCMSP');
    core.close();
    const bank = new Application(network.profile('BankCMSP'));
    const read = await bank.contract('receivables', 'notes').evaluateTransaction('read', 'a');
    expect(Buffer.from(read).toString()).toBe('with the new bank');
    bank.close();
    const definition = await committedDefinition(network.layout, network.programs, 'receivables');
    expect(definition?.sequence).toBe(2);

    // Interrupted or not, it may be asked for again.
    network = await addOrganisation(network, BANK_C);
    expect(await committedDefinition(network.layout, network.programs, 'receivables')).toEqual(definition);

    await network.stop();
    network = await startFabric({ home, tied: true });
    expect(network.layout.consortium.organisations.at(-1)).toEqual(BANK_C);
    expect(chaincodePolicyText(openNetwork(home).layout.consortium)).toContain("'BankCMSP.peer'");
    const height = await asAdmin(network.programs, network.layout.peers.at(-1)!, ['channel', 'getinfo', '-c', 'trade']);
    expect(height).toContain('"height"');
  } finally {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
