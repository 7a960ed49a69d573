import polyglotI18nProvider from 'ra-i18n-polyglot';
import { useMemo } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { speak } from '../api/client';
import { en } from './en';
import type { PathsOf } from './messages';
import { zh } from './zh';

export type Language = 'en' | 'zh';

/** Paths of our own messages; another one does not compile. */
export type Text = PathsOf<Omit<typeof en, 'ra'>>;

const LANGUAGES = [
  { locale: 'zh', name: '中文' },
  { locale: 'en', name: 'English' },
];

/**
 * Chinese nouns have one form, but what is said of one receiver is another sentence than what is said of several: a message
 * with two forms means one and many in both languages.
 */
const ONE_OR_MANY = {
  pluralTypes: { oneOrMany: (count: number) => (count === 1 ? 0 : 1) },
  pluralTypeToLanguages: { oneOrMany: ['en', 'zh'] },
};

/** Chinese for readers whose browser asks for it first, else English. */
function firstLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** @param remembered the reader's earlier choice */
export function createI18nProvider(remembered: unknown) {
  const start: Language = remembered === 'zh' || remembered === 'en' ? remembered : firstLanguage();
  const enter = (locale: string) => {
    speak(locale);
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    return locale === 'zh' ? zh : en;
  };
  return polyglotI18nProvider(enter, start, LANGUAGES, { allowMissing: false, pluralRules: ONE_OR_MANY });
}

/** Our own messages in the reader's language. */
export function useText(): (path: Text, values?: Record<string, string | number>) => string {
  const translate = useTranslate();
  return useMemo(
    () =>
      (path: Text, values: Record<string, string | number> = {}) =>
        translate(path, values),
    [translate],
  );
}

/**
 * A message for a code that comes from outside, such as a state of a newer gateway.
 * @returns the code itself, spaced out, when we have no words for it
 */
export function useTextOr(): (group: string, code: string) => string {
  const translate = useTranslate();
  return useMemo(
    () => (group: string, code: string) =>
      translate(`${group}.${code}`, { _: code.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('.', ' ') }),
    [translate],
  );
}

export function useLanguage(): [Language, (language: Language) => void] {
  const [locale, setLocale] = useLocaleState();
  return [locale === 'zh' ? 'zh' : 'en', setLocale];
}
