import { ledger, peer } from '@hyperledger/fabric-protos';
import type { Channel, Eventer, IdentityContext } from 'fabric-common';
import * as oldProtos from 'fabric-protos';
import Long from 'long';
import type { Duplex } from 'node:stream';

/** An `Eventer` of fabric-common with the stream that its types leave out. */
interface StreamingEventer extends Eventer {
  setStreamByType(type: 'private'): void;
  stream: Duplex & { cancel(): void };
}

/** One message of a peer's deliver service, decoded by fabric-protos. */
interface Delivered {
  block_and_private_data?: oldProtos.protos.IBlockAndPrivateData;
  status?: oldProtos.common.Status;
}

/**
 * Blocks with private data from the peer's deliver service, as it sends them. fabric-network's own listeners decode
 * each block before they hand it over, and stop at one with a malformed transaction, which anybody may put there.
 */
export async function* deliveredBlocks(
  channel: Channel,
  identity: IdentityContext,
  ownPeer: string,
  from: bigint,
  signal: AbortSignal,
): AsyncIterable<peer.BlockAndPrivateData> {
  const eventer = channel.client.newEventer(`${ownPeer} blocks`) as StreamingEventer;
  eventer.setEndpoint(channel.getEndorser(ownPeer).endpoint);
  const stop = () => {
    eventer.disconnect();
  };
  signal.addEventListener('abort', stop);
  try {
    if (!(await eventer.checkConnection())) throw new Error(`peer of ${ownPeer} is not connected`);
    eventer.setStreamByType('private');
    const { stream } = eventer;
    stream.write(request(channel, identity, from));
    for await (const delivered of stream as AsyncIterable<Delivered>) {
      if (signal.aborted) return;
      const block = delivered.block_and_private_data;
      if (block === undefined || block === null)
        throw new Error(`deliver service ends with status ${delivered.status}`);
      yield withPrivateData(block);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/**
 * The block with each transaction's private data. The old library knows a transaction's place in the block as eight characters,
 * one for each byte, least first; it cannot write such keys back, so each set is carried over by itself.
 */
export function withPrivateData(delivered: oldProtos.protos.IBlockAndPrivateData): peer.BlockAndPrivateData {
  const { block = null, private_data_map: sets } = delivered;
  const carried = peer.BlockAndPrivateData.deserializeBinary(
    oldProtos.protos.BlockAndPrivateData.encode({ block }).finish(),
  );
  for (const [place, set] of Object.entries(sets ?? {})) {
    const index = Buffer.from(place, 'latin1').readUInt32LE(0);
    const bytes = oldProtos.rwset.TxPvtReadWriteSet.encode(set).finish();
    carried.getPrivateDataMapMap().set(index, ledger.rwset.TxPvtReadWriteSet.deserializeBinary(bytes));
  }
  return carried;
}

function request(channel: Channel, identity: IdentityContext, from: bigint): unknown {
  const service = channel.newEventService('blocks');
  service.build(identity, { blockType: 'private', startBlock: Long.fromString(from.toString()) });
  service.sign(identity);
  return service.getSignedEnvelope();
}
