import type { Language } from '@tallystick/domain';

/** The reader's language by Accept-Language (RFC 9110 §12.5.4): the best liked of the two we speak. @param otherwise when neither is named */
export function languageOf(header: string | undefined, otherwise: Language = 'zh'): Language {
  const ranked = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
      const q = parameters
        .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1])
        .find((value) => value !== undefined);
      return { language: tag.split('-')[0], liking: q === undefined ? 1 : Number(q) };
    })
    .filter(({ liking }) => liking > 0)
    .sort((a, b) => b.liking - a.liking);
  const best = ranked.find(({ language }) => language === 'zh' || language === 'en');
  if (best === undefined) return otherwise;
  return best.language === 'en' ? 'en' : 'zh';
}
