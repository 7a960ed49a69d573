/**
 * Commitments: what stands on the ledger instead of a cut, an owner or an amount. Each opens with its salt only.
 *
 * @module
 */
import { bytesOfHex, u64 } from './bytes';
import { canonicalBytes } from './canonical-json';
import { hashParts } from './hash';

// Amounts and firms are few enough to try them all, so the salt alone hides them: 128 bits at least.
const saltBytes = (salt: string): Uint8Array => bytesOfHex(salt, 'salt', { minBytes: 16 });

/**
 * Commits to a cut at `position` (fen from zero, u64) of a certificate's interval.
 *
 * @throws RangeError for a position outside u64; TypeError for a salt that is not hexadecimal of ≥ 16 bytes.
 */
export function commitCut(cut: { certificateId: string; position: bigint; salt: string }): string {
  return hashParts('tallystick/cut/1', cut.certificateId, u64(cut.position, 'position'), saltBytes(cut.salt));
}

/** Commits to the member that owns a holding. @throws TypeError for a bad salt. */
export function commitOwner(owner: { holdingId: string; memberId: string; salt: string }): string {
  return hashParts('tallystick/owner/1', owner.holdingId, owner.memberId, saltBytes(owner.salt));
}

/**
 * Commits to an amount of a record: a credit line's number, a running total, a paid amount. `label` tells them apart.
 *
 * @throws RangeError for a negative amount or one above u64; TypeError for a bad salt.
 */
export function commitAmount(amount: { recordId: string; label: string; fen: bigint; salt: string }): string {
  return hashParts(
    'tallystick/amount/1',
    amount.recordId,
    amount.label,
    u64(amount.fen, 'fen'),
    saltBytes(amount.salt),
  );
}

/**
 * Hash of an instruction's secret part, which its signed part names.
 *
 * @throws TypeError unless the salt has 32 bytes and the secret is JSON.
 */
export function hashSecret({ salt, secret }: { salt: string; secret: unknown }): string {
  return hashParts('tallystick/secret/1', bytesOfHex(salt, 'salt', { byteLength: 32 }), canonicalBytes(secret));
}

/** Hash of a certificate's private terms. @throws TypeError unless the salt has ≥ 16 bytes and the terms are JSON. */
export function hashTerms(salt: string, terms: unknown): string {
  return hashParts('tallystick/terms/1', saltBytes(salt), canonicalBytes(terms));
}
