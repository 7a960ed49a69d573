import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeBuilder } from '../builder';
import { keepChaincode } from '../chaincode/installed';
import { collectionsConfig } from '../collections';
import { chaincodePolicyText, readConsortium } from '../consortium';
import { BUNDLE } from '../fabric-network';
import { layoutOf, onThisMachine } from '../layout';
import { committedDefinition } from '../lifecycle';
import { freePorts } from '../ports';
import { findPrograms } from '../programs';
import { waitUntilReady } from '../readiness';
import { run } from '../run';
import { processPlan } from '../supervisor/process-plan';
import { Supervisor } from '../supervisor/supervisor';
import { settingsAndScripts } from './container-files';

jest.setTimeout(120_000);

it('the containers’ scripts bring a network of processes up to where every organisation endorses, and repeat harmlessly', async () => {
  const found = findPrograms();
  if ('missing' in found) throw new Error(found.missing);
  const { programs } = found;
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-scripts-'));
  const layout = layoutOf(readConsortium(), path.join(folder, 'network'), onThisMachine(await freePorts(300)));
  const { chaincode: name } = layout.consortium;
  const supervisor = new Supervisor(layout, () => undefined);
  const env = { PATH: [path.dirname(programs.paths.peer), process.env['PATH']].join(path.delimiter) };
  const script = (file: string, ...args: string[]): Promise<string> =>
    run('sh', [path.join(layout.home, 'scripts', file), ...args], { env });
  const write = (files: readonly (readonly [string, string])[]): void => {
    for (const [file, content] of files) {
      mkdirSync(path.dirname(path.join(layout.home, file)), { recursive: true });
      writeFileSync(path.join(layout.home, file), content);
    }
  };
  try {
    const builder = { folder: layout.builder, environment: 'TALLYSTICK_CONNECTIONS' };
    const draft = { name, id: '', bundleHash: '', packageFile: '' };
    const terms = {
      policy: chaincodePolicyText(layout.consortium),
      collections: collectionsConfig(layout.consortium),
    };
    write(settingsAndScripts(layout, { chaincode: draft, ...terms }, builder));
    writeBuilder(layout);
    await script('keys.sh');
    const block = readFileSync(layout.genesisBlock);
    await script('keys.sh');
    expect(readFileSync(layout.genesisBlock).equals(block)).toBe(true);
    for (const { connections, tls } of layout.peers) {
      const told = JSON.parse(readFileSync(path.join(connections, 'builder.json'), 'utf8')) as Record<string, string>;
      expect(told['clientKey']).toBe(readFileSync(tls.privateKey, 'utf8'));
    }
    const chaincode = keepChaincode(layout, name, readFileSync(BUNDLE));
    write(settingsAndScripts(layout, { chaincode, ...terms }, builder));
    supervisor.follow(processPlan(layout, programs));
    // As on machines of their own: each organisation for itself, in any order, then one for all.
    for (const { msp } of [...layout.peers].reverse()) await script('channel.sh', 'join', msp);
    await Promise.all(layout.peers.map(({ msp }) => script('channel.sh', 'agree', msp)));
    await script('channel.sh', 'commit');
    await waitUntilReady(layout, name);
    await script('channel.sh');
    expect((await committedDefinition(layout, programs, name))?.sequence).toBe(1);
  } finally {
    await supervisor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
