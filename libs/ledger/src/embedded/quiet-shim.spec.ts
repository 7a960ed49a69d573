import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { buildSync } from 'esbuild';

const repository = path.resolve(__dirname, '../../../..');

describe('the shim in our process', () => {
  it('does not swallow errors that nobody caught', () => {
    const program = `
      import { openScriptNetwork } from './libs/ledger/src/testing/embedded-fixture';
      void openScriptNetwork().then(() => {
        console.log(process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException'));
      });`;
    const { outputFiles } = buildSync({
      stdin: { contents: program, resolveDir: repository, loader: 'ts' },
      bundle: true,
      write: false,
      platform: 'node',
      alias: { '@tallystick/protocol': path.join(repository, 'libs/protocol/src/index.ts') },
      external: ['pg', 'fabric-*', '@hyperledger/*', 'google-protobuf'],
    });
    const [file] = outputFiles;
    expect(execFileSync(process.execPath, ['-'], { cwd: repository, input: file?.text ?? '' }).toString()).toBe('0\n');
  });
});
