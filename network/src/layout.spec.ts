import { readConsortium, type Consortium } from './consortium';
import { layoutOf, onThisMachine } from './layout';
import { profileOf } from './profile';

const small = readConsortium();
const many = Array.from({ length: 20 }, (_, index) => ({
  msp: `M${index}MSP`,
  name: '',
  authority: true,
  group: null,
}));
const large: Consortium = {
  ...small,
  operatorMsp: 'M0MSP',
  organisations: many,
  orderers: many.slice(0, 9).map(({ msp }) => msp),
};

describe('the layout of a network', () => {
  it.each([
    ['the smallest', small],
    ['the largest', large],
  ])('gives no port twice in %s consortium, further chaincodes included', (_, consortium) => {
    const layout = layoutOf(consortium, '/home', onThisMachine(7050));
    const ports = [
      ...layout.orderers.flatMap(({ port, adminPort, operationsPort }) => [port, adminPort, operationsPort]),
      ...layout.peers.flatMap(({ port, chaincodePort: listener, operationsPort }) => [port, listener, operationsPort]),
      ...[0, 1, 2].flatMap((slot) => layout.peers.map((_peer, index) => layout.placement.chaincodePort(slot, index))),
    ];
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.min(...ports)).toBe(7050);
  });

  it('keeps folders and keys of organisations apart', () => {
    const { peers, orderers } = layoutOf(large, '/home', onThisMachine(7050));
    const folders = [...peers, ...orderers].flatMap(({ folder, mspFolder }) => [folder, mspFolder]);
    expect(new Set(folders).size).toBe(folders.length);
    expect(new Set(peers.map(({ connections }) => connections)).size).toBe(peers.length);
  });

  it('lists in a profile the own peer first, all others after it, and only the own key', () => {
    const layout = layoutOf(small, '/home', onThisMachine(7050));
    for (const own of layout.peers) {
      const profile = profileOf(layout, own);
      expect(profile.peers.map(({ mspId }) => mspId)).toEqual([
        own.msp,
        ...layout.peers.map(({ msp }) => msp).filter((msp) => msp !== own.msp),
      ]);
      expect(profile.identity.privateKey).toContain(own.domain);
      expect(profile.orderers).toHaveLength(3);
      const elsewhere = JSON.stringify({ ...profile, identity: null });
      expect(elsewhere).not.toContain('.key');
      expect(elsewhere).not.toContain('priv_sk');
    }
  });
});
