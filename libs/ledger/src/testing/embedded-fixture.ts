import { EmbeddedNetwork, type EmbeddedNetworkOptions } from '../embedded/network';
import { MemoryStore } from '../embedded/memory-store';
import { anyTwo, organisations } from './script-call';
import { contracts } from './script-contract';

/** An embedded network of `organisations` with `ScriptContract`; blocks are cut by hand unless told otherwise. */
export function openScriptNetwork(options: Partial<EmbeddedNetworkOptions> = {}): Promise<EmbeddedNetwork> {
  return EmbeddedNetwork.open({
    mspIds: organisations,
    contracts,
    chaincodePolicy: anyTwo,
    store: new MemoryStore(),
    batching: { maxTransactions: 100, timeoutMs: null },
    ...options,
  });
}

/** Submissions ordered one after the other, so that their place in the block is known. */
export async function inOneBlock<T>(network: EmbeddedNetwork, submissions: (() => Promise<T>)[]): Promise<T[]> {
  const sent: Promise<T>[] = [];
  for (const submit of submissions) {
    sent.push(submit());
    while (network.backlog < sent.length) await new Promise((resolve) => setImmediate(resolve));
  }
  await network.cutBlock();
  return Promise.all(sent);
}
