import '@tallystick/crypto/node';
import 'reflect-metadata';
import { apiWrites } from './api-writes';
import { embeddedTransfer } from './embedded-transfer';
import { fabric } from './fabric/fabric';
import type { Figure } from './measure';
import { projectionRebuild } from './projection-rebuild';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'embedded.transfer': embeddedTransfer,
  'api.writes': apiWrites,
  'projection.rebuild': projectionRebuild,
  fabric,
};

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0)
    throw new Error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const figure of await bench()) console.log(JSON.stringify(figure));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
