import { gzipSync } from 'node:zlib';
import { sha256 } from './bundle';
import { tar } from './tar';

/** What organisations install and approve: it holds no code, but the hash of the code that their processes run. */
export interface ChaincodePackage {
  /** Fabric's id, `label:hash of the package`; the label carries the beginning of the bundle's hash, for people. */
  readonly id: string;
  readonly label: string;
  readonly bytes: Buffer;
}

/** Packs a bundle for Fabric's lifecycle; equal bundles give equal bytes, so organisations that build it agree on the id. */
export function packChaincode(name: string, bundle: Uint8Array): ChaincodePackage {
  const bundleHash = sha256(bundle);
  const label = `${name}-${bundleHash.slice(0, 12)}`;
  const code = zip(
    tar([
      { name: 'bundle.sha256', content: `${bundleHash}\n` },
      { name: 'connection.json', content: JSON.stringify(connectionTemplate(label), null, 2) },
    ]),
  );
  const bytes = zip(
    tar([
      { name: 'metadata.json', content: JSON.stringify({ type: 'ccaas', label }) },
      { name: 'code.tar.gz', content: code },
    ]),
  );
  return { id: `${label}:${sha256(bytes)}`, label, bytes };
}

/**
 * Where a peer reaches the chaincode: each organisation fills in its own names and keys, so that one package serves all.
 * Fabric's builder in the official images does it from its environment; ours takes the whole file from the organisation.
 */
function connectionTemplate(label: string): object {
  return {
    address: `${label}.{{.domain}}:9999`,
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: '{{.clientKey}}',
    client_cert: '{{.clientCertificate}}',
    root_cert: '{{.root}}',
  };
}

/** gzip whose bytes depend on nothing but the content: stored, no time, no operating system. */
function zip(content: Buffer): Buffer {
  const zipped = gzipSync(content, { level: 0 });
  zipped[9] = 255;
  return zipped;
}
