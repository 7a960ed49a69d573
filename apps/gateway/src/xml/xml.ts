import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A parsed element: text, children by local name (an array where an element repeats), attributes under `@name`. */
export type XmlNode = string | { [name: string]: XmlNode | XmlNode[] };

/** Longest XML text read, in characters; the HTTP body limit is 1 MB of bytes. */
export const MAX_XML_LENGTH = 1_048_576;

/** Why a text was not read as XML. `XML_DOCTYPE`: a document type declaration, the root of entity attacks. */
export type XmlFault = 'XML_TOO_LARGE' | 'XML_DOCTYPE' | 'XML_MALFORMED';

export class XmlError extends Error {
  override readonly name = 'XmlError';
  constructor(readonly code: XmlFault) {
    super(code);
  }
}

// Entities are never processed by the parser; the five of XML itself and character references are decoded here, once.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 40,
});

/**
 * Reads an XML document without a document type declaration; names lose their namespace prefix, all values stay text.
 * @returns the root element's local name, namespace and content
 * @throws XmlError
 */
export function parseXml(text: string): { root: string; namespace: string | undefined; content: XmlNode } {
  if (text.length > MAX_XML_LENGTH) throw new XmlError('XML_TOO_LARGE');
  // Before the parser sees it. In any case and spacing: a comment or CDATA that only mentions one is refused as well.
  if (/<!\s*(doctype|entity)/iu.test(text) || text.includes('\0')) throw new XmlError('XML_DOCTYPE');
  if (XMLValidator.validate(text) !== true) throw new XmlError('XML_MALFORMED');
  let tree: unknown;
  try {
    tree = parser.parse(text);
  } catch {
    throw new XmlError('XML_MALFORMED');
  }
  const roots = Object.entries(tree as Record<string, XmlNode>);
  const [first] = roots;
  if (first === undefined || roots.length !== 1) throw new XmlError('XML_MALFORMED');
  return { root: first[0], namespace: rootNamespace(text), content: first[1] };
}

/** The parser drops namespaces with their prefixes, so the root's is read from its start tag. */
function rootNamespace(text: string): string | undefined {
  const body = text.replace(/<!--.*?-->|<\?.*?\?>/gsu, '');
  const [, prefix, attributes] = /<(?:([^\s:<>/]+):)?[^\s:<>/]+([^<>]*)>/u.exec(body) ?? [];
  const name = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`, 'u').exec(attributes ?? '')?.[1];
}

/** All elements at a path below a node, whether they repeat or not. */
export function elements(node: XmlNode | XmlNode[] | undefined, ...path: string[]): XmlNode[] {
  const here = node === undefined ? [] : Array.isArray(node) ? node : [node];
  const [name, ...rest] = path;
  if (name === undefined) return here;
  return here.flatMap((one) =>
    typeof one === 'string' || !Object.hasOwn(one, name) ? [] : elements(one[name], ...rest),
  );
}

/** Texts of all elements at a path, without empty ones. */
export function texts(node: XmlNode | XmlNode[] | undefined, ...path: string[]): string[] {
  return elements(node, ...path)
    .map((one) => (typeof one === 'string' ? one : typeof one['#text'] === 'string' ? one['#text'] : ''))
    .map(decodeReferences)
    .filter((text) => text !== '');
}

/** Text of the first element at a path. */
export function text(node: XmlNode | XmlNode[] | undefined, ...path: string[]): string | undefined {
  return texts(node, ...path)[0];
}

/** Text as it may stand inside an element or attribute. */
export function escapeXml(value: string): string {
  return value.replace(/[<>&"']/gu, (character) => `&#${String(character.codePointAt(0))};`);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** One pass, so that `&amp;lt;` becomes `&lt;` and no more. */
function decodeReferences(value: string): string {
  return value.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/giu, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
    const code = Number.parseInt(String(decimal ?? hex), decimal === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** One element as text; `content` is escaped text, or elements written before (an array). */
export function element(name: string, content: string | string[], attributes: Record<string, string> = {}): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside = Array.isArray(content) ? content.join('') : escapeXml(content);
  return `<${name}${given.join('')}>${inside}</${name}>`;
}
