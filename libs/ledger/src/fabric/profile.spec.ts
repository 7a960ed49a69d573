import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FabricProfile, peersByOrganisation, readProfile } from './profile';

const node = (mspId: string, port: number) => ({
  mspId,
  endpoint: `localhost:${port}`,
  tlsName: 'localhost',
  tlsRoot: '/ca.pem',
});
const profile: FabricProfile = {
  schema: 1,
  channel: 'trade',
  chaincode: 'receivables',
  mspId: 'CoreMSP',
  identity: { certificate: '/cert.pem', privateKey: '/key.pem' },
  peers: [node('CoreMSP', 1), node('BankAMSP', 2), node('CoreMSP', 3)],
  orderers: [node('OperatorMSP', 4)],
};

describe('a profile', () => {
  it('is read from its file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
    const file = path.join(folder, 'CoreMSP.json');
    writeFileSync(file, JSON.stringify(profile));
    expect(readProfile(file)).toEqual(profile);
    rmSync(folder, { recursive: true });
  });

  it('names the first peer of each organisation', () => {
    const ports = [...peersByOrganisation(profile)].map(([mspId, { endpoint }]) => [mspId, endpoint]);
    expect(ports).toEqual([
      ['CoreMSP', 'localhost:1'],
      ['BankAMSP', 'localhost:2'],
    ]);
  });

  it.each([
    ['of another schema', { schema: 2 }, 'schema 2 is not known'],
    ['without a channel', { channel: '' }, 'channel is not a text'],
    ['without a chaincode', { chaincode: undefined }, 'chaincode is not a text'],
    ['without an identity', { identity: null }, 'identity is not an object'],
    ['without a key', { identity: { certificate: '/cert.pem' } }, 'privateKey is not a text'],
    ['without peers', { peers: [] }, 'peers is not a list with entries'],
    ['without orderers', { orderers: 'none' }, 'orderers is not a list with entries'],
    ['whose first peer is another organisation’s', { peers: [node('BankAMSP', 2)] }, 'not one of CoreMSP'],
    ['with a peer that has no endpoint', { peers: [{ ...node('CoreMSP', 1), endpoint: 7 }] }, 'endpoint is not a text'],
  ])('%s is refused', (_, change, message) => {
    expect(() => readProfile({ ...profile, ...change } as unknown as FabricProfile)).toThrow(message);
  });
});
