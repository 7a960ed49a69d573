import { createHash } from 'node:crypto';

export interface BlockHeader {
  number: bigint;
  previousHash: Uint8Array;
  dataHash: Uint8Array;
}

/** Hex SHA-256 of the header as Fabric hashes it: ASN.1 `SEQUENCE { INTEGER, OCTET STRING, OCTET STRING }`. */
export function blockHash({ number, previousHash, dataHash }: BlockHeader): string {
  const content = Buffer.concat([
    element(0x02, positive(number)),
    element(0x04, previousHash),
    element(0x04, dataHash),
  ]);
  return createHash('sha256').update(element(0x30, content)).digest('hex');
}

function element(tag: number, content: Uint8Array): Buffer {
  if (content.length > 0x7f) throw new RangeError('a block header is shorter than 128 bytes');
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

/** The shortest bytes whose highest bit is 0. */
function positive(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(Number.parseInt(even.slice(0, 2), 16) < 0x80 ? even : `00${even}`, 'hex');
}
