import { en } from '../src/i18n/en';
import type { Language, Text } from '../src/i18n';
import { zh } from '../src/i18n/zh';

/** What the console says under a path of its messages, so that a story is told once and holds in every language. */
export type Say = (path: Text, values?: Readonly<Record<string, string | number>>) => string;

type Messages = { readonly [key: string]: string | Messages };

/** Without the library's own, which no story reads. */
const own = ({ ra: _, ...messages }: typeof en | typeof zh): Messages => messages;
const LANGUAGES: Record<Language, Messages> = { en: own(en), zh: own(zh) };

/** @throws Error for a path without words */
export function wordsOf(language: Language): Say {
  return (path, values = {}) => {
    let found: string | Messages | undefined = LANGUAGES[language];
    for (const key of path.split('.')) found = typeof found === 'object' ? found[key] : undefined;
    if (typeof found !== 'string') throw new Error(`no words for ${path}`);
    const forms = found.split(' |||| ');
    const form = (values['smart_count'] === 1 ? forms[0] : forms.at(-1)) ?? '';
    return form.replace(/%\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
