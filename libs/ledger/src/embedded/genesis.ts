import type { OrganisationKeys } from './organisation-keys';
import { linkBlock, type StoredBlock } from './stored-block';

/** Block 0: who takes part, with which certificates, and the chaincode's endorsement policy. */
export function genesisBlock(keys: readonly OrganisationKeys[], chaincodePolicy: Uint8Array): StoredBlock {
  const organisations = keys.map(({ mspId, clientCertificate, peerPublicKey }) => ({
    mspId,
    clientCertificate,
    peerPublicKey,
  }));
  const policy = Buffer.from(chaincodePolicy).toString('base64');
  const envelopes = [JSON.stringify({ organisations, chaincodePolicy: policy })];
  return { ...linkBlock(0, '', envelopes), envelopes, validations: [], privateWrites: [] };
}

/** @throws Error when a stored ledger was begun by other organisations, with other keys, or under another policy */
export function requireSameGenesis(stored: StoredBlock | undefined, expected: StoredBlock): void {
  if (stored?.hash !== expected.hash)
    throw new Error(
      'ledger does not fit its configuration: organisations, keys or chaincode policy differ from block 0',
    );
}
