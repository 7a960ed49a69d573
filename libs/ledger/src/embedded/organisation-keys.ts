import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { clientCertificate } from './certificate';

/** What a simulated organisation proves itself with: its client's certificate and its peer's signing key. */
export interface OrganisationKeys {
  mspId: string;
  /** X.509, PEM. Its private key is thrown away: in one process nobody checks a client's signature. */
  clientCertificate: string;
  peerPrivateKey: KeyObject;
  /** SPKI, PEM. */
  peerPublicKey: string;
}

export function generateKeys(mspId: string, now: Date): OrganisationKeys {
  const client = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const peer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return keysOf(mspId, clientCertificate(mspId, client.publicKey, client.privateKey, now), peer.privateKey);
}

/** Reads the organisations' keys, made at the first start; the file is its owner's alone (mode 600). */
export function keysFromFile(path: string, mspIds: readonly string[], now: Date): OrganisationKeys[] {
  if (!existsSync(path))
    saveKeys(
      path,
      mspIds.map((mspId) => generateKeys(mspId, now)),
    );
  const saved = JSON.parse(readFileSync(path, 'utf8')) as SavedKeys[];
  return mspIds.map((mspId) => {
    const keys = saved.find((each) => each.mspId === mspId);
    if (keys === undefined) throw new Error(`${path} holds no keys of organisation ${mspId}`);
    return keysOf(mspId, keys.clientCertificate, createPrivateKey(keys.peerPrivateKey));
  });
}

interface SavedKeys {
  mspId: string;
  clientCertificate: string;
  peerPrivateKey: string;
}

function saveKeys(path: string, keys: OrganisationKeys[]): void {
  const saved: SavedKeys[] = keys.map((each) => ({
    mspId: each.mspId,
    clientCertificate: each.clientCertificate,
    peerPrivateKey: each.peerPrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }));
  // Written aside and renamed: a start that is killed here leaves either no file or a whole one.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(saved, null, 2), { mode: 0o600 });
  renameSync(draft, path);
}

function keysOf(mspId: string, certificate: string, peerPrivateKey: KeyObject): OrganisationKeys {
  const peerPublicKey = createPublicKey(peerPrivateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { mspId, clientCertificate: certificate, peerPrivateKey, peerPublicKey };
}
