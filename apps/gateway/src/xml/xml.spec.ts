import { elements, escapeXml, MAX_XML_LENGTH, parseXml, text, texts, XmlError } from './xml';

const fault = (xml: string): string => {
  try {
    parseXml(xml);
    return 'read';
  } catch (error) {
    return error instanceof XmlError ? error.code : String(error);
  }
};

describe('XML', () => {
  it('loses prefixes, keeps every value as text, and tells attributes apart', () => {
    const { root, namespace, content } = parseXml(
      '<?xml version="1.0"?><a:Doc xmlns:a="urn:x"><b:N t="1e3">007</b:N><b:N>1.50</b:N></a:Doc>',
    );
    expect(root).toBe('Doc');
    expect(namespace).toBe('urn:x');
    expect(parseXml('<!-- <x xmlns="urn:no"> --><Doc xmlns="urn:y"/>').namespace).toBe('urn:y');
    expect(texts(content, 'N')).toEqual(['007', '1.50']);
    expect(text(elements(content, 'N')[0], '@t')).toBe('1e3');
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['one in lower case and spaced', '<! doctype a><a/>'],
    ['billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'],
  ])('refuses %s before parsing', (_, xml) => {
    expect(fault(xml)).toBe('XML_DOCTYPE');
  });

  it.each(['', 'no xml', '<a>', '<a></b>', '<a/><b/>', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`])(
    'refuses %j',
    (xml) => {
      expect(fault(xml)).toBe('XML_MALFORMED');
    },
  );

  it('refuses a text above the limit', () => {
    expect(fault(`<a>${'x'.repeat(MAX_XML_LENGTH)}</a>`)).toBe('XML_TOO_LARGE');
  });

  it('decodes the entities of XML itself once, and writes what it reads', () => {
    const value = `A & B <"'> &lt;`;
    expect(text(parseXml(`<a><n>${escapeXml(value)}</n></a>`).content, 'n')).toBe(value);
    expect(text(parseXml('<a><n>&amp;lt;&unknown;&#x41;</n></a>').content, 'n')).toBe('&lt;&unknown;A');
  });

  it('keeps names from the prototype', () => {
    expect(texts(parseXml('<a><n>1</n></a>').content, 'constructor', 'name')).toEqual([]);
  });
});
