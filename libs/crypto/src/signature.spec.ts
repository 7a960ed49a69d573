import { createPrivateKey, sign as opensslSign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useSha256 } from './hash';
import {
  admissionBytes,
  generatePrivateKey,
  isPublicKeyHex,
  keyIdOf,
  nobleSigner,
  publicKeyOf,
  sha256Hex,
  signedBytes,
  SIGNATURE_ROLES,
  SUITE,
  toLowS,
  undertakingBytes,
  verifySignature,
  webCryptoSigner,
  type SignatureRole,
} from './index';
import { createNodeVerifier, useNodeVerifier } from './node';
import { useVerifier } from './signature';

interface Vector {
  publicKey: string;
  message: string;
  signature: string;
}
const vectors = JSON.parse(readFileSync(join(__dirname, '../vectors/signature.json'), 'utf8')) as {
  valid: Vector[];
  deterministic: (Vector & { privateKey: string; rfcSignature: string })[];
  refused: (Vector & { why: string })[];
};
const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const verify = ({ publicKey, message, signature }: Vector): boolean =>
  verifySignature({ publicKey, bytes: fromHex(message), signature });

function usePortable(): void {
  useVerifier();
  useSha256();
}

afterEach(usePortable);

describe.each([
  ['portable', usePortable],
  ['node', useNodeVerifier],
])('verification, %s implementation', (_, install) => {
  beforeEach(install);

  it.each([...vectors.valid, ...vectors.deterministic])('accepts $signature', (vector) => {
    expect(verify(vector)).toBe(true);
  });

  it.each(vectors.refused)('refuses: $why', (vector) => {
    expect(verify(vector)).toBe(false);
  });

  it('refuses what is no text at all', () => {
    const [valid] = vectors.valid as [Vector];
    expect(verify({ ...valid, signature: undefined as unknown as string })).toBe(false);
    expect(verify({ ...valid, publicKey: null as unknown as string })).toBe(false);
  });
});

describe('implementations', () => {
  /** Bytes that look random and are the same in each run. */
  const seeded = (label: string, i: number): string => sha256Hex(new TextEncoder().encode(`${label} ${i}`));
  const keys = Array.from({ length: 40 }, (_, i) =>
    generatePrivateKey(fromHex(seeded('key', i) + seeded('key', -i - 1)).slice(16)),
  );
  const signers = keys.map(nobleSigner);
  const at = <T>(items: readonly T[], i: number): T => items[i % items.length] as T;

  it('agree on 10,000 messages: noble signs, OpenSSL accepts, and refuses them with one bit changed', async () => {
    useNodeVerifier();
    for (let i = 0; i < 10_000; i++) {
      const signer = at(signers, i);
      const bytes = fromHex(seeded('message', i).repeat(1 + (i % 5)));
      const signature = await signer.sign(bytes);
      const given = { publicKey: signer.publicKey, bytes, signature };
      if (!verifySignature(given)) throw new Error(`OpenSSL refuses case ${i}`);
      if (verifySignature(flipped(given, i))) throw new Error(`OpenSSL accepts the altered case ${i}`);
    }
  });

  it('agree on 1,000 messages: OpenSSL signs, noble accepts, and refuses them with one bit changed', () => {
    const opensslKeys = keys.map((key, i) => opensslKey(key, at(signers, i).publicKey));
    for (let i = 0; i < 1_000; i++) {
      const bytes = fromHex(seeded('other message', i));
      const raw = opensslSign('sha256', bytes, { key: at(opensslKeys, i), dsaEncoding: 'ieee-p1363' }).toString('hex');
      const given = { publicKey: at(signers, i).publicKey, bytes, signature: toLowS(raw) };
      if (!verifySignature(given)) throw new Error(`noble refuses case ${i}`);
      if (raw !== given.signature && verifySignature({ ...given, signature: raw }))
        throw new Error(`high s, case ${i}`);
      if (i % 4 === 0 && verifySignature(flipped(given, i))) throw new Error(`noble accepts the altered case ${i}`);
    }
  });

  it('keep a bounded number of parsed keys, the latest used', () => {
    const verifier = createNodeVerifier(3);
    const [a, b, c, d] = signers.map((signer) => signer.publicKey) as [string, string, string, string];
    const anything = '11'.repeat(64);
    for (const publicKey of [a, b, c, a, d]) verifier(publicKey, new Uint8Array(), anything);
    expect(verifier.cachedKeys()).toEqual([c, a, d]);
  });

  it('keep no key that is off the curve', () => {
    const verifier = createNodeVerifier();
    expect(verifier(`04${'11'.repeat(64)}`, new Uint8Array(), '11'.repeat(64))).toBe(false);
    expect(verifier.cachedKeys()).toEqual([]);
  });
});

/** One bit of message, r, s or public key changed, by turns. */
function flipped(given: { publicKey: string; bytes: Uint8Array; signature: string }, i: number) {
  const flip = (hex: string, position: number): string =>
    hex.slice(0, position) +
    (parseInt(hex.charAt(position), 16) ^ (1 << (i % 4))).toString(16) +
    hex.slice(position + 1);
  switch ((i >> 2) % 4) {
    case 0:
      return { ...given, bytes: fromHex(flip(Buffer.from(given.bytes).toString('hex'), i % 64)) };
    case 1:
      return { ...given, signature: flip(given.signature, i % 64) };
    case 2:
      return { ...given, signature: flip(given.signature, 64 + (i % 64)) };
    default:
      return { ...given, publicKey: flip(given.publicKey, 2 + (i % 128)) };
  }
}

function opensslKey(privateKey: string, publicKey: string): KeyObject {
  const part = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
  const [d, x, y] = [part(privateKey), part(publicKey.slice(2, 66)), part(publicKey.slice(66))];
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
}

describe('signing', () => {
  const [sample] = vectors.deterministic as [(typeof vectors.deterministic)[number]];

  it.each(vectors.deterministic)('is deterministic and low-S: RFC 6979, $message', async (vector) => {
    const signer = nobleSigner(vector.privateKey);
    expect(signer.publicKey).toBe(vector.publicKey);
    expect(await signer.sign(fromHex(vector.message))).toBe(vector.signature);
    expect(toLowS(vector.rfcSignature)).toBe(vector.signature);
  });

  it('by WebCrypto gives low s each time', async () => {
    const { subtle } = globalThis.crypto;
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const publicKey = Buffer.from(await subtle.exportKey('raw', pair.publicKey)).toString('hex');
    const signer = webCryptoSigner(pair.privateKey, publicKey);
    useNodeVerifier();
    // Each raw signature has a high s with probability 1/2; all of 64 low by chance: 2^-64.
    for (let i = 0; i < 64; i++) {
      const bytes = Uint8Array.of(i);
      expect(verifySignature({ publicKey, bytes, signature: await signer.sign(bytes) })).toBe(true);
    }
  });

  it.each([[''], ['ab'], ['00'.repeat(65)], [sample.publicKey.toUpperCase()]])('refuses the public key %j', (key) => {
    expect(() => webCryptoSigner({} as CryptoKey, key)).toThrow(TypeError);
    expect(() => keyIdOf(key)).toThrow(TypeError);
    expect(isPublicKeyHex(key)).toBe(false);
  });

  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  it.each([[''], ['ab'], ['00'.repeat(32)], [order], ['ff'.repeat(32)], ['AB'.repeat(32)]])(
    'refuses the private key %j',
    (key) => {
      expect(() => nobleSigner(key)).toThrow(/private key/);
      expect(() => publicKeyOf(key)).toThrow(/private key/);
    },
  );

  it.each([[''], ['ab'], ['00'.repeat(32) + order], ['00'.repeat(32) + 'ff'.repeat(32)]])(
    'has no low-S form of %j',
    (signature) => {
      expect(() => toLowS(signature)).toThrow(TypeError);
    },
  );

  it('keys are fresh, or follow from 48 random bytes', () => {
    expect(generatePrivateKey()).not.toBe(generatePrivateKey());
    expect(generatePrivateKey(new Uint8Array(48).fill(7))).toBe(generatePrivateKey(new Uint8Array(48).fill(7)));
    expect(() => generatePrivateKey(new Uint8Array(32))).toThrow();
    expect(publicKeyOf(generatePrivateKey())).toMatch(/^04[0-9a-f]{128}$/);
  });

  it('keys have short names', () => {
    expect(keyIdOf(sample.publicKey)).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(vectors.valid.map((vector) => keyIdOf(vector.publicKey))).size).toBe(6);
  });
});

describe('signed bytes', () => {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

  it('are the prefix, the role and canonical JSON', () => {
    expect(SUITE).toBe('ES256');
    expect(text(signedBytes('maker', { b: 1, a: '中' }))).toBe('tallystick/instruction/1\0maker\0{"a":"中","b":1}');
    expect(text(undertakingBytes('checker', { a: 1 }))).toBe('tallystick/undertaking/1\0checker\0{"a":1}');
    expect(text(admissionBytes({ a: 1 }))).toBe('tallystick/admission/1\0{"a":1}');
  });

  it('differ between roles and purposes', () => {
    const all = SIGNATURE_ROLES.flatMap((role) => [text(signedBytes(role, {})), text(undertakingBytes(role, {}))]);
    expect(new Set([...all, text(admissionBytes({}))]).size).toBe(9);
  });

  it.each([['owner'], ['maker\0'], ['']])('refuse the role %j', (role) => {
    expect(() => signedBytes(role as SignatureRole, {})).toThrow(TypeError);
    expect(() => undertakingBytes(role as SignatureRole, {})).toThrow(TypeError);
  });

  it('refuse a value without canonical JSON', () => {
    expect(() => signedBytes('maker', { fen: 1n })).toThrow(TypeError);
    expect(() => undertakingBytes('maker', { note: undefined })).toThrow(TypeError);
    expect(() => admissionBytes({ name: '\ud800' })).toThrow(TypeError);
  });
});
