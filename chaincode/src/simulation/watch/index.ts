import { canonicalJson } from '@tallystick/crypto';
import { ValidationCodes, type Block, type Tx } from '@tallystick/ledger';
import { ALL } from '../../testing/consortium';
import { owedOn } from '../book';
import type { World } from '../world';
import { Image, type Change } from './image';
import { STANDINGS } from './standing';
import { TRANSITIONS } from './transitions';

/** A rule of the design that the ledger or the model broke; `rule` is its name. */
export class Broken extends Error {
  override readonly name = 'Broken';
  constructor(
    readonly rule: string,
    fault: string,
  ) {
    super(`${rule}: ${fault}`);
  }
}

/** Reads every block as it comes and holds it against the rules. */
export class Watch {
  readonly image = new Image();
  height = 0;
  private last: Block | null = null;

  constructor(private readonly world: World) {}

  /** @throws Broken */
  async look(): Promise<void> {
    const ledger = this.world.consortium.network.ledgerFor(this.world.honest);
    let touched: string[] = [];
    for (
      let block = await ledger.block(BigInt(this.height));
      block !== null;
      block = await ledger.block(BigInt(this.height))
    ) {
      touched = this.take(block);
    }
    this.stand();
    await this.agree(touched.slice(0, 2));
  }

  /** One block: linked to the one before, its valid transactions applied once and in order (I21). */
  take(block: Block): string[] {
    if (block.number !== BigInt(this.height) || (this.last !== null && block.previousHash !== this.last.hash)) {
      throw new Broken('I21 the chain has no gap', `block ${String(block.number)}`);
    }
    this.last = block;
    this.height += 1;
    const { image, world } = this;
    // Of another chaincode on the channel a block shows neither arguments nor writes.
    const isOurs = ({ args, writes }: Tx): boolean => args.length + writes.length > 0;
    const isValid = ({ validationCode }: Tx): boolean => validationCode === ValidationCodes.valid;
    const valid = block.transactions.filter((tx) => isValid(tx) && isOurs(tx));
    return valid.flatMap((tx) => {
      const changes: Change[] = image.apply(tx);
      for (const [rule, check] of Object.entries(TRANSITIONS)) {
        const fault = check({ tx, changes, image, world });
        if (fault !== null) throw new Broken(rule, `${tx.contract}.${tx.fn}: ${fault}`);
      }
      return changes.map(({ key }) => key);
    });
  }

  /** The clear values against the state that the blocks tell. @throws Broken */
  stand(): void {
    for (const [rule, check] of Object.entries(STANDINGS)) {
      const fault = check(this.world, this.image);
      if (fault !== null) throw new Broken(rule, fault);
    }
  }

  /** Every peer that answers has the same record (I22), and it is the one that a replay of the blocks gives (I20). */
  private async agree(keys: readonly string[]): Promise<void> {
    const { consortium, down, lagging } = this.world;
    for (const key of keys) {
      const expected = canonicalJson(this.image.at(key));
      for (const msp of ALL.filter((each) => !down.has(each) && !lagging.has(each))) {
        const text = await consortium.query(msp, 'network', 'record', key);
        if (text !== expected) throw new Broken('I22 peers agree', `${msp} has another record`);
      }
    }
  }

  /** After everything was paid: nothing is owed, nothing is used, all records are those of the replay. @throws Broken */
  async end(): Promise<void> {
    await this.look();
    const { claims, lines } = this.world.book;
    const open = claims.find(
      (claim) => claim.status === 'active' || (claim.status === 'settled' && owedOn(claim) > 0n),
    );
    if (open !== undefined) throw new Broken('I14 everything is settled', `a certificate is ${open.status}`);
    const used = lines.find((line) => line.used !== 0n);
    if (used !== undefined) throw new Broken('I5 everything is given back', `${used.used} stays used`);
    await this.agree(this.image.keys);
  }
}
