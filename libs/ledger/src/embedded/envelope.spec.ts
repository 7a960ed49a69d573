import { createPublicKey } from 'node:crypto';
import { endorse, endorsersOf } from './envelope';
import { generateKeys } from './organisation-keys';

const now = new Date('2026-03-01T00:00:00Z');
const [a, b] = [generateKeys('AMSP', now), generateKeys('BMSP', now)];
const peerKeys = new Map([a, b].map((keys) => [keys.mspId, createPublicKey(keys.peerPublicKey)]));
const byA = endorse('payload', 'AMSP', a.peerPrivateKey);
const byB = endorse('payload', 'BMSP', b.peerPrivateKey);

describe('the endorsers of an envelope', () => {
  it.each([
    ['are those who signed it', 'payload', [byA, byB], ['AMSP', 'BMSP']],
    ['count once, however often they signed', 'payload', [byA, byA], ['AMSP']],
    ['are not those who signed something else', 'changed', [byA, byB], []],
    ['are not those in whose name another signed', 'payload', [{ ...byA, mspId: 'BMSP' }], []],
    ['are not strangers', 'payload', [endorse('payload', 'XMSP', a.peerPrivateKey)], []],
    ['are not those whose signature is garbage', 'payload', [{ mspId: 'AMSP', signature: 'AA==' }], []],
  ])('%s', async (_, payload, endorsements, expected) => {
    expect(await endorsersOf({ payload, endorsements }, peerKeys)).toEqual(expected);
  });
});
