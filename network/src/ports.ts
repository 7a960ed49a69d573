import { createServer } from 'node:net';
import type { Layout } from './layout';

/** @throws Error with a message for people when another program holds one of the network's ports */
export async function checkPorts(layout: Layout): Promise<void> {
  const uses = [
    ...layout.orderers.flatMap(({ name, port, adminPort, operationsPort }) =>
      [port, adminPort, operationsPort].map((each) => ({ name, port: each })),
    ),
    ...layout.peers.flatMap(({ name, port, chaincodePort, operationsPort }) =>
      [port, chaincodePort, operationsPort].map((each) => ({ name, port: each })),
    ),
  ];
  const busy = (await Promise.all(uses.map(async (use) => ((await isFree(use.port)) ? [] : [use])))).flat();
  if (busy.length === 0) return;
  const which = busy.map(({ name, port }) => `${port} (${name})`).join(', ');
  throw new Error(
    `${busy.length === 1 ? 'Port' : 'Ports'} ${which} in use by another program. A new network may have others: ` +
      'FABRIC_PORT=8050 npm run fabric:up; one that exists keeps its own.',
  );
}

/** First of so many neighbouring free ports, for a network beside others. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const base = await anyPort();
    if (base + count > 65_000) continue;
    const all = await Promise.all(Array.from({ length: count }, (_, index) => isFree(base + index)));
    if (all.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Below the range from which systems take the ports of outgoing connections. */
function anyPort(): Promise<number> {
  return Promise.resolve(10_000 + Math.floor(Math.random() * 20_000));
}
