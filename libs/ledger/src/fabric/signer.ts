import { createPrivateKey, sign } from 'node:crypto';

/** Order of P-256, big-endian. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const bytesOfNumber = 32;

/** Signs a message (not its hash) with SHA-256 and P-256. */
export type MessageSigner = (message: Uint8Array) => Buffer;

/**
 * A signer by OpenSSL, ten times as fast as the clients' own in JavaScript. Fabric takes only signatures whose `s`
 * is in the lower half of the curve's order, so that nobody can change a signature into another valid one.
 * @throws Error when the key is not one of P-256
 */
export function messageSigner(privateKeyPem: string): MessageSigner {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the client key is not one of P-256');
  return (message) => {
    const raw = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
    const s = toNumber(raw.subarray(bytesOfNumber));
    return der(raw.subarray(0, bytesOfNumber), fromNumber(s > order / 2n ? order - s : s));
  };
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function fromNumber(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * bytesOfNumber, '0'), 'hex');
}

/** `SEQUENCE { INTEGER r, INTEGER s }`, always shorter than 128 bytes. */
function der(r: Buffer, s: Buffer): Buffer {
  const content = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

function integer(magnitude: Buffer): Buffer {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const shortest = magnitude.subarray(start < 0 ? magnitude.length - 1 : start);
  const content = (shortest[0] ?? 0) < 0x80 ? shortest : Buffer.concat([Buffer.from([0]), shortest]);
  return Buffer.concat([Buffer.from([0x02, content.length]), content]);
}
