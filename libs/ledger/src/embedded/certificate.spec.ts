import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { clientCertificate } from './certificate';

describe('a client certificate', () => {
  it('is X.509 as OpenSSL reads it, signed by its own key', () => {
    for (let round = 0; round < 50; round += 1) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const text = clientCertificate('BankAMSP', publicKey, privateKey, new Date('2026-03-01T04:05:06Z'));
      const certificate = new X509Certificate(text);
      expect(certificate.subject).toBe('O=BankAMSP\nOU=client\nCN=gateway');
      expect(certificate.issuer).toBe(certificate.subject);
      expect(certificate.validFrom).toBe('Mar  1 04:05:06 2026 GMT');
      expect(certificate.validTo).toBe('Mar  1 04:05:06 2046 GMT');
      expect(certificate.ca).toBe(false);
      expect(certificate.verify(publicKey)).toBe(true);
      expect(certificate.serialNumber).toMatch(/^[0-9A-F]{32}$/);
    }
  });
});
