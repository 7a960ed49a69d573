import { canonicalJson, instructionKey } from '@tallystick/crypto';
import { instructionHash, type Behind, type CertificateRecord, type HoldingRecord } from '@tallystick/protocol';
import { provenOpening } from '../refusal/refused';
import type { State } from '../state/state';

/**
 * Every instruction shown with openings was applied, word for word. Its signatures are the reader's to verify: they prove
 * themselves under keys that are public.
 * @throws Refused OPENING_MISMATCH
 */
export async function requireApplied(state: State, behind: Behind): Promise<void> {
  for (const { instruction } of behind) {
    const record = await state.find('Instruction', instructionKey(instruction));
    provenOpening(record?.hash === instructionHash(instruction) && !record.voided, 'Instruction', instruction.id);
  }
}

/**
 * Whoever is shown a holding as a newcomer is shown the instruction that made it and the one that issued its certificate.
 * @throws Refused OPENING_MISMATCH
 */
export function requireOrigin(behind: Behind, holding: HoldingRecord, certificate: CertificateRecord): void {
  const isMade = behind.some(({ instruction }) => instructionKey(instruction) === holding.madeBy);
  provenOpening(isMade, 'Instruction', holding.madeBy);
  const promise = canonicalJson(certificate.public);
  const isIssued = behind.some(
    ({ instruction: { contract, fn, member, body } }) =>
      `${contract}.${fn}` === 'certificate.issueMany' &&
      member === certificate.public.issuer &&
      canonicalJson(body).includes(promise),
  );
  provenOpening(isIssued, 'Instruction', certificate.public.id);
}
