import { common, ledger, peer } from '@hyperledger/fabric-protos';
import * as oldProtos from 'fabric-protos';
import { withPrivateData } from './block-stream';

/** A block with private data at these places, as the old library decodes what a peer sends. */
function delivered(places: readonly number[]): oldProtos.protos.IBlockAndPrivateData {
  const sent = new peer.BlockAndPrivateData();
  const header = new common.BlockHeader();
  header.setNumber(41);
  const block = new common.Block();
  block.setHeader(header);
  sent.setBlock(block);
  for (const place of places) {
    const set = new ledger.rwset.TxPvtReadWriteSet();
    set.addNsPvtRwset().setNamespace(`of ${place}`);
    sent.getPrivateDataMapMap().set(place, set);
  }
  return oldProtos.protos.BlockAndPrivateData.decode(sent.serializeBinary());
}

describe('blocks through the old library', () => {
  it('keep each transaction’s private data at its place', () => {
    const carried = withPrivateData(delivered([0, 1, 300, 70_000]));
    const sets = [...carried.getPrivateDataMapMap().entries()];
    expect(sets.map(([place, set]) => [place, set.getNsPvtRwsetList()[0]?.getNamespace()])).toEqual([
      [0, 'of 0'],
      [1, 'of 1'],
      [300, 'of 300'],
      [70_000, 'of 70000'],
    ]);
    expect(carried.getBlock()?.getHeader()?.getNumber()).toBe(41);
  });

  it('may come without any', () => {
    expect(withPrivateData(delivered([])).getPrivateDataMapMap().getLength()).toBe(0);
  });
});
