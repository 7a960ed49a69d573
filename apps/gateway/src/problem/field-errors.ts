import { refusalMessage, type Language, type Refusal } from '@tallystick/domain';
import type { z } from 'zod';

/** One thing wrong with one field. */
export interface FieldError {
  /** Path such as `pieces.2.amount`; empty for the whole. */
  path: string;
  code: string;
  message: string;
}

/**
 * The issues of a union are those of the form that was most likely meant: the one with the fewest, each unknown field
 * counted.
 */
export function flatIssues(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const weight = (branch: readonly z.core.$ZodIssue[]): number =>
    branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const [meant = []] = [...issue.errors].sort((one, other) => weight(one) - weight(other));
    return flatIssues(meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

/** All that a schema found, in the reader's language; an unknown field counts as an error of its own. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], language: Language): FieldError[] {
  return issues.flatMap((issue) => {
    const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: at(key),
        code: 'unknown_field',
        message: say(language, '不认识的字段', 'Unknown field'),
      }));
    }
    return [{ path: at(), code: refusalIn(issue)?.code ?? issue.code, message: messageOf(issue, language) }];
  });
}

/** For a zod `refine`: `params: { refusal }` gives the trade's own code and words. */
export function refusalIn(issue: z.core.$ZodIssue): Refusal | null {
  return issue.code === 'custom' ? ((issue.params?.['refusal'] as Refusal | undefined) ?? null) : null;
}

const UNITS: Record<string, [zh: string, en: string]> = {
  string: ['个字符', 'characters'],
  array: ['项', 'items'],
  set: ['项', 'items'],
  file: ['字节', 'bytes'],
};

function messageOf(issue: z.core.$ZodIssue, language: Language): string {
  switch (issue.code) {
    case 'invalid_type':
      return say(language, `必填，类型须为 ${issue.expected}`, `Required, of type ${issue.expected}`);
    case 'too_small': {
      const [zh, en] = UNITS[issue.origin] ?? ['', ''];
      return say(
        language,
        `不得少于 ${String(issue.minimum)} ${zh}`.trim(),
        `At least ${String(issue.minimum)} ${en}`.trim(),
      );
    }
    case 'too_big': {
      const [zh, en] = UNITS[issue.origin] ?? ['', ''];
      return say(
        language,
        `不得多于 ${String(issue.maximum)} ${zh}`.trim(),
        `At most ${String(issue.maximum)} ${en}`.trim(),
      );
    }
    case 'invalid_value':
      return say(
        language,
        `须为下列之一：${issue.values.map(String).join('、')}`,
        `One of: ${issue.values.map(String).join(', ')}`,
      );
    case 'invalid_format':
      return say(language, '格式不正确', 'Not in the right format');
    case 'not_multiple_of':
      return say(language, `须为 ${String(issue.divisor)} 的倍数`, `A multiple of ${String(issue.divisor)}`);
    case 'custom': {
      const refusal = refusalIn(issue);
      return refusal === null ? say(language, '不符合要求', issue.message) : refusalMessage(refusal, language);
    }
    default:
      return say(language, '不符合要求', 'Not valid');
  }
}

function say(language: Language, zh: string, en: string): string {
  return language === 'zh' ? zh : en;
}
