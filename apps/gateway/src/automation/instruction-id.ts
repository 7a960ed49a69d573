import { hashParts } from '@tallystick/crypto';

/**
 * Id of an instruction that a service gives, derived from what it is about: a second run names the same instruction, and the ledger
 * answers it with the stored outcome. In the form of a UUID of version 7, as the wire wants it; its time bits mean nothing.
 */
export function serviceInstructionId(...purpose: string[]): string {
  const hex = hashParts('tallystick/service-instruction/1', ...purpose);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
