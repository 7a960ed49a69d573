import { createHash } from 'node:crypto';
import { blockHash } from './block-hash';

const hash = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const [previousHash, dataHash] = [Buffer.alloc(32, 0xaa), Buffer.alloc(32, 0xbb)];
const hashes = `0420${'aa'.repeat(32)}0420${'bb'.repeat(32)}`;

describe('the hash of a block', () => {
  it('is taken over the ASN.1 of its header', () => {
    expect(blockHash({ number: 5n, previousHash, dataHash })).toBe(hash(`3047020105${hashes}`));
  });

  it('has no previous hash in the first block', () => {
    const first = { number: 0n, previousHash: new Uint8Array(), dataHash };
    expect(blockHash(first)).toBe(hash(`302702010004000420${'bb'.repeat(32)}`));
  });

  it.each([
    [0x7fn, '02017f', '3047'],
    [0x80n, '02020080', '3048'],
    [0xffffn, '020300ffff', '3049'],
    [0x10000n, '0203010000', '3049'],
  ])('writes block number %s in the shortest positive form', (number, integer, start) => {
    expect(blockHash({ number, previousHash, dataHash })).toBe(hash(`${start}${integer}${hashes}`));
  });
});
