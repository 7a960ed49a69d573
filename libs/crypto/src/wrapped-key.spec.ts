import { createDecipheriv, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  deriveLoginSecret,
  deriveWrappingKey,
  generateKeyPair,
  generatePrivateKey,
  KeyUnwrapError,
  publicKeyOf,
  randomHex,
  rewrapPrivateKey,
  unwrapSigner,
  verifySignature,
  wrapPrivateKey,
  type Signer,
} from './index';

const { cases } = JSON.parse(readFileSync(join(__dirname, '../vectors/password.json'), 'utf8')) as {
  cases: { password: string; user: string; salt: string; loginSecret: string; wrappingKey: string }[];
};
const [scope] = cases as [(typeof cases)[number]];
const message = new TextEncoder().encode('message');

async function signs(signer: Signer, publicKey: string): Promise<boolean> {
  return verifySignature({ publicKey, bytes: message, signature: await signer.sign(message) });
}

function hexBytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

describe('password derivations', () => {
  it.each(cases)('give the login secret of the vector for $password', async ({ password, loginSecret, ...given }) => {
    expect(await deriveLoginSecret(password, given)).toBe(loginSecret);
    // The composed and the full-width form are one password.
    expect(await deriveLoginSecret(password.normalize('NFKC'), given)).toBe(loginSecret);
  });

  it.each(cases)('give the wrapping key of the vector for $password', async ({ password, wrappingKey, ...given }) => {
    const privateKey = generatePrivateKey();
    const wrapped = await wrapPrivateKey(privateKey, await deriveWrappingKey(password, given));
    // Opened by OpenSSL with the key that was computed elsewhere.
    const decipher = createDecipheriv('aes-256-gcm', hexBytes(wrappingKey), hexBytes(wrapped.iv));
    const publicKey = Buffer.from(publicKeyOf(privateKey));
    const domain = Buffer.from('tallystick/wrapped-key/1\0');
    decipher.setAAD(Buffer.concat([domain, Uint8Array.of(0, 0, 0, publicKey.length), publicKey]));
    decipher.setAuthTag(hexBytes(wrapped.ciphertext).subarray(-16));
    const pkcs8 = Buffer.concat([decipher.update(hexBytes(wrapped.ciphertext).subarray(0, -16)), decipher.final()]);
    const jwk = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
    expect(Buffer.from(jwk.d ?? '', 'base64url').toString('hex')).toBe(privateKey);
  });

  it('differ by user, salt, purpose and rounds', async () => {
    const all = await Promise.all([
      deriveLoginSecret('password', scope),
      deriveLoginSecret('password', { ...scope, user: 'checker' }),
      deriveLoginSecret('password', { ...scope, salt: '11'.repeat(16) }),
      deriveLoginSecret('password', { ...scope, iterations: 600_001 }),
    ]);
    expect(new Set(all).size).toBe(4);
    expect(scope.loginSecret).not.toBe(scope.wrappingKey);
  });

  it('give a wrapping key that nobody can take out', async () => {
    const key = await deriveWrappingKey('password', scope);
    expect(key.extractable).toBe(false);
    await expect(globalThis.crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it.each([[599_999], [1], [0], [-1], [NaN], [600_000.5], [10_000_001]])('refuse %d rounds', async (iterations) => {
    await expect(deriveLoginSecret('password', { ...scope, iterations })).rejects.toThrow(RangeError);
    await expect(deriveWrappingKey('password', { ...scope, iterations })).rejects.toThrow(RangeError);
  });

  it.each([[''], ['00'.repeat(15)], ['ZZ'.repeat(16)]])('refuse the salt %j', async (salt) => {
    await expect(deriveLoginSecret('password', { ...scope, salt })).rejects.toThrow(/salt/);
    await expect(deriveWrappingKey('password', { ...scope, salt })).rejects.toThrow(/salt/);
  });

  it.each([[''], ['\ud800']])('refuse the password %j', async (password) => {
    await expect(deriveLoginSecret(password, scope)).rejects.toThrow(TypeError);
    await expect(deriveWrappingKey(password, scope)).rejects.toThrow(TypeError);
  });
});

describe('wrapped key', () => {
  const privateKey = generatePrivateKey();
  const publicKey = publicKeyOf(privateKey);
  let right: CryptoKey;
  let wrong: CryptoKey;
  beforeAll(async () => {
    right = await deriveWrappingKey('right', scope);
    wrong = await deriveWrappingKey('wrong', scope);
  });

  it('signs after it is opened with the password, from hexadecimal and from a WebCrypto pair', async () => {
    expect(await signs(await unwrapSigner(await wrapPrivateKey(privateKey, right), right, publicKey), publicKey)).toBe(
      true,
    );
    const made = await generateKeyPair();
    const opened = await unwrapSigner(await wrapPrivateKey(made.pair, right), right, made.publicKey);
    expect(await signs(opened, made.publicKey)).toBe(true);
  });

  it('gives a key to sign with that nobody can take out', async () => {
    const imported = jest.spyOn(globalThis.crypto.subtle, 'unwrapKey');
    await unwrapSigner(await wrapPrivateKey(privateKey, right), right, publicKey);
    const key = await (imported.mock.results[0]?.value as Promise<CryptoKey>);
    imported.mockRestore();
    expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
    await expect(globalThis.crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  it('is another ciphertext each time', async () => {
    const [one, two] = await Promise.all([wrapPrivateKey(privateKey, right), wrapPrivateKey(privateKey, right)]);
    expect(one.iv).not.toBe(two.iv);
    expect(one.ciphertext).not.toBe(two.ciphertext);
  });

  it('does not open with another password', async () => {
    const wrapped = await wrapPrivateKey(privateKey, right);
    await expect(unwrapSigner(wrapped, wrong, publicKey)).rejects.toThrow(KeyUnwrapError);
    await expect(unwrapSigner(wrapped, wrong, publicKey)).rejects.toMatchObject({ code: 'KEY_UNWRAP_FAILED' });
  });

  it('does not open under the name of another public key', async () => {
    const wrapped = await wrapPrivateKey(privateKey, right);
    await expect(unwrapSigner(wrapped, right, publicKeyOf(generatePrivateKey()))).rejects.toThrow(KeyUnwrapError);
  });

  it('does not open when altered', async () => {
    const wrapped = await wrapPrivateKey(privateKey, right);
    const altered = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
    for (const bad of [
      { ...wrapped, iv: altered(wrapped.iv) },
      { ...wrapped, ciphertext: altered(wrapped.ciphertext) },
      { ...wrapped, ciphertext: wrapped.ciphertext.slice(2) },
    ]) {
      await expect(unwrapSigner(bad, right, publicKey)).rejects.toThrow(KeyUnwrapError);
    }
  });

  it('is refused when malformed', async () => {
    const wrapped = await wrapPrivateKey(privateKey, right);
    for (const bad of [
      { ...wrapped, v: 2 as unknown as 1 },
      { ...wrapped, iv: '' },
      { ...wrapped, iv: `${wrapped.iv}00` },
      { ...wrapped, ciphertext: 'zz' },
    ]) {
      await expect(unwrapSigner(bad, right, publicKey)).rejects.toThrow(TypeError);
    }
    await expect(unwrapSigner(wrapped, right, publicKey.toUpperCase())).rejects.toThrow(TypeError);
  });

  it('moves to a new password; the old copy stays under the old one', async () => {
    const wrapped = await wrapPrivateKey(privateKey, right);
    const moved = await rewrapPrivateKey(wrapped, { from: right, to: wrong }, publicKey);
    expect(await signs(await unwrapSigner(moved, wrong, publicKey), publicKey)).toBe(true);
    await expect(unwrapSigner(moved, right, publicKey)).rejects.toThrow(KeyUnwrapError);
    await expect(rewrapPrivateKey(wrapped, { from: wrong, to: right }, publicKey)).rejects.toThrow(KeyUnwrapError);
  });

  it('refuses to wrap what is no private key or cannot be taken out', async () => {
    await expect(wrapPrivateKey('00'.repeat(32), right)).rejects.toThrow(RangeError);
    const hidden = await globalThis.crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    await expect(wrapPrivateKey(hidden, right)).rejects.toThrow();
  });
});

describe('random text', () => {
  it('has the length asked for and does not repeat', () => {
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
    expect(randomHex(16)).not.toBe(randomHex(16));
  });
});
