import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, fingerprintKeyCommit, type InvoiceIdentity } from './index';

const vectors = JSON.parse(readFileSync(join(__dirname, '../vectors/invoice-fingerprint.json'), 'utf8')) as {
  key: string;
  keyCommit: string;
  invoices: { fingerprint: string; spellings: InvoiceIdentity[] }[];
};
const invoice: InvoiceIdentity = { sellerUscc: '91440300MA00UP2B0F', number: '12345678', date: '2026-03-01' };

describe('invoice fingerprint', () => {
  const spellings = vectors.invoices.flatMap(({ fingerprint: expected, spellings: all }) =>
    all.map((spelling) => ({ expected, spelling })),
  );

  it.each(spellings)('is the one of the invoice, typed as $spelling', ({ expected, spelling }) => {
    expect(fingerprint(vectors.key, spelling)).toBe(expected);
  });

  it('differs between invoices and between keys', () => {
    expect(new Set(vectors.invoices.map((each) => each.fingerprint)).size).toBe(vectors.invoices.length);
    expect(fingerprint('ff'.repeat(32), invoice)).not.toBe(fingerprint(vectors.key, invoice));
  });

  it('commits to its key', () => {
    expect(fingerprintKeyCommit(vectors.key)).toBe(vectors.keyCommit);
  });

  it.each([[''], ['00'.repeat(31)], ['AB'.repeat(32)]])('refuses the key %j', (key) => {
    expect(() => fingerprint(key, invoice)).toThrow(/fingerprint key/);
    expect(() => fingerprintKeyCommit(key)).toThrow(/fingerprint key/);
  });

  it.each<[string, Partial<InvoiceIdentity>]>([
    ['a seller of 17 characters', { sellerUscc: '91440300MA00UP2B0' }],
    ['a seller with punctuation', { sellerUscc: '91440300MA00UP2B0-' }],
    ['an empty number', { number: '' }],
    ['a number of spaces', { number: ' \u3000\u200b' }],
    ['a number of 65 characters', { number: '1'.repeat(65) }],
    ['a Cyrillic look-alike', { number: 'А123' }],
    ['a letter that becomes ASCII in upper case', { number: 'ı23' }],
    ['digits of another script', { number: '١٢٣' }],
    ['a day that does not exist', { date: '2026-02-29' }],
    ['a month that does not exist', { date: '2026-13-01' }],
    ['a date spelt otherwise', { date: '2026/03/01' }],
    ['a date without separators', { date: '20260301' }],
    ['no date', { date: '' }],
  ])('refuses %s', (_, change) => {
    expect(() => fingerprint(vectors.key, { ...invoice, ...change })).toThrow(TypeError);
  });
});
