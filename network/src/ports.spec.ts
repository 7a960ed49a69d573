import { createServer } from 'node:net';
import { readConsortium } from './consortium';
import { layoutOf, onThisMachine } from './layout';
import { checkPorts, freePorts } from './ports';

it('a port in use is named with who wants it, and how to choose others', async () => {
  const basePort = await freePorts(200);
  const layout = layoutOf(readConsortium(), '/home', onThisMachine(basePort));
  await expect(checkPorts(layout)).resolves.toBeUndefined();
  const taken = layout.peers[1]!;
  const server = createServer().listen(taken.port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await expect(checkPorts(layout)).rejects.toThrow(`Port ${taken.port} (${taken.name}) in use by another program`);
  await expect(checkPorts(layout)).rejects.toThrow('FABRIC_PORT=');
  server.close();
});
