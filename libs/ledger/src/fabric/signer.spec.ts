import { generateKeyPairSync, verify } from 'node:crypto';
import { messageSigner } from './signer';

const halfOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n / 2n;

describe('a signature', () => {
  it('is DER that OpenSSL verifies, with s in the lower half, for any key and message', () => {
    for (let round = 0; round < 300; round += 1) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const message = Buffer.from(`message ${round}`);
      const signature = messageSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())(message);
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
      expect(sOf(signature) <= halfOrder).toBe(true);
    }
  });

  it('is made with no other curve', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => messageSigner(pem)).toThrow('not one of P-256');
  });
});

function sOf(der: Buffer): bigint {
  const lengthOfR = der[3] ?? 0;
  return BigInt(`0x${der.subarray(6 + lengthOfR).toString('hex')}`);
}
