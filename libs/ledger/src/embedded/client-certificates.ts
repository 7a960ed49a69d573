import { createRequire } from 'node:module';

interface CertificateParser {
  fromPEM(pem: string): object;
}

const MOST = 100;
let remembers = false;

/**
 * Has the shim remember the client certificates that it parsed: it parses the caller's anew for each simulation, a tenth of
 * its time, and the clients here are a handful. From then on in the whole process; the parser is the shim's own.
 */
export function rememberClientCertificates(): void {
  if (remembers) return;
  remembers = true;
  const ofShim = createRequire(require.resolve('fabric-shim'));
  const { Certificate } = ofShim('@fidm/x509') as { Certificate: CertificateParser };
  const parse = Certificate.fromPEM.bind(Certificate);
  const known = new Map<string, object>();
  Certificate.fromPEM = (pem) => {
    const certificate = known.get(pem) ?? Object.freeze(parse(pem));
    if (known.size >= MOST) known.clear();
    known.set(pem, certificate);
    return certificate;
  };
}
