import { en } from './en';
import { zh } from './zh';

type Messages = { readonly [key: string]: string | Messages };

function texts(node: Messages, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : texts(value, `${path}${key}.`),
  );
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/%\{(\w+)\}/g)].map(([, name]) => name))].sort();
const { ra: _enRa, ...ownEn } = en;
const { ra: _zhRa, ...ownZh } = zh;
const english = new Map(texts(ownEn));
const chinese = new Map(texts(ownZh));

describe('messages', () => {
  it('exist in both languages under the same keys, none empty', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of [...english, ...chinese]) expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it('fill in nothing that the other language does not know; a plural may leave its count out', () => {
    for (const [key, text] of chinese) {
      const [own, other] = [placeholders(text), placeholders(english.get(key) ?? '')];
      expect([key, own.filter((name) => name !== 'smart_count' && !other.includes(name))]).toEqual([key, []]);
      expect([key, other.filter((name) => name !== 'smart_count' && !own.includes(name))]).toEqual([key, []]);
    }
  });

  it('are Chinese in Chinese: no English sentence is left over', () => {
    const names = ['Tallystick', 'LEI'];
    const left = [...chinese].filter(([, text]) => !names.includes(text) && !/[\u4e00-\u9fff%]/.test(text));
    expect(left).toEqual([]);
  });
});
