import { canonicalBytes, deriveId, hashSecret, signedBytes, type SignatureRole, type Signer } from '@tallystick/crypto';
import { recordHash } from '../wire/record-hash';
import { CALLS, type BodyOf, type CallName, type SecretOf } from './calls';
import {
  InstructionSchema,
  RequestSchema,
  SignedInstructionSchema,
  type Instruction,
  type InstructionSignature,
  type MemberProof,
  type Request,
  type Secret,
  type SignedInstruction,
} from './instruction';

/** Hexadecimal text of so many random bytes; the only source of salts in the builders. */
export type Random = (bytes: number) => string;

/** Who writes an instruction, for which network, under which rules and how long it may be applied. Instants are UTC. */
export interface Author {
  networkId: string;
  channel: string;
  chaincode: string;
  member: string;
  rulePack: string;
  issuedAt: string;
  notAfter: string;
  /** UUIDv7, chosen by the client; ids of new records derive from it. */
  instructionId: string;
}

/** What every builder needs besides the call's own inputs. `expects`: hashes of the records the signer saw ({@link expectations}). */
export interface Authoring {
  author: Author;
  random: Random;
  expects?: Record<string, string>;
}

/** An instruction before anybody signed it, with the secret it binds. */
export interface Unsigned {
  instruction: Instruction;
  secret: Secret | null;
}

/** Someone of the member who signs, and in which capacity. */
export interface Signatory {
  role: SignatureRole;
  signer: Signer;
  keyId: string;
}

/** `expects` of an instruction, from the records that its signer saw, by record key. */
export function expectations(records: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(records).map(([key, record]) => [key, recordHash(record)]));
}

/** Id of the `index`-th record that this author's instruction makes. */
export function newId({ author }: Authoring, index: number): string {
  return deriveId({ member: author.member, instructionId: author.instructionId, index });
}

/**
 * Puts body and secret of a call under the author's name.
 * @throws ZodError when body or secret do not have the call's shape
 */
export function compose<N extends CallName>(
  call: N,
  authoring: Authoring,
  body: BodyOf<N>,
  secretValue: SecretOf<N>,
): Unsigned {
  const { author, random, expects = {} } = authoring;
  const schema = CALLS[call];
  const [contract, fn] = call.split('.') as [string, string];
  const secret: Secret | null =
    schema.secret === null ? null : { salt: random(32), value: schema.secret.parse(secretValue) };
  const instruction = InstructionSchema.parse({
    v: 1,
    suite: 'ES256',
    networkId: author.networkId,
    channel: author.channel,
    chaincode: author.chaincode,
    contract,
    fn,
    member: author.member,
    id: author.instructionId,
    issuedAt: author.issuedAt,
    notAfter: author.notAfter,
    rulePack: author.rulePack,
    expects,
    body: schema.body.parse(body),
    secretHash: secret === null ? null : hashSecret({ salt: secret.salt, secret: secret.value }),
  });
  return { instruction, secret };
}

/** One signature over an instruction. */
export async function signatureOn(
  instruction: Instruction,
  { role, signer, keyId }: Signatory,
): Promise<InstructionSignature> {
  return { role, keyId, kind: 'raw', sig: await signer.sign(signedBytes(role, instruction)) };
}

/** Signs with every signatory given, in order. @throws ZodError for none or more than six. */
export async function signInstruction(unsigned: Unsigned, signatories: Signatory[]): Promise<SignedInstruction> {
  const signatures = await Promise.all(signatories.map((one) => signatureOn(unsigned.instruction, one)));
  return SignedInstructionSchema.parse({ ...unsigned, signatures });
}

/** The same instruction with one more signature: the checker signs after the maker, on another machine. */
export async function addSignature(signed: SignedInstruction, signatory: Signatory): Promise<SignedInstruction> {
  return SignedInstructionSchema.parse({
    ...signed,
    signatures: [...signed.signatures, await signatureOn(signed.instruction, signatory)],
  });
}

/** The transient request of a call, checked against the wire format. */
export function buildRequest(parts: {
  instructions: SignedInstruction[];
  members: MemberProof[];
  readers: string[];
  context?: Record<string, unknown>;
}): Request {
  return RequestSchema.parse({ v: 1, context: {}, ...parts });
}

/** Bytes of the transient field `request`. */
export const requestBytes = (request: Request): Uint8Array => canonicalBytes(request);
