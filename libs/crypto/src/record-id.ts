/**
 * Identifiers that are known before their transaction exists, so that commitments and signatures can name them.
 *
 * @module
 */
import { u32 } from './bytes';
import { hashParts } from './hash';

/**
 * Id of the `index`-th record that an instruction makes; 64 hexadecimal characters.
 *
 * @throws RangeError unless `index` is an integer of 32 bits.
 */
export function deriveId(origin: { member: string; instructionId: string; index: number }): string {
  return hashParts('tallystick/id/1', origin.member, origin.instructionId, u32(origin.index, 'index'));
}

/** Ledger key of an instruction: the same id from another member is another instruction. */
export function instructionKey({ member, id }: { member: string; id: string }): string {
  return hashParts('tallystick/instruction-key/1', member, id);
}
