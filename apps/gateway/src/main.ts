import 'reflect-metadata';
import '@tallystick/crypto/node';
import process from 'node:process';
import { readSettings } from './config/config';
import { startPlatform } from './platform/platform';

/**
 * The process behind `npm start`, and the gateway of an organisation. Says how far it is to a parent process by
 * messages, and ends cleanly on SIGINT, SIGTERM, or when the parent is gone.
 */
async function main(): Promise<void> {
  const tell = (message: object) => process.send?.(message);
  const platform = await startPlatform(readSettings(process.env), (progress) => tell({ progress }));
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= platform.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, end);
  tell({ ready: { url: platform.url, logins: platform.logins } });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
