import { isDeepStrictEqual } from 'node:util';
import { admissionBytes, instructionKey, signedBytes, verifySignature } from '@tallystick/crypto';
import { decideNewKeySigners, decideSigners, withAdministrators } from '@tallystick/domain';
import {
  AddKeyBody,
  AdmitBody,
  admissionSubject,
  instructionHash,
  SetSoloLimitBody,
  type AdmissionSignature,
  type MemberActRecord,
  type MemberKey,
  type MemberRecord,
} from '@tallystick/protocol';
import type { Case, Counterfeit, Written } from './check';

/**
 * Who made a member what it is, back to Genesis: the operator admits a firm whose every key signed; a member adds a key that
 * signed, and sets its own limit. What only takes away (a key revoked, a suspension and its end) leaves no signed act: there
 * the endorsement of operator, authority and host must suffice (`ledger.md` §3.3).
 */
export async function checkMemberAct({ record, before }: Written<'Member'>, within: Case): Promise<Counterfeit | null> {
  if (before === null && within.written('Genesis') !== null) {
    return isDeepStrictEqual(record, within.genesis.operator) ? null : 'ADMISSION_INVALID';
  }
  if (before !== null && !gives(before.record, record)) return null;
  const act = within.written('MemberAct', record.id);
  if (act === null) return 'ADMISSION_MISSING';
  const { instruction, signatures } = act.record;
  const applied = within.written('Instruction', instructionKey(instruction));
  if (applied?.record.hash !== instructionHash(instruction)) return 'ADMISSION_INVALID';
  const author = await within.mirror.record('Member', instruction.member);
  const isSigned = author !== null && signatures.every((each) => holds(author, act.record, each));
  const isGiven = isSigned && grants(author, act.record, before?.record ?? null, record, within.genesis.operator.id);
  return isGiven ? null : 'ADMISSION_INVALID';
}

/** Whether a change does more than revoke keys and set the status. */
function gives(before: MemberRecord, after: MemberRecord): boolean {
  const keys = before.keys.map((key, index) => ({
    ...key,
    revokedAt: key.revokedAt ?? after.keys[index]?.revokedAt ?? null,
  }));
  return !isDeepStrictEqual({ ...before, keys, status: after.status }, after);
}

function holds(
  { keys }: MemberRecord,
  { instruction }: MemberActRecord,
  { role, keyId, sig }: MemberActRecord['signatures'][number],
): boolean {
  const key = keys.find((each) => each.keyId === keyId);
  const bytes = signedBytes(role, instruction);
  return key !== undefined && verifySignature({ publicKey: key.publicKey, bytes, signature: sig });
}

/** Whether the act, by those who may, makes exactly this record of the one before. */
function grants(
  author: MemberRecord,
  { instruction: { contract, fn, body }, signatures }: MemberActRecord,
  before: MemberRecord | null,
  after: MemberRecord,
  operator: string,
): boolean {
  const bySelf = before !== null && author.id === after.id;
  const isSignedByTwo = decideSigners(author, signatures, 'makerChecker').ok;
  switch (`${contract}.${fn}`) {
    case 'member.admit': {
      const { data } = AdmitBody.safeParse(body);
      const isAdmitted = before === null && author.id === operator && isSignedByTwo;
      return (
        isAdmitted &&
        data !== undefined &&
        isDeepStrictEqual(data.record, after) &&
        ownKeys(data.record, data.admission)
      );
    }
    case 'member.addKey': {
      const { data } = AddKeyBody.safeParse(body);
      if (!bySelf || data === undefined) return false;
      const isAdded = isDeepStrictEqual({ ...before, keys: [...before.keys, data.key] }, after);
      return (
        isAdded && proves(data.key, admissionBytes(data.key), [data.admission]) && mayAdd(before, data.key, signatures)
      );
    }
    case 'member.setSoloLimit': {
      const { data } = SetSoloLimitBody.safeParse(body);
      const isSet = bySelf && isDeepStrictEqual({ ...before, soloLimitFen: data?.soloLimitFen }, after);
      return isSet && isSignedByTwo;
    }
    default:
      return false;
  }
}

function ownKeys(record: MemberRecord, admission: readonly AdmissionSignature[]): boolean {
  const bytes = admissionBytes(admissionSubject(record));
  return record.keys.every((key) => proves(key, bytes, admission));
}

function proves({ keyId, publicKey }: MemberKey, bytes: Uint8Array, proofs: readonly AdmissionSignature[]): boolean {
  const proof = proofs.find((each) => each.keyId === keyId);
  return proof !== undefined && verifySignature({ publicKey, bytes, signature: proof.sig });
}

function mayAdd(member: MemberRecord, added: MemberKey, signatures: MemberActRecord['signatures']): boolean {
  const isPersonal = signatures.every(({ role }) => role === 'maker' || role === 'checker');
  const signers = member.keys.filter(({ keyId }) => signatures.some((each) => each.keyId === keyId));
  const areTheirs = decideSigners(withAdministrators(member), signatures, 'anyKey').ok;
  return isPersonal && areTheirs && decideNewKeySigners(member, added, signers).ok;
}
