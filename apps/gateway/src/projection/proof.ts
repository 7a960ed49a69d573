import { canonicalJson, instructionKey, signedBytes, verifySignature } from '@tallystick/crypto';
import { instructionHash, type Bundle, type CertificateRecord, type Instruction } from '@tallystick/protocol';
import type { Mirror, Mirrored } from './mirror';

/** A signed instruction that the ledger applied, as it travels with openings. */
export interface Proven {
  key: string;
  instruction: Instruction;
  signatures: Bundle['instructions'][number]['signatures'];
  /** Canonical JSON of the body: what it names, it made or changed. */
  text: string;
}

export type Unproven = 'INSTRUCTION_UNKNOWN' | 'INSTRUCTION_OTHER' | 'MEMBER_UNKNOWN' | 'SIGNATURE_INVALID';

/**
 * Whether the ledger applied exactly this instruction, and registered keys of different people of its member signed it.
 * A key that was revoked since still counts: the contract accepted it while it lived, or the hash would not stand there.
 */
export async function proveInstruction(
  { instruction, signatures }: Bundle['instructions'][number],
  mirror: Mirror,
): Promise<Proven | Unproven> {
  const key = instructionKey(instruction);
  const applied = await mirror.record('Instruction', key);
  if (applied === null || applied.voided) return 'INSTRUCTION_UNKNOWN';
  if (applied.hash !== instructionHash(instruction)) return 'INSTRUCTION_OTHER';
  const member = await mirror.record('Member', instruction.member);
  if (member === null) return 'MEMBER_UNKNOWN';
  const people = new Set<string>();
  for (const { role, keyId, sig } of signatures) {
    const registered = member.keys.find((each) => each.keyId === keyId);
    if (registered === undefined || people.has(registered.person)) return 'SIGNATURE_INVALID';
    const isAdministrator = role === 'maker' && registered.roles.includes('admin');
    if (!registered.roles.includes(role) && !isAdministrator) return 'SIGNATURE_INVALID';
    people.add(registered.person);
    const bytes = signedBytes(role, instruction);
    if (!verifySignature({ publicKey: registered.publicKey, bytes, signature: sig })) return 'SIGNATURE_INVALID';
  }
  if (people.size === 0) return 'SIGNATURE_INVALID';
  return asProven({ instruction, signatures });
}

/** A signed instruction that was proven before. */
export function asProven({ instruction, signatures }: Bundle['instructions'][number]): Proven {
  return { key: instructionKey(instruction), instruction, signatures, text: canonicalJson(instruction.body) };
}

/** The instruction that stands behind a record: the one that made a holding, promised a certificate, named an order. */
export function madeBy(record: Mirrored, proven: readonly Proven[]): Proven | null {
  return proven.find((each) => makes(record, each)) ?? null;
}

function makes({ type, record, ref }: Mirrored, { key, text, instruction }: Proven): boolean {
  if (type === 'Holding') {
    const { id, owner, madeBy: maker } = record;
    return key === maker && text.includes(id) && text.includes(owner);
  }
  if (type === 'Certificate') {
    const promise = record.public;
    return instruction.member === promise.issuer && text.includes(canonicalJson(promise));
  }
  const id = ref.split('/')[1] ?? '';
  return id !== '' && text.includes(id);
}

/** Whether the undertaking of a certificate above the issuer's limit for one signature bears a checker's too. */
export function undertakingSuffices(
  { undertakings }: CertificateRecord,
  faceFen: bigint,
  soloLimitFen: bigint,
): boolean {
  return faceFen <= soloLimitFen || undertakings.some(({ role }) => role === 'checker');
}
