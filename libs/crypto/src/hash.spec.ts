import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { useSha256 } from './hash';
import {
  commitAmount,
  commitCut,
  commitOwner,
  deriveId,
  hashJson,
  hashParts,
  hashSecret,
  hashTerms,
  instructionKey,
  sha256Hex,
} from './index';
import { useNodeVerifier } from './node';
import { useVerifier } from './signature';

/** Every function of the vectors, fed from JSON: decimal strings become bigint where the function wants one. */
const functions = {
  hashParts: (input: { domain: string; parts: string[] }) => hashParts(input.domain, ...input.parts),
  hashJson: (input: { domain: string; value: unknown }) => hashJson(input.domain, input.value),
  commitCut: (input: { certificateId: string; position: string; salt: string }) =>
    commitCut({ ...input, position: BigInt(input.position) }),
  commitOwner,
  commitAmount: (input: { recordId: string; label: string; fen: string; salt: string }) =>
    commitAmount({ ...input, fen: BigInt(input.fen) }),
  deriveId,
  instructionKey,
  hashSecret,
  hashTerms: (input: { salt: string; terms: unknown }) => hashTerms(input.salt, input.terms),
};

const { cases } = JSON.parse(readFileSync(join(__dirname, '../vectors/hash.json'), 'utf8')) as {
  cases: { function: keyof typeof functions; input: never; output: string }[];
};

const salt = '00'.repeat(16);
const salt32 = '00'.repeat(32);

describe.each([
  ['portable', () => useSha256()],
  ['node', () => useNodeVerifier()],
])('hashes, %s implementation', (_, install) => {
  beforeAll(install);
  afterAll(() => {
    useSha256();
    useVerifier();
  });

  it.each(cases)('gives the vector of $function($input)', ({ function: name, input, output }) => {
    expect(functions[name](input)).toBe(output);
  });

  it('agrees with OpenSSL on 10,000 random inputs', () => {
    for (let i = 0, bytes = Buffer.from('seed'); i < 10_000; i++) {
      const expected = createHash('sha256').update(bytes).digest();
      expect(sha256Hex(bytes) === expected.toString('hex')).toBe(true);
      bytes = Buffer.concat([expected, bytes.subarray(0, i % 300)]);
    }
  });
});

describe('parts', () => {
  it('never give one hash for two lists', () => {
    const list = fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        expect(hashParts('test', ...left) === hashParts('test', ...right)).toBe(same);
      }),
    );
  });

  it('of one kind never pass for another kind', () => {
    const owner = commitOwner({ holdingId: 'a', memberId: 'b', salt });
    expect(hashParts('tallystick/owner/2', 'a', 'b', new Uint8Array(16))).not.toBe(owner);
    expect(hashParts('tallystick/owner/1', 'a', 'b', new Uint8Array(16))).toBe(owner);
  });

  it.each([[''], ['a\0b'], ['\ud800']])('refuses the domain %j', (domain) => {
    expect(() => hashParts(domain, 'a')).toThrow(TypeError);
  });

  it('refuses text with a lone surrogate, which would share its hash with other text', () => {
    expect(() => hashParts('test', '\ud800')).toThrow(TypeError);
  });
});

describe('commitments', () => {
  const cut = { certificateId: 'c', position: 5n, salt };
  const amount = { recordId: 'r', label: 'used', fen: 5n, salt };

  it('hide behind every input', () => {
    const all = [
      commitCut(cut),
      commitCut({ ...cut, certificateId: 'd' }),
      commitCut({ ...cut, position: 6n }),
      commitCut({ ...cut, salt: '01'.repeat(16) }),
      commitAmount(amount),
      commitAmount({ ...amount, recordId: 's' }),
      commitAmount({ ...amount, label: 'limit' }),
      commitAmount({ ...amount, fen: 6n }),
      commitAmount({ ...amount, salt: '01'.repeat(16) }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([[-1n], [1n << 64n]])('refuse the number %s outside 64 bits', (value) => {
    expect(() => commitCut({ ...cut, position: value })).toThrow(RangeError);
    expect(() => commitAmount({ ...amount, fen: value })).toThrow(RangeError);
  });

  it('refuse a number that is no bigint', () => {
    expect(() => commitCut({ ...cut, position: 5 as unknown as bigint })).toThrow(TypeError);
    expect(() => commitAmount({ ...amount, fen: '5' as unknown as bigint })).toThrow(TypeError);
  });

  it.each([[''], ['00'.repeat(15)], ['0'.repeat(33)], ['AA'.repeat(16)], ['zz'.repeat(16)]])(
    'refuse the salt %j',
    (bad) => {
      expect(() => commitCut({ ...cut, salt: bad })).toThrow(/salt/);
      expect(() => commitAmount({ ...amount, salt: bad })).toThrow(/salt/);
      expect(() => commitOwner({ holdingId: 'h', memberId: 'm', salt: bad })).toThrow(/salt/);
      expect(() => hashTerms(bad, {})).toThrow(/salt/);
      expect(() => hashSecret({ salt: bad, secret: {} })).toThrow(/salt/);
    },
  );

  it('of secrets want a salt of exactly 32 bytes', () => {
    expect(() => hashSecret({ salt, secret: {} })).toThrow(/32 bytes/);
    expect(() => hashSecret({ salt: '00'.repeat(33), secret: {} })).toThrow(/32 bytes/);
    expect(hashSecret({ salt: salt32, secret: {} })).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('ids', () => {
  it.each([[-1], [0.5], [2 ** 32], [NaN]])('refuse the index %d', (index) => {
    expect(() => deriveId({ member: 'm', instructionId: 'i', index })).toThrow(RangeError);
  });

  it('of one instruction id differ between members', () => {
    expect(instructionKey({ member: 'a', id: 'i' })).not.toBe(instructionKey({ member: 'b', id: 'i' }));
  });
});
