import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { readConsortium } from '../consortium';
import type { Profile } from '../profile';
import { composeFile } from './compose';
import { layoutInside, writeContainerFiles } from './container-files';

const consortium = readConsortium();
const layout = layoutInside(consortium);
const DOCKER = path.resolve(__dirname, '..', '..', '..', 'docker');

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes: string[];
  ports?: string[];
  depends_on?: Record<string, object>;
}
const text = composeFile(layout);
const { services } = parse(text) as { services: Record<string, Service> };
const nodes = Object.entries(services).filter(([name]) => name !== 'keys' && name !== 'channel');

const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-containers-'));
beforeAll(() => writeContainerFiles(folder, consortium, Buffer.from('a bundle')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the compose file', () => {
  it('is the one that the description makes (npm run docker:compose)', () => {
    expect(readFileSync(path.join(DOCKER, 'compose.yaml'), 'utf8')).toBe(text);
  });

  it('runs every orderer, and a peer and a chaincode for every organisation', () => {
    const count = (image: RegExp): number => nodes.filter(([, service]) => image.test(service.image)).length;
    expect(count(/^hyperledger\/fabric-orderer:2\.5\.16$/)).toBe(consortium.orderers.length);
    expect(count(/^hyperledger\/fabric-peer:2\.5\.16$/)).toBe(consortium.organisations.length);
    expect(count(/^node:20/)).toBe(consortium.organisations.length);
    expect(nodes).toHaveLength(consortium.orderers.length + 2 * consortium.organisations.length);
  });

  it('shows a node its own organisation’s keys, and of those its own alone', () => {
    const domains = layout.peers.map(({ domain }) => domain);
    for (const [name, { volumes }] of nodes) {
      const keys = volumes.filter((volume) => volume.includes('/keys/'));
      expect([name, keys.length]).toEqual([name, 1]);
      expect(keys[0]).toMatch(/:ro$/);
      expect(domains.filter((domain) => volumes.join().includes(domain))).toHaveLength(1);
      expect(volumes.join()).not.toMatch(/\/(users|ca|tlsca)\//);
      // A chaincode process has a name for TLS, and no identity.
      if (name.startsWith('chaincode')) expect(keys[0]).toMatch(/\/tls:ro$/);
    }
  });

  it('opens ports to this machine alone', () => {
    const ports = nodes.flatMap(([, { ports: open = [] }]) => open);
    expect(ports).toHaveLength(consortium.orderers.length + consortium.organisations.length);
    expect(new Set(ports).size).toBe(ports.length);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('opens them to the other organisations where each has a domain of its own', () => {
    const own = { ...consortium, domains: { CoreMSP: 'ledger.core.example' } };
    const { services: there } = parse(composeFile(layoutInside(own))) as { services: Record<string, Service> };
    expect(there['peer-core']?.ports).toEqual(['7051:7051']);
    expect(there['peer-core']?.volumes.join()).toContain('peer.ledger.core.example');
    expect(there['peer-banka']?.ports).toEqual(services['peer-banka']?.ports);
  });

  it('waits only for services that there are, and starts nodes after their keys', () => {
    for (const { depends_on: others = {} } of Object.values(services))
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(others)));
    for (const [, service] of nodes)
      expect(service.depends_on).toEqual({ keys: { condition: 'service_completed_successfully' } });
  });

  it('asks for nothing that the preparation does not write', () => {
    const written = readdirSync(path.join(folder, 'network'), { recursive: true }).map(String);
    const env = readFileSync(path.join(folder, '.env'), 'utf8');
    for (const [, variable] of text.matchAll(/\$\{(\w+)/g)) expect(env).toMatch(new RegExp(`^${variable}=.+$`, 'm'));
    for (const { volumes, command = [] } of Object.values(services)) {
      const mounted = volumes.map((volume) => volume.split(':')[0]!.replace('./network/', ''));
      for (const file of mounted.filter((each) => /^(nodes|packages)\//.test(each))) expect(written).toContain(file);
      const script = command.find((each) => each.endsWith('.sh'));
      if (script !== undefined) expect(written).toContain(script.replace('/network/', ''));
    }
  });
});

describe('what containers need', () => {
  it('holds no key', () => {
    for (const name of readdirSync(path.join(folder, 'network'), { recursive: true }).map(String))
      if (/\.(json|yaml|sh)$/.test(name))
        expect(readFileSync(path.join(folder, 'network', name), 'utf8')).not.toContain('PRIVATE KEY');
  });

  it.each(['keys.sh', 'channel.sh'])('%s is a script that a shell reads', (script) => {
    const { status, stderr } = spawnSync('sh', ['-n', path.join(folder, 'network', 'scripts', script)]);
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it('gives applications on this machine the published ports, and the names of the containers for TLS', () => {
    const file = path.join(folder, 'network', 'profiles', 'CoreMSP.json');
    const { peers, orderers } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
    const published = nodes.flatMap(([, { ports = [] }]) => ports.map((port) => port.split(':')[1]));
    for (const { endpoint, tlsName } of [...peers, ...orderers]) {
      expect(endpoint.split(':')[0]).toBe('localhost');
      expect(published).toContain(endpoint.split(':')[1]);
      expect([...layout.peers, ...layout.orderers].map(({ host }) => host)).toContain(tlsName);
    }
  });
});
