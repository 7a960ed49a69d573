import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { packChaincode } from './package';
import { tar } from './tar';

const bundle = Buffer.from('console.log("a chaincode");\n');
const hash = createHash('sha256').update(bundle).digest('hex');

/** Names and contents of an archive of ours. */
function untar(archive: Buffer): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (let at = 0; archive[at] !== 0;) {
    const name = archive.toString('latin1', at, archive.indexOf(0, at));
    const size = parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files[name] = archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

describe('a chaincode package', () => {
  it('has the same bytes and id whenever and wherever it is made', () => {
    const packed = packChaincode('receivables', bundle);
    expect(packChaincode('receivables', bundle).bytes.equals(packed.bytes)).toBe(true);
    // The id that `peer lifecycle chaincode calculatepackageid` answers for these bytes.
    expect(packed.id).toBe(
      `receivables-${hash.slice(0, 12)}:${createHash('sha256').update(packed.bytes).digest('hex')}`,
    );
    // Every Node and every system makes these bytes.
    expect(packed.id).toBe('receivables-0e302340cf13:790f33ad9b60a45dd15c8984160a1981b3ff0574fc736dcb235af2c8da275adc');
  });

  it('commits to every byte of the bundle', () => {
    const packed = packChaincode('receivables', bundle);
    const { 'metadata.json': metadata, 'code.tar.gz': code } = untar(gunzipSync(packed.bytes));
    expect(JSON.parse(metadata!.toString())).toEqual({ type: 'ccaas', label: packed.label });
    expect(untar(gunzipSync(code!))['bundle.sha256']!.toString()).toBe(`${hash}\n`);
    const other = Buffer.from(bundle);
    other[0]! ^= 1;
    expect(packChaincode('receivables', other).id).not.toBe(packed.id);
  });

  it('asks for TLS on both sides, with booleans that Fabric understands, and holds nobody’s key', () => {
    const { 'code.tar.gz': code } = untar(gunzipSync(packChaincode('receivables', bundle).bytes));
    const connection: unknown = JSON.parse(untar(gunzipSync(code!))['connection.json']!.toString());
    expect(connection).toMatchObject({ tls_required: true, client_auth_required: true, client_key: '{{.clientKey}}' });
  });

  it('takes plain names only', () => {
    for (const name of ['../up', 'a/b', '', 'x'.repeat(101)])
      expect(() => tar([{ name, content: '' }])).toThrow(RangeError);
  });
});
