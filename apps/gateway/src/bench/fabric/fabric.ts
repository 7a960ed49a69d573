import { ALL, BANK_A, Consortium, CORE, OPERATOR } from '@tallystick/chaincode/testing';
import { joinNetworks, openFabric, type FabricOptions, type LedgerNetwork } from '@tallystick/ledger';
import { freePorts, startFabric, type FabricNetwork } from '@tallystick/network';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drive, percentile, round, timed, type Figure } from '../measure';
import { openLoop } from '../open-loop';
import { level, Market, type Load } from './loads';

type Client = FabricOptions['client'];

const CLIENTS: readonly Client[] = ['fabric-gateway', 'fabric-network'];
/** A contract that does what it is told, here to put one key: to compare with. */
const BARE = 'script';
const BARE_MODULE = path.resolve(__dirname, '../../../../../libs/ledger/dist/testing/script-contract.js');
const IN_FLIGHT = 64;
const AT_SATURATION = 300;
const AT_HALF = 120;

/**
 * A Fabric network of native processes, its clients and this load on one machine: rates at saturation (64 in flight), and waiting times
 * at half that rate, in an open loop. Everything is signed before; `fabric.ratio` compares kinds of one client in one run.
 */
export async function fabric(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
  const network = await startFabric({ home: path.join(folder, 'network'), basePort: await freePorts(400), tied: true });
  try {
    await network.deploy({ name: BARE, contractsModule: BARE_MODULE });
    const figures: Figure[] = [];
    for (const client of CLIENTS) figures.push(...(await figuresOf(network, client)));
    return figures;
  } finally {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function figuresOf(network: FabricNetwork, client: Client): Promise<Figure[]> {
  const chaincode = `bench-${client}`;
  await network.deploy({ name: chaincode });
  const bare = await clientsOf(network, BARE, client);
  const consortium = await Consortium.open({
    seed: chaincode,
    ledger: {
      network: await clientsOf(network, chaincode, client),
      channel: network.layout.consortium.channel,
      chaincode,
    },
  });
  const market = await Market.open(consortium);
  const rates = new Map<string, number>();
  const figures: Figure[] = [];
  const measure = async (load: Load): Promise<void> => {
    await level(consortium);
    const { perSecond, figure } = await measured(load, client);
    rates.set(load.name, perSecond);
    figures.push(figure);
  };
  try {
    await measure(puts(bare, 'bare.2', [BANK_A, CORE]));
    await measure(puts(bare, 'bare.3', [BANK_A, CORE, OPERATOR]));
    for (const endorsers of [2, 3] as const) {
      for (const load of await market.transfers(AT_SATURATION + AT_HALF, endorsers)) await measure(load);
    }
    await measure(await market.issues(AT_SATURATION / 2, 1));
    await measure(await market.issues(16, 50));
    await measure(await market.offersToMany(48));
    figures.push(ratio(client, rates, 2), ratio(client, rates, 3));
    return figures;
  } finally {
    await consortium.close();
    await bare.close();
  }
}

/** Transactions per second with many in flight, then how long each takes at half that rate. */
async function measured(load: Load, client: Client): Promise<{ perSecond: number; figure: Figure }> {
  const { name, endorsers, units, jobs } = load;
  const most = Math.ceil((jobs.length * AT_SATURATION) / (AT_SATURATION + AT_HALF));
  const { result: full, seconds } = await timed(() => drive(IN_FLIGHT, jobs.slice(0, most)));
  const perSecond = most / seconds;
  const half = await openLoop(perSecond / 2, jobs.slice(most));
  return {
    perSecond,
    figure: {
      bench: `fabric.${name}`,
      value: round(perSecond * units),
      unit: units === 1 ? 'transactions/s' : `${name === 'issueMany' ? 'certificates' : 'receivers'}/s`,
      client,
      endorsers: endorsers.length,
      transactions: jobs.length,
      p50Ms: round(percentile(full, 0.5)),
      p95Ms: round(percentile(full, 0.95)),
      halfP50Ms: round(percentile(half, 0.5)),
      halfP95Ms: round(percentile(half, 0.95)),
    },
  };
}

/** One transaction of a transfer against one bare put with as many endorsers. */
function ratio(client: Client, rates: ReadonlyMap<string, number>, endorsers: 2 | 3): Figure {
  const rate = (name: string): number => rates.get(name) ?? 0;
  const transfer = `transfer.${String(endorsers)}`;
  // Offer and acceptance, one after the other: their mean time.
  const both = 2 / (1 / rate(`${transfer}.offer`) + 1 / rate(`${transfer}.accept`));
  const value = round(both / rate(`bare.${String(endorsers)}`), 2);
  return { bench: 'fabric.ratio', value, unit: 'transfer/bare', client, endorsers };
}

async function clientsOf(network: FabricNetwork, chaincode: string, client: Client): Promise<LedgerNetwork> {
  const open = (msp: string): Promise<LedgerNetwork> =>
    openFabric({ profile: network.profile(msp), client, chaincode });
  return joinNetworks(await Promise.all(ALL.map(open)));
}

function puts(network: LedgerNetwork, name: string, endorsers: string[]): Load {
  const ledger = network.ledgerFor(endorsers[0] ?? '');
  const jobs = Array.from({ length: AT_SATURATION + AT_HALF }, (_, index) => async () => {
    const put = [{ do: 'put', key: `${name}-${String(index)}`, value: 'x'.repeat(500) }];
    const call = { contract: 'script', fn: 'run', args: [JSON.stringify(put)], transient: {}, endorsers };
    const result = await ledger.submit(call);
    if (result.kind !== 'committed') throw new Error(`a put ended as ${result.kind}`);
  });
  return { name, endorsers, units: 1, jobs };
}
