import { EmbeddedNetwork, MemoryStore, type ContractClass } from '@tallystick/ledger';
import { contractsWith } from '..';
import { ALL, BANK_A, CHAINCODE_POLICY, CORE, OPERATOR } from '../testing/consortium';
import { lawlessContracts } from '../testing/lawless';
import { force } from '../testing/opposed';
import { Disagreement, Twin, type Mirror } from './twin';
import { Walk } from './walk';

const CHANNEL = 'twin';

function open(clock: () => number, contracts: ContractClass[] = contractsWith(clock)): Promise<EmbeddedNetwork> {
  return EmbeddedNetwork.open({
    channel: CHANNEL,
    mspIds: ALL,
    contracts,
    chaincodePolicy: CHAINCODE_POLICY,
    store: new MemoryStore(),
    batching: { maxTransactions: 10, timeoutMs: 1 },
    clock: () => new Date(clock()),
  });
}

/** A twin whose second ledger may run other contracts. */
async function twins(contracts?: (clock: () => number) => ContractClass[]): Promise<Twin> {
  let ms = Date.now();
  const clock = (): number => ms;
  const mirror: Mirror = { network: await open(clock, contracts?.(clock)), setTime: (time) => (ms = time) };
  return new Twin(await open(Date.now), mirror, Date.now);
}

describe('two ledgers that are told the same', () => {
  it('end a random walk alike, step by step', async () => {
    const network = await twins();
    const walk = await Walk.open('twin-1', { ledger: { network, channel: CHANNEL, chaincode: 'receivables' } });
    await walk.go(60);
    expect(network.agreed).toBeGreaterThan(60);
    await walk.close();
  }, 300_000);

  it('are caught when one of them follows other rules', async () => {
    const network = await twins(lawlessContracts);
    const walk = await Walk.open('twin-2', { ledger: { network, channel: CHANNEL, chaincode: 'receivables' } });
    const { consortium } = walk.world;
    await expect(force(consortium, OPERATOR, [OPERATOR, CORE, BANK_A], [])).rejects.toThrow(Disagreement);
    await walk.close();
  });
});
