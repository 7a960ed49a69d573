import { common } from '@hyperledger/fabric-protos';
import { type FabricClient, PeerProblem } from './client';

/** Questions to a peer's own chaincodes about the channel. @throws PeerProblem when the peer cannot be asked */
export class SystemQueries {
  constructor(
    private readonly client: FabricClient,
    private readonly channel: string,
    private readonly timeoutMs: number,
  ) {}

  /** Number of blocks that the organisation's peer has committed. */
  async height(mspId: string): Promise<bigint> {
    const bytes = await this.ask(mspId, 'qscc', 'GetChainInfo', []);
    return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
  }

  /** The block with the first transaction of that id, without private data; null when the peer has none. */
  async blockWith(mspId: string, txId: string): Promise<common.Block | null> {
    try {
      return common.Block.deserializeBinary(await this.ask(mspId, 'qscc', 'GetBlockByTxID', [txId]));
    } catch (error) {
      if (error instanceof PeerProblem && /no such transaction/i.test(error.message)) return null;
      throw error;
    }
  }

  /** The newest configuration block. Each block names it; asking `cscc` for it is often kept for administrators. */
  async configuration(mspId: string): Promise<common.Block> {
    const newest = await this.blockAt(mspId, (await this.height(mspId)) - 1n);
    return this.blockAt(mspId, lastConfiguration(newest));
  }

  private async blockAt(mspId: string, number: bigint): Promise<common.Block> {
    return common.Block.deserializeBinary(await this.ask(mspId, 'qscc', 'GetBlockByNumber', [number.toString()]));
  }

  private ask(mspId: string, chaincode: string, fn: string, args: string[]): Promise<Uint8Array> {
    return this.client.evaluate(mspId, { chaincode, fn, args: [this.channel, ...args] }, this.timeoutMs);
  }
}

/** Number of the configuration block that was in force when ordering signed this one; 0 in the first block. */
function lastConfiguration(block: common.Block): bigint {
  const signed = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
  const value = common.Metadata.deserializeBinary(signed).getValue_asU8();
  return BigInt(common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? 0);
}
