import { REFUSAL_CATALOGUE } from './catalogue';
import { REFUSAL_CODES, type RefusalCode } from './codes';

/** The catalogue as a Markdown page; `docs/refusals.md` is this text, and a test compares them. */
export function refusalTable(): string {
  const row = (code: RefusalCode) => {
    const { status, zh, en, rule } = REFUSAL_CATALOGUE[code];
    return `| \`${code}\` | ${status.toString()} | ${en} | ${zh} | ${rule ?? ''} |`;
  };
  const sections = Object.entries(REFUSAL_CODES).map(
    ([noun, codes]) =>
      `## ${noun}\n\n| code | HTTP | English | 中文 | rule |\n| --- | --- | --- | --- | --- |\n${codes.map(row).join('\n')}\n`,
  );
  return [
    '# Refusals\n',
    'Generated from `libs/domain/src/refusal`. Within a noun the order is the order of precedence: the first that applies is given.\n',
    ...sections,
  ].join('\n');
}
