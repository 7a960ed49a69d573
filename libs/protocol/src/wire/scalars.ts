import { isInstant, isIsoDate } from '@tallystick/domain';
import { z } from 'zod';

/** 32 bytes, lower-case hexadecimal: ids, hashes and commitments. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'hash');
/** Random salt of a commitment: 16 to 32 bytes, lower-case hexadecimal (`ledger.md` §1). */
export const Salt = z.string().regex(/^(?:[0-9a-f]{2}){16,32}$/, 'salt');
/** Amount in fen (1 fen = 0.01 CNY) as a decimal integer string without sign or leading zeros; at most 10^17. */
export const FenString = z.string().regex(/^(0|[1-9][0-9]{0,17})$/, 'fen');
/** A day of the calendar, `YYYY-MM-DD`. */
export const IsoDate = z.string().max(10).refine(isIsoDate, 'date');
/** Instant in UTC with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ`: compares as text. */
export const Instant = z.string().max(24).refine(isInstant, 'instant');
/** A member's id: its unified social credit code (GB 32100-2015), checked where members are admitted. */
export const MemberId = z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, 'member');
/** Fabric MSP id of an organisation that runs a peer. */
export const MspId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{1,40}$/, 'msp');
/** Key id: first 16 bytes of the hash of the public key. */
export const KeyId = z.string().regex(/^[0-9a-f]{32}$/, 'keyId');
/** Uncompressed P-256 point, 65 bytes hexadecimal. */
export const PublicKey = z.string().regex(/^04[0-9a-f]{128}$/, 'publicKey');
/** Compact ECDSA signature r‖s, low s, 64 bytes hexadecimal. */
export const SignatureHex = z.string().regex(/^[0-9a-f]{128}$/, 'signature');
/** Rate in parts per million (4.35 % = 43500). */
export const Ppm = z.int().min(0).max(1_000_000);
/** Instruction ids are UUIDv7, chosen by the client. */
export const InstructionId = z.uuidv7();
/** Short free text written by people. */
export const Text = z.string().max(500);
export const Currency = z.literal('CNY');
