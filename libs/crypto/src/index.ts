export { canonicalBytes, canonicalJson, type Json } from './canonical-json';
export { commitAmount, commitCut, commitOwner, hashSecret, hashTerms } from './commitment';
export { hashJson, hashParts, sha256Hex } from './hash';
export { fingerprint, fingerprintKeyCommit, type InvoiceIdentity } from './invoice-fingerprint';
export { randomHex } from './random';
export { deriveId, instructionKey } from './record-id';
export {
  EMPTY_ROSTER_ROOT,
  ROSTER_DEPTH,
  rosterLeaf,
  rosterRootWith,
  RosterTree,
  verifyRosterProof,
  type RosterPlace,
  type RosterProof,
} from './roster';
export { isPublicKeyHex, isSignatureHex, keyIdOf, SUITE, toLowS, verifySignature } from './signature';
export { admissionBytes, signedBytes, SIGNATURE_ROLES, undertakingBytes, type SignatureRole } from './signed-bytes';
export { generatePrivateKey, nobleSigner, publicKeyOf, webCryptoSigner, type Signer } from './signer';
export {
  deriveLoginSecret,
  deriveWrappingKey,
  generateKeyPair,
  KeyUnwrapError,
  rewrapPrivateKey,
  unwrapSigner,
  wrapPrivateKey,
  type PasswordScope,
  type WrappedKey,
} from './wrapped-key';
