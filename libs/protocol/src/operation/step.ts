import { hashTerms, undertakingBytes } from '@tallystick/crypto';
import { z } from 'zod';
import { verifyCertificateOpening } from '../certificate/certificate.verify';
import { CertificatePublic, CertificateRecord } from '../certificate/certificate.records';
import type { SealedApplication } from '../financing/financing.build';
import { InviteSecret } from '../financing/financing.calls';
import { HoldingOpening, HoldingRecord } from '../holding/holding.records';
import { verifyHoldingOpening } from '../holding/holding.verify';
import { explain, type Explanation, type Known } from '../instruction/explain';
import {
  expectations,
  signatureOn,
  type Random,
  type Signatory,
  type Unsigned,
} from '../instruction/instruction.build';
import { InstructionMismatch } from '../instruction/instruction.read';
import { recordKey } from '../wire/record-key';
import type { Step, StepSignature } from './operation';
import { buildApplyStep, STEP_BUILDERS } from './step-calls';

/** What stands in a step before it is built: the part that the form settles. */
export type StepDraft = Pick<Step, 'contract' | 'fn' | 'author' | 'records' | 'input' | 'known'>;

/** What was signed is not what the form asked; `field` names the first difference. */
export class FormMismatch extends Error {
  constructor(readonly field: string) {
    super(`what was signed differs from the form: ${field}`);
    this.name = 'FormMismatch';
  }
}

/** @throws RangeError unless there is exactly one */
function only<T>([first, ...more]: readonly T[]): T {
  if (first === undefined || more.length > 0) throw new RangeError('expected one step');
  return first;
}

const nameOf = ({ contract, fn }: Pick<Step, 'contract' | 'fn'>): string => `${contract}.${fn}`;

/**
 * Builds the instructions of an operation's steps, in order: an application's seal is carried into its invitations.
 * @throws RangeError for a call that people do not sign; ZodError for another input; FormMismatch for unproven openings
 */
export function buildSteps(steps: readonly StepDraft[], random: Random): Unsigned[] {
  let sealed: SealedApplication | undefined;
  return steps.map((step) => {
    const authoring = { author: step.author, random, expects: expectations(step.records) };
    requireProven(step);
    if (nameOf(step) === 'financing.apply') {
      const applied = buildApplyStep(step.input, authoring);
      sealed = applied.sealed;
      return { instruction: applied.instruction, secret: applied.secret };
    }
    const build = Object.hasOwn(STEP_BUILDERS, nameOf(step))
      ? STEP_BUILDERS[nameOf(step) as keyof typeof STEP_BUILDERS]
      : undefined;
    if (build === undefined) throw new RangeError(`nobody signs ${nameOf(step)} in person`);
    const carried = nameOf(step) === 'financing.invite' && sealed !== undefined && !('sealed' in step.input);
    return build(carried ? { ...step.input, sealed } : step.input, authoring);
  });
}

/** {@link buildSteps} of a single step. */
export function buildStep(step: StepDraft, random: Random): Unsigned {
  return only(buildSteps([step], random));
}

/** Openings that a step shows or cuts must be of the records that its signer expects. @throws FormMismatch */
function requireProven({ known, input, records }: StepDraft): void {
  if (known.certificate !== undefined) {
    const record = records[recordKey('Certificate', known.certificate.certificate)];
    const proven = record !== undefined && verifyCertificateOpening(CertificateRecord.parse(record), known.certificate);
    if (!proven) throw new FormMismatch('known.certificate');
  }
  const holdings = { 'known.holding': known.holding, 'input.holding': input['holding'], 'input.piece': input['piece'] };
  for (const [field, given] of Object.entries(holdings)) {
    if (given === undefined) continue;
    const opening = HoldingOpening.parse(given);
    const record = records[recordKey('Holding', opening.holding)];
    const proven = record !== undefined && verifyHoldingOpening(HoldingRecord.parse(record), opening);
    if (!proven) throw new FormMismatch(field);
  }
}

/** The seal of an application, as the invitations that came with it disclose it to its own signers. */
function sealOf(unsigned: readonly Unsigned[]): SealedApplication | undefined {
  const invite = unsigned.find(
    ({ instruction }) => instruction.contract === 'financing' && instruction.fn === 'invite',
  );
  if (invite?.secret === undefined || invite.secret === null) return undefined;
  const { application, applicationSalt } = InviteSecret.parse(invite.secret.value);
  return { application, applicationSalt };
}

function knownOf(step: StepDraft, unsigned: readonly Unsigned[]): Known {
  const { certificate, holding } = step.known;
  const sealed = sealOf(unsigned);
  return {
    ...(certificate !== undefined && { certificate }),
    ...(holding !== undefined && { holding }),
    ...(sealed !== undefined && { sealed }),
  };
}

/** What the signers of each step agree to, in clear. @throws InstructionMismatch; FormMismatch */
export function explainSteps(steps: readonly StepDraft[], unsigned: readonly Unsigned[]): Explanation[] {
  return steps.map((step, index) => {
    const one = unsigned[index];
    if (one === undefined) throw new FormMismatch(`steps.${index}`);
    requireProven(step);
    return explain(one, knownOf(step, unsigned));
  });
}

/** {@link explainSteps} of a single step. */
export function explainStep(step: StepDraft, unsigned: Unsigned): Explanation {
  return only(explainSteps([step], [unsigned]));
}

/**
 * Checks that signed instructions are what the steps ask: the same are built again from the steps' inputs, and everything
 * but what is random by nature (commitments, salts, origins) has to be equal. For the gateway and for whoever signs after.
 * @throws FormMismatch naming the first difference; InstructionMismatch when an instruction does not match its own secret
 */
export function checkSteps(steps: readonly StepDraft[], unsigned: readonly Unsigned[], random: Random): void {
  if (steps.length !== unsigned.length) throw new FormMismatch('steps');
  const asked = buildSteps(steps, random);
  const facts = { asked: explainSteps(steps, asked), signed: explainSteps(steps, unsigned) };
  asked.forEach(({ instruction: want }, index) => {
    const got = unsigned[index]?.instruction;
    for (const field of Object.keys(want) as (keyof typeof want)[]) {
      if (field === 'body' || field === 'secretHash') continue;
      requireSame(`steps.${index}.instruction.${field}`, want[field], got?.[field]);
    }
    requireSame(`steps.${index}`, settled(facts.asked[index]), settled(facts.signed[index]));
  });
  const sealed = sealOf(unsigned);
  steps.forEach((step, index) => {
    if (nameOf(step) !== 'financing.apply' || sealed === undefined) return;
    const hash = hashTerms(sealed.applicationSalt, sealed.application);
    requireSame(`steps.${index}.application`, unsigned[index]?.instruction.body['application'], hash);
  });
}

/** Facts that differ between two builds of the same form. */
const RANDOM_FACTS: ReadonlySet<string> = new Set(['originFen', 'applicationHash']);
const RANDOM_PROMISE: ReadonlySet<string> = new Set(['lo', 'hi', 'terms']);

function settled(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map((item) => settled(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !RANDOM_FACTS.has(name) && !(key === 'public' && RANDOM_PROMISE.has(name)),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, settled(item, name)]));
}

function requireSame(field: string, want: unknown, got: unknown): void {
  if (typeof want === 'object' && want !== null && typeof got === 'object' && got !== null) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      requireSame(`${field}.${key}`, (want as Record<string, unknown>)[key], (got as Record<string, unknown>)[key]);
    }
    return;
  }
  if (want !== got) throw new FormMismatch(field);
}

/** Public promises in an issue step's body; none in other steps. */
export function promisesOf({ instruction }: Unsigned): CertificatePublic[] {
  if (`${instruction.contract}.${instruction.fn}` !== 'certificate.issueMany') return [];
  return z.object({ certificates: z.array(CertificatePublic) }).parse(instruction.body).certificates;
}

/**
 * Signs steps in one role: each instruction, and for an issue each certificate's promise too. Show {@link explainSteps} first.
 * @param first whether this is the maker, who sends instruction and secret along
 */
export async function signSteps(
  unsigned: readonly Unsigned[],
  signatory: Signatory & { role: 'maker' | 'checker' | 'risk' },
  first: boolean,
): Promise<StepSignature[]> {
  return Promise.all(
    unsigned.map(async (one) => {
      const undertakings = await Promise.all(
        promisesOf(one).map(async (promise) => ({
          certificate: promise.id,
          sig: await signatory.signer.sign(undertakingBytes(signatory.role, promise)),
        })),
      );
      return {
        ...(first && { instruction: one.instruction, secret: one.secret }),
        signature: await signatureOn(one.instruction, signatory),
        ...(undertakings.length > 0 && { undertakings }),
      };
    }),
  );
}

/** {@link signSteps} of a single step. */
export async function signStep(
  unsigned: Unsigned,
  signatory: Signatory & { role: 'maker' | 'checker' | 'risk' },
  first: boolean,
): Promise<StepSignature> {
  return only(await signSteps([unsigned], signatory, first));
}

/** Instruction and secret of steps that a maker has signed. @throws InstructionMismatch when nobody has */
export function unsignedOf(steps: readonly Step[]): Unsigned[] {
  return steps.map(({ instruction, secret }) => {
    if (instruction === null) throw new InstructionMismatch('instruction');
    return { instruction, secret };
  });
}
