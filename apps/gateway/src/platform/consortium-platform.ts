import type { GatewayOf } from '@tallystick/client';
import { openNetwork, readConsortium, startFabric, type FabricNetwork } from '@tallystick/network';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../config/config';
import { startServer, type EmbeddedServer } from '../database/embedded';
import { ownDatabase } from '../database/own-database';
import { shareConsortiumKey } from '../submissions/consortium-key';
import { Logins } from './logins';
import { placesOf, type Place } from './places';
import { bankProgram, gatewayProgram, type Others } from './programs';
import { beginAnewIfUnfinished, claimHome, isSeeded, tellPast } from './seeding';
import type { Closers, Progress, Start } from './start';
import { RunningFile, Supervised } from './supervised';

/**
 * A trial of the whole consortium on Fabric: the network, one PostgreSQL server with a database for each organisation, and for
 * each organisation a gateway in a process of its own, with its own keys; beside a bank's its paying service. At the first
 * start the operator founds the network, and its past is told from gateway to gateway.
 */
export const startConsortium: Start = async (settings, progress, closers) => {
  const { home } = settings;
  claimHome(home, 'fabric');
  await clearUnfinished(settings, progress);
  const [fabric, server] = await all<[FabricNetwork, EmbeddedServer]>([
    fabricNetwork(settings, progress, closers),
    postgres(settings, progress, closers),
  ]);
  const places = await placesOf(readConsortium(), settings);
  await supervise(settings, { fabric, server, places }, progress, closers);
  const gatewayOf: GatewayOf = (org) => {
    const place = places.find(({ msp }) => msp === org);
    if (place === undefined) throw new Error(`${org} has no gateway`);
    return place.url;
  };
  // Read now: the operator's gateway has just written its people there.
  const logins = new Logins(home);
  if (!isSeeded(home)) await tellPast(home, settings.trialSeed, { gatewayOf, logins, progress });
  const [operators] = places;
  return {
    url: operators?.url ?? '',
    logins: logins.all().map((login) => ({ ...login, address: gatewayOf(login.org) })),
  };
};

/** Half a past is removed, with the ledger it stands on: that one was founded by this very trial if its people are there. */
async function clearUnfinished({ home, fabricHome }: Settings, progress: Progress): Promise<void> {
  const isOurs = existsSync(path.join(home, 'logins.json'));
  if (!(await beginAnewIfUnfinished(home))) return;
  progress('the first start was interrupted: beginning anew');
  if (!isOurs || !existsSync(fabricHome)) return;
  await openNetwork(fabricHome).stop();
  rmSync(fabricHome, { recursive: true, force: true });
}

/** One that runs already goes on when we end; ours ends with us, however we end. */
async function fabricNetwork(
  { fabricHome, fabricPort }: Settings,
  progress: Progress,
  closers: Closers,
): Promise<FabricNetwork> {
  const runsAlready = existsSync(fabricHome) && openNetwork(fabricHome).isRunning();
  const network = await startFabric({
    home: fabricHome,
    tied: true,
    say: progress,
    ...(fabricPort !== null && { basePort: fabricPort }),
  });
  if (!runsAlready) closers.push(() => network.stop());
  return network;
}

async function postgres({ home }: Settings, progress: Progress, closers: Closers): Promise<EmbeddedServer> {
  progress('starting PostgreSQL');
  const server = await startServer(home);
  closers.push(() => server.stop());
  return server;
}

/** Several at the same time; one's failure counts when the others have come to their ends too, so that they can be stopped. */
async function all<T extends readonly unknown[]>(parts: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(parts);
  return (await Promise.all(parts)) as unknown as T;
}

interface Standing {
  fabric: FabricNetwork;
  server: EmbeddedServer;
  places: Place[];
}

/** Starts every organisation's programs, each with what is its own and the addresses of the others. */
async function supervise(
  settings: Settings,
  { fabric, server, places }: Standing,
  progress: Progress,
  closers: Closers,
): Promise<void> {
  const [operators, ...joining] = places.map(({ home }) => home);
  shareConsortiumKey(operators ?? '', joining);
  const running = new RunningFile(path.join(settings.home, 'running.json'));
  closers.push(() => running.remove());
  const others: Others = {
    gateways: places.map(({ msp, url }) => ({ msp, url })),
    banks: places.flatMap(({ msp, bank }) => (bank === null ? [] : [{ msp, url: bank.url, token: bank.token }])),
  };
  progress(`starting the gateways of ${places.map(({ msp }) => msp).join(', ')}`);
  const starting: Promise<undefined>[] = [];
  for (const place of places) {
    const database = await ownDatabase(server.adminUrl, { name: place.msp.toLowerCase(), home: place.home });
    const own = { place, database, settings, profile: fabric.profile(place.msp) };
    for (const program of [gatewayProgram(own, others), ...(place.bank === null ? [] : [bankProgram(own)])]) {
      const started = (pid: number): void => {
        running.set(program.name, pid);
      };
      const supervised = new Supervised({ ...program, say: progress, started });
      closers.push(() => supervised.stop());
      starting.push(supervised.start().then(() => undefined));
    }
  }
  await all<undefined[]>(starting);
}
