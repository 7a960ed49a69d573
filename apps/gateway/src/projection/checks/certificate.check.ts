import { undertakingBytes, verifySignature } from '@tallystick/crypto';
import type { CertificatePublic, MemberKey, UndertakingSignature } from '@tallystick/protocol';
import type { Case, Check, Counterfeit } from './check';

/** A new certificate: fresh, under an independent witness, and promised by living keys of its issuer (`ledger.md` §3.3). */
export const checkCertificate: Check<'Certificate'> = async ({ record }, within) => {
  const fresh = record.paid === null && record.released === null && record.carried === null && record.settling === null;
  if (record.status !== 'offered' || record.paidInFull || !fresh) return 'BORN_PAID';
  return (
    (await checkWitness(record.public, within)) ?? (await checkUndertakings(record.public, record.undertakings, within))
  );
};

async function checkWitness(
  { witness, standIn, line, issuer, issuerOrg }: CertificatePublic,
  within: Case,
): Promise<Counterfeit | null> {
  const { organisations, operatorMsp } = within.genesis;
  const member = await within.mirror.record('Member', issuer);
  const closed = [member?.group ?? null, organisations.find(({ msp }) => msp === operatorMsp)?.group ?? null];
  const independent = [witness, standIn].every((msp) => {
    const found = organisations.find((each) => each.msp === msp);
    return found?.authority === true && (found.group === null || !closed.includes(found.group));
  });
  const granted = await within.mirror.record('Line', line);
  const ofLine = granted?.witness === witness && granted.standIn === standIn && granted.issuerOrg === issuerOrg;
  return independent && witness !== standIn && ofLine ? null : 'WITNESS_NOT_INDEPENDENT';
}

async function checkUndertakings(
  promise: CertificatePublic,
  signatures: readonly UndertakingSignature[],
  within: Case,
): Promise<Counterfeit | null> {
  const issuer = await within.mirror.record('Member', promise.issuer);
  if (issuer?.host !== promise.issuerOrg) return 'UNDERTAKING_INVALID';
  const people = new Set<string>();
  for (const signature of signatures) {
    const keys = signature.role === 'risk' ? await bankKeys(promise.witness, within) : issuer.keys;
    const key = keys.find(({ keyId }) => keyId === signature.keyId);
    if (key === undefined || !holds(key, signature, promise) || people.has(key.person)) return 'UNDERTAKING_INVALID';
    people.add(key.person);
  }
  return signatures.some(({ role }) => role === 'maker') ? null : 'UNDERTAKING_INVALID';
}

function holds(key: MemberKey, { role, sig }: UndertakingSignature, promise: CertificatePublic): boolean {
  const allowed = key.revokedAt === null && key.roles.includes(role);
  return (
    allowed && verifySignature({ publicKey: key.publicKey, bytes: undertakingBytes(role, promise), signature: sig })
  );
}

/** Which bank of the witness granted the line is not public, so any of its banks' risk officers may have signed. */
async function bankKeys(witness: string, within: Case): Promise<MemberKey[]> {
  const members = await within.mirror.within('Member', witness);
  return members.filter(({ record }) => record.kinds.includes('BANK')).flatMap(({ record }) => record.keys);
}
