import { readFileSync } from 'node:fs';
import type { Layout, PeerNode } from './layout';
import { until } from './until';

const PATIENCE = 60_000;
/** Every chaincode process of ours answers it; it changes nothing. */
const PROBE = 'probe:answer';

/**
 * Waits until every organisation's gateway gets an endorsement of all organisations: then peers know each other, every
 * chaincode answers, and the definition is in force everywhere. Nothing is handed to an orderer. A peer's own `/healthz`
 * says none of this.
 */
export async function waitUntilReady(layout: Layout, chaincode: string): Promise<void> {
  await Promise.all(layout.peers.map((peer) => until(PATIENCE, () => endorseByAll(layout, peer, chaincode))));
}

async function endorseByAll(layout: Layout, peer: PeerNode, chaincode: string): Promise<void> {
  // Only who brings a network up needs a client.
  const [{ connect, hash, signers }, grpc, { createPrivateKey }] = await Promise.all([
    import('@hyperledger/fabric-gateway'),
    import('@grpc/grpc-js'),
    import('node:crypto'),
  ]);
  const client = new grpc.Client(`${peer.host}:${peer.port}`, grpc.credentials.createSsl(readFileSync(peer.tls.root)));
  const gateway = connect({
    client,
    identity: { mspId: peer.msp, credentials: readFileSync(peer.client.certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(peer.client.privateKey))),
    hash: hash.sha256,
    endorseOptions: () => ({ deadline: Date.now() + 5_000 }),
  });
  try {
    const endorsingOrganizations = layout.peers.map(({ msp }) => msp);
    const contract = gateway.getNetwork(layout.consortium.channel).getContract(chaincode);
    await contract.newProposal(PROBE, { endorsingOrganizations }).endorse();
  } finally {
    gateway.close();
    client.close();
  }
}
