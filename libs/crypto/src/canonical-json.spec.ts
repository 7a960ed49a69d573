import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import libraryCanonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, canonicalJson } from './index';

const vectors = JSON.parse(readFileSync(join(__dirname, '../vectors/canonical-json.json'), 'utf8')) as {
  numbers: { bits: string; text: string }[];
  objects: { json: string; bytesHex: string }[];
};

describe('canonical JSON', () => {
  it.each(vectors.numbers)('writes the number $bits as $text', ({ bits, text }) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each(vectors.objects)('writes the example of the standard: $json', ({ json, bytesHex }) => {
    expect(Buffer.from(canonicalBytes(JSON.parse(json))).toString('hex')).toBe(bytesHex);
  });

  it('writes what an independent implementation writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }), (value) => {
        expect(canonicalJson(value)).toBe(libraryCanonicalize(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order in which members were set, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['an undefined item', [undefined]],
    ['a hole', Array(1)],
    ['a bigint', { fen: 1n }],
    ['NaN', NaN],
    ['infinity', [Infinity]],
    ['minus infinity', -Infinity],
    ['a symbol', Symbol('a')],
    ['a function', { a: () => 1 }],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', ['a\udc00b']],
    ['a lone surrogate in a key', { '\ud834': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['an instance of a class', new (class Fen {})()],
    ['a value with toJSON', { toJSON: () => 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('writes 64 levels and refuses the next, thus a cycle too', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(canonicalJson(nested(64))).toBe('['.repeat(64) + '1' + ']'.repeat(64));
    expect(() => canonicalJson(nested(65))).toThrow(/deeper than 64/);
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => canonicalJson(cycle)).toThrow(/deeper than 64/);
  });

  it('writes objects without prototype as plain ones', () => {
    expect(canonicalJson(Object.assign(Object.create(null) as object, { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });
});
