import { canonicalBytes } from '@tallystick/crypto';
import type { Block, Tx } from '@tallystick/ledger';
import { parseRecordKey, type RecordOf, type RecordType } from '@tallystick/protocol';
import { CORE } from '../testing/consortium';
import type { Book } from './book';
import { Walk } from './walk';
import { Watch } from './watch';
import { STANDINGS } from './watch/standing';

/** The watch is only worth something when it barks: each of its rules, at what breaks it. */
describe('the watch', () => {
  let walk: Walk;
  let blocks: Block[];
  beforeAll(async () => {
    walk = await Walk.open('watch-1');
    await walk.go(110);
    const ledger = walk.world.consortium.network.ledgerFor(CORE);
    blocks = [];
    for (let block = await ledger.block(0n); block !== null; block = await ledger.block(block.number + 1n))
      blocks.push(block);
  }, 300_000);
  afterAll(() => walk.close());

  function replay(chain: readonly Block[]): Watch {
    const watch = new Watch(walk.world);
    for (const block of chain) watch.take(block);
    return watch;
  }

  it('is quiet when nothing is wrong', () => {
    expect(() => replay(blocks).stand()).not.toThrow();
  });

  it('misses no block', () => {
    expect(() => replay(blocks.toSpliced(5, 1))).toThrow('I21');
    expect(() => replay(blocks.toSpliced(5, 0, blocks[5]!))).toThrow('I21');
  });

  /** The chain with the first valid transaction of a function changed. */
  function forged(fn: string, forge: (tx: Tx) => void): Block[] {
    const isMeant = (tx: Tx): boolean =>
      `${tx.contract}.${tx.fn}` === fn && tx.validationCode === 0 && tx.writes.length > 0;
    const at = blocks.findIndex(({ transactions }) => transactions.some(isMeant));
    const copy = structuredClone(blocks[at]);
    const tx = copy?.transactions.find(isMeant);
    if (copy === undefined || tx === undefined) throw new Error(`the walk has no ${fn}`);
    forge(tx);
    return blocks.with(at, copy);
  }
  function rewrite<T extends RecordType>(
    type: T,
    pick: (record: RecordOf<T>) => boolean,
    change: Partial<RecordOf<T>>,
  ) {
    return (tx: Tx): void => {
      for (const write of tx.writes.filter(({ key }) => parseRecordKey(key)?.type === type)) {
        const record = JSON.parse(new TextDecoder().decode(write.value ?? new Uint8Array())) as RecordOf<T>;
        if (pick(record)) write.value = canonicalBytes({ ...record, ...change });
      }
    };
  }
  const without = (type: RecordType) => (tx: Tx) => {
    tx.writes = tx.writes.filter(({ key }) => parseRecordKey(key)?.type !== type);
  };
  const any = (): boolean => true;
  const isSpent = ({ status }: RecordOf<'Holding'>): boolean => status === 'consumed';
  const isLocked = ({ lock }: RecordOf<'Holding'>): boolean => lock !== null;
  const NOBODY = 'a'.repeat(64);

  it.each([
    ['I7 I8', 'certificate.accept', rewrite('Certificate', any, { status: 'settled' })],
    ['I2 a holding is spent once', 'transfer.offer', rewrite('Holding', isSpent, { owner: NOBODY })],
    ['I2 a holding is spent once', 'transfer.offer', rewrite('Holding', isSpent, { spentBy: null })],
    ['I3 children tile their parent', 'transfer.offer', rewrite('Holding', isLocked, { lo: NOBODY })],
    [
      'I3 children tile their parent',
      'transfer.accept',
      rewrite('Holding', (each) => !isSpent(each), { parent: NOBODY }),
    ],
    ['I3 children tile their parent', 'transfer.accept', rewrite('Holding', (each) => !isSpent(each), { depth: 11 })],
    ['I11 I12 members asked for it', 'transfer.accept', without('Instruction')],
    ['I11 I12 members asked for it', 'transfer.accept', rewrite('Instruction', any, { hash: NOBODY })],
    ['I9 an order’s end is not the claim’s', 'transfer.withdraw', without('Holding')],
    [
      'I3 one lock on a whole holding',
      'transfer.offer',
      rewrite('Holding', isLocked, { lock: { order: NOBODY, until: null } }),
    ],
    ['public arguments say nothing', 'transfer.offer', (tx: Tx) => void (tx.args = ['{"v":1,"amount":"1.00"}'])],
  ])('barks “%s” at a changed %s', (rule, fn, forge) => {
    expect(() => replay(forged(fn, forge))).toThrow(rule);
  });

  it('barks “I6 only the holder moves a claim” when the receiver was another', () => {
    const { book, firms } = walk.world;
    const offer = book.offers.find(({ state }) => state === 'accepted')!;
    const truth = offer.receiver;
    offer.receiver = firms.find((firm) => firm !== truth)!;
    expect(() => replay(blocks)).toThrow('I6 only the holder');
    offer.receiver = truth;
  });

  /** One change of the model, which then is no longer the ledger's. @returns how to take it back */
  type Lie = (book: Book) => () => void;
  function lie<T extends object>(of: (book: Book) => T | undefined, change: (it: T) => Partial<T>): Lie {
    return (book) => {
      const found = of(book);
      if (found === undefined) throw new Error('nothing to lie about');
      const truth = { ...found };
      Object.assign(found, change(found));
      return () => void Object.assign(found, truth);
    };
  }
  const part = (book: Book) => book.parts.find(({ status }) => status === 'redeemed');
  const claim = (book: Book) => book.claims.find(({ status }) => status === 'settled');
  const share = (book: Book) => book.payments.find(({ state }) => state === 'closed')?.pages[0]?.[0];

  it.each([
    ['certificates are the ledger’s', lie(claim, () => ({ status: 'active' as const }))],
    ['certificates are the ledger’s', lie(claim, ({ carried }) => ({ carried: carried + 1n }))],
    ['certificates are the ledger’s', lie(claim, () => ({ full: false }))],
    ['holdings are the ledger’s', lie(part, ({ depth }) => ({ depth: depth + 1 }))],
    ['holdings are the ledger’s', lie(part, () => ({ status: 'live' as const }))],
    [
      'holdings are the ledger’s',
      lie(part, ({ opening }) => ({ opening: { ...opening, hi: String(BigInt(opening.hi) + 1n) } })),
    ],
    [
      'orders are the ledger’s',
      lie(
        (book) => book.offers[0],
        () => ({ state: 'open' as const, id: NOBODY }),
      ),
    ],
    [
      'orders are the ledger’s',
      lie(
        (book) => book.prices[0],
        ({ withdrawn }) => ({ withdrawn: !withdrawn }),
      ),
    ],
    ['I1 holdings tile', lie(part, ({ hi }) => ({ hi: hi + 1n }))],
    ['I1 holdings tile', lie(claim, ({ face }) => ({ face: face + 1n }))],
    ['I4 I14 a payment is shared', lie(share, ({ payout }) => ({ payout: payout + 1n }))],
    ['I4 I14 a payment is shared', lie(share, () => ({ state: 'returned' as const }))],
    [
      'I5 a line covers',
      lie(
        (book) => book.lines[0],
        ({ used }) => ({ used: used + 1n }),
      ),
    ],
    [
      'I6 no invoice',
      lie(
        (book) => book.invoices.find(({ uses }) => uses.some((use) => use.claim.status === 'settled')),
        () => ({ gross: 0n }),
      ),
    ],
  ])('barks “%s” when the model says otherwise', (rule, tell) => {
    const watch = replay(blocks);
    const takeBack = tell(walk.world.book);
    expect(() => watch.stand()).toThrow(rule);
    takeBack();
    expect(() => watch.stand()).not.toThrow();
  });

  /** Rules that others would bark before, asked alone. */
  it.each([
    ['I14 a settled certificate leaves nothing', lie(part, () => ({ status: 'live' as const }))],
    ['I4 nothing is paid above what is owed', lie(part, ({ paid }) => ({ paid: paid + 1n }))],
    ['I4 nothing is paid above what is owed', lie(claim, ({ paid }) => ({ paid: paid - 1n }))],
    ['I14 nothing is paid twice', lie(claim, ({ face }) => ({ face: face - 1n }))],
  ])('barks “%s”', (rule, tell) => {
    const { image } = replay(blocks);
    expect(STANDINGS[rule]?.(walk.world, image)).toBeNull();
    const takeBack = tell(walk.world.book);
    expect(STANDINGS[rule]?.(walk.world, image)).not.toBeNull();
    takeBack();
  });
});
