import { refusalMessage, refusalRule, refusalStatus, type Language, type Refusal } from '@tallystick/domain';
import { z } from 'zod';
import { fieldErrors, flatIssues, refusalIn, type FieldError } from './field-errors';
import { PROBLEMS } from './problem-codes';
import { RefusedError, type ProblemError } from './problem.error';

/** RFC 9457 problem document. */
export const ProblemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  /** Id of the request, as in our log. */
  instance: z.string(),
  /** Every field that is wrong. */
  errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  /** The law, rule-pack entry or ledger rule that refused. */
  rule: z.string().optional(),
  /** What the refusal was about, for programs. */
  details: z.record(z.string(), z.unknown()).optional(),
});

export type Problem = z.output<typeof ProblemSchema>;

/** The document for an error that is an answer. */
export function problemOf(error: ProblemError | RefusedError, language: Language, instance: string): Problem {
  if (error instanceof RefusedError) return fromRefusal(error.refusal, language, instance);
  const entry = PROBLEMS[error.code];
  const issues = flatIssues(error.options.issues ?? []);
  const errors = fieldErrors(issues, language);
  const rule = issues.map(refusalIn).find((refusal) => refusal !== null);
  return {
    type: typeOf(error.code),
    title: entry[language],
    status: entry.status,
    code: error.code,
    detail: errors.length === 0 ? entry[language] : errors.map(sentence).join(language === 'zh' ? '；' : '; '),
    instance,
    ...(errors.length > 0 && { errors }),
    ...(rule !== undefined && refusalRule(rule) !== undefined && { rule: refusalRule(rule) }),
  };
}

function fromRefusal(refusal: Refusal, language: Language, instance: string): Problem {
  const message = refusalMessage(refusal, language);
  const rule = refusalRule(refusal);
  return {
    type: typeOf(refusal.code),
    title: message,
    status: refusalStatus(refusal.code),
    code: refusal.code,
    detail: message,
    instance,
    ...(refusal.field !== undefined && { errors: [{ path: refusal.field, code: refusal.code, message }] }),
    ...(rule !== undefined && { rule }),
    details: { ...refusal.details },
  };
}

function sentence({ path, message }: FieldError): string {
  return path === '' ? message : `${path}: ${message}`;
}

function typeOf(code: string): string {
  return `urn:tallystick:problem:${code}`;
}
