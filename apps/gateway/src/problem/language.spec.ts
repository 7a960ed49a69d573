import { languageOf } from './language';

describe('language of the reader', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['EN-us,zh;q=0.5', 'en'],
    ['en;q=0.3, zh-CN;q=0.8', 'zh'],
    ['fr, en;q=0.7, zh;q=0.6', 'en'],
    ['fr', 'zh'],
    ['en;q=0, zh;q=0.1', 'zh'],
  ])('%p → %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['fr', 'en'],
    ['zh-CN', 'zh'],
  ])('%p of somebody whose own is English → %s', (header, language) => {
    expect(languageOf(header, 'en')).toBe(language);
  });
});
