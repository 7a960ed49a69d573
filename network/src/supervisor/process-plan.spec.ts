import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installedChaincodes, keepChaincode, retireChaincode } from '../chaincode/installed';
import { readConsortium } from '../consortium';
import { layoutOf, onThisMachine, type Layout } from '../layout';
import type { Programs } from '../programs';
import { processPlan } from './process-plan';

const programs = { version: '2.5.16', paths: { peer: '/bin/peer', orderer: '/bin/orderer' } } as unknown as Programs;

describe('the processes of a network', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-plan-'));
  const layout: Layout = layoutOf(readConsortium(), home, onThisMachine(7050));
  const names = (): string[] => processPlan(layout, programs).map(({ name }) => name);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  beforeAll(() => {
    for (const { tls, chaincodeTls } of layout.peers)
      for (const file of [tls.certificate, tls.privateKey, chaincodeTls.root]) {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, `content of ${file}`);
      }
  });

  it('are the nodes, and one for each chaincode and organisation, with that organisation’s keys alone', () => {
    expect(names()).toHaveLength(7);
    keepChaincode(layout, 'receivables', Buffer.from('one'));
    const plan = processPlan(layout, programs);
    for (const { msp, domain } of layout.peers) {
      const chaincode = plan.find(({ name }) => name === `chaincode.${msp}`)!;
      expect(chaincode.env['CORE_PEER_LOCALMSPID']).toBe(msp);
      expect(chaincode.env['CHAINCODE_ADDRESS']).toMatch(/^127\.0\.0\.1:/);
      const others = layout.peers.filter((each) => each.msp !== msp);
      for (const other of others) expect(JSON.stringify(chaincode)).not.toContain(`/${other.domain}/`);
      expect(chaincode.env['CHAINCODE_TLS_KEY']).toContain(domain);
    }
  });

  it('keep the place of a package, which peers remember, when it is retired and comes back', () => {
    const first = installedChaincodes(layout)[0]!;
    const second = keepChaincode(layout, 'receivables', Buffer.from('two'));
    const before = processPlan(layout, programs).find(({ name }) => name === 'chaincode.CoreMSP')!;
    expect(before.env['CHAINCODE_ID']).toBe(second.id);
    expect(names()).toContain(`chaincode.${first.label}.CoreMSP`);
    retireChaincode(layout, first);
    expect(names()).toHaveLength(11);
    keepChaincode(layout, 'other', Buffer.from('other'));
    expect(keepChaincode(layout, 'receivables', Buffer.from('one'))).toEqual(first);
  });

  it('are not started on code that nobody approved', () => {
    const [{ bundleFile } = { bundleFile: '' }] = installedChaincodes(layout);
    const kept = `${bundleFile}.kept`;
    cpSync(bundleFile, kept);
    appendFileSync(bundleFile, ' ');
    expect(() => processPlan(layout, programs)).toThrow(/was changed: its hash is \w{64}, approved is \w{64}/);
    cpSync(kept, bundleFile);
    expect(() => processPlan(layout, programs)).not.toThrow();
  });
});
