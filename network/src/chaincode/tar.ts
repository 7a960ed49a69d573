const BLOCK = 512;

/**
 * An archive (POSIX ustar) of small files, whose bytes depend on nothing but names and contents: no time, no owner.
 * @throws RangeError for a name that is no plain one of up to 100 ASCII characters
 */
export function tar(files: readonly { readonly name: string; readonly content: string | Buffer }[]): Buffer {
  const parts = files.flatMap(({ name, content }) => {
    const bytes = Buffer.from(content);
    return [header(name, bytes.length), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number): Buffer {
  if (!/^[\w.-]{1,100}$/.test(name)) throw new RangeError(`tar: the name ${JSON.stringify(name)}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108); // owner
  block.write('0000000\0', 116); // group
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136); // time
  block.write('        ', 148); // the sum is taken over spaces in its place
  block.write('0', 156); // a plain file
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
