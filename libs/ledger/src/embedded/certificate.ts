import { type KeyObject, randomBytes, sign } from 'node:crypto';

interface Subject {
  organisation: string;
  unit: string;
  name: string;
}

export interface CertificateContent {
  subject: Subject;
  publicKey: KeyObject;
  issuer: Subject;
  issuerKey: KeyObject;
  /** Whether it may issue others. */
  isAuthority: boolean;
  /** Begin of its twenty years. */
  now: Date;
}

/**
 * A self-signed X.509 v3 certificate of a client (RFC 5280), for the simulated organisations only: it names them to
 * `ClientIdentity` as on a real network, where a certificate authority issues it.
 */
export function clientCertificate(mspId: string, publicKey: KeyObject, privateKey: KeyObject, now: Date): string {
  const subject = { organisation: mspId, unit: 'client', name: 'gateway' };
  return certificate({ subject, publicKey, issuer: subject, issuerKey: privateKey, isAuthority: false, now });
}

/** An X.509 v3 certificate in PEM, signed with ECDSA and SHA-256. */
export function certificate({ subject, publicKey, issuer, issuerKey, isAuthority, now }: CertificateContent): string {
  const constraints = isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence();
  const tbs = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    sequence(oid(ecdsaWithSha256)),
    nameOf(issuer),
    sequence(utcTime(now), utcTime(yearsAfter(now, 20))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(sequence(oid('2.5.29.19'), critical, octets(constraints)))),
  );
  const signature = sign('sha256', tbs, issuerKey);
  return pem(sequence(tbs, sequence(oid(ecdsaWithSha256)), bits(signature)));
}

function nameOf({ organisation, unit, name }: Subject): Buffer {
  return sequence(attribute('2.5.4.10', organisation), attribute('2.5.4.11', unit), attribute('2.5.4.3', name));
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const critical = der(0x01, Buffer.from([0xff]));

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...length(content.length)]), content]);
}

function length(size: number): number[] {
  if (size < 0x80) return [size];
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const explicit = (tag: number, part: Buffer): Buffer => der(0xa0 | tag, part);
const octets = (content: Buffer): Buffer => der(0x04, content);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);

/** A positive integer: a leading zero keeps the highest bit from meaning "negative". */
function integer(magnitude: Buffer): Buffer {
  const first = magnitude[0] ?? 0;
  return first < 0x80 && first > 0
    ? der(0x02, magnitude)
    : der(0x02, Buffer.from([0x00, 0x80 | first]), magnitude.subarray(1));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function attribute(type: string, value: string): Buffer {
  return der(0x31, sequence(oid(type), der(0x0c, Buffer.from(value))));
}

/** UTCTime, until 2049. */
function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(date.getUTCFullYear() + years);
  return later;
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
