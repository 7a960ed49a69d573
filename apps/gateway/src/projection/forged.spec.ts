import { canonicalBytes } from '@tallystick/crypto';
import { BANK_A, BANK_B, Consortium, CORE, OPERATOR } from '@tallystick/chaincode/testing';
import type { Block, Tx } from '@tallystick/ledger';
import {
  bundleKey,
  ownCollection,
  parseRecordKey,
  recordKey,
  signaturePolicy,
  type Bundle,
  type RecordOf,
  type RecordType,
} from '@tallystick/protocol';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { smallTrade } from '../testing/projection';
import { emptyProjection } from './dump';
import { Projector } from './projector';

/** Changes a copy of a transaction, as colluding peers might have endorsed it. */
type Forgery = (tx: Tx) => void;

const decoder = new TextDecoder();

function rewrite<T extends RecordType>(tx: Tx, type: T, change: (record: RecordOf<T>) => void, at = 0): void {
  const write = tx.writes.filter(({ key }) => parseRecordKey(key)?.type === type)[at];
  if (write?.value == null) throw new Error(`the transaction writes no ${type}`);
  const record = JSON.parse(decoder.decode(write.value)) as RecordOf<T>;
  change(record);
  write.value = canonicalBytes(record);
}

function rewriteBundle(tx: Tx, change: (bundle: Bundle) => void): void {
  const write = tx.privateWrites.find(({ key }) => key.startsWith(bundleKey('').slice(0, -1)));
  if (write?.value == null) throw new Error('the transaction opens nothing here');
  const bundle = JSON.parse(decoder.decode(write.value)) as Bundle;
  change(bundle);
  write.value = canonicalBytes(bundle);
}

const isNew = (holding: RecordOf<'Holding'>): boolean => holding.status === 'live';
const drop = (tx: Tx, type: RecordType): void => {
  tx.writes = tx.writes.filter(({ key }) => parseRecordKey(key)?.type !== type);
};
/** Index of a new holding among the holdings that a transaction writes. */
const firstNew = (tx: Tx): number =>
  tx.writes
    .filter(({ key }) => parseRecordKey(key)?.type === 'Holding')
    .findIndex(({ value }) => value !== null && isNew(JSON.parse(decoder.decode(value)) as RecordOf<'Holding'>));

describe('what colluding peers forge is not believed', () => {
  let consortium: Consortium;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let blocks: Block[];

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 4).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    await smallTrade(consortium);
    blocks = await blocksOf(OPERATOR);
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  async function blocksOf(org: string): Promise<Block[]> {
    const ledger = consortium.network.ledgerFor(org);
    const height = Number(await ledger.height());
    return (await Promise.all(Array.from({ length: height }, (_, number) => ledger.block(BigInt(number))))) as Block[];
  }

  /** Projects the chain up to the first transaction that is meant, forged. @returns what was not believed of it */
  async function forgedAt(
    org: string,
    chain: readonly Block[],
    meant: (tx: Tx) => boolean,
    forge: Forgery,
  ): Promise<{ ref: string; counterfeit: string }[]> {
    const index = chain.findIndex(({ transactions }) => transactions.some(meant));
    const copy = structuredClone(chain[index]) as Block;
    // structuredClone keeps Uint8Array and bigint.
    forge(copy.transactions.find(meant) as Tx);
    await db.withSystem((manager) => emptyProjection(manager, org));
    const projector = new Projector(org, db, silentAlarms());
    await projector.apply(chain.slice(0, index));
    await projector.apply([copy]);
    return db.withSystem((manager) =>
      manager.query<{ ref: string; counterfeit: string }[]>(
        'SELECT ref, counterfeit FROM record WHERE org = $1 AND counterfeit IS NOT NULL ORDER BY ref',
        [org],
      ),
    );
  }
  const forged = (call: string, forge: Forgery) =>
    forgedAt(OPERATOR, blocks, ({ contract, fn }) => `${contract}.${fn}` === call, forge);
  const reasons = async (call: string, forge: Forgery): Promise<string[]> =>
    [...new Set((await forged(call, forge)).map(({ counterfeit }) => counterfeit))].sort();

  it('believes the untouched chain', async () => {
    for (const call of [
      'certificate.issueMany',
      'certificate.accept',
      'transfer.offer',
      'financing.quote',
      'member.admit',
    ]) {
      expect(await forged(call, () => undefined)).toEqual([]);
    }
  });

  const flip = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);
  const CASES: [rule: string, call: string, forge: Forgery, reason: string][] = [
    [
      'a piece whose cut is not its neighbour’s',
      'transfer.offer',
      (tx) => rewrite(tx, 'Holding', (each) => (each.hi = flip(each.hi)), firstNew(tx)),
      'CUTS_DO_NOT_CHAIN',
    ],
    [
      'a child of a parent that was not consumed',
      'transfer.accept',
      (tx) => {
        tx.writes = tx.writes.filter(
          ({ key, value }) =>
            parseRecordKey(key)?.type !== 'Holding' ||
            isNew(JSON.parse(decoder.decode(value as Uint8Array)) as RecordOf<'Holding'>),
        );
      },
      'PARENT_NOT_CONSUMED',
    ],
    [
      'a second child over the same interval',
      'transfer.accept',
      (tx) => {
        const at = tx.writes.findIndex(
          ({ key, value }) =>
            parseRecordKey(key)?.type === 'Holding' &&
            isNew(JSON.parse(decoder.decode(value as Uint8Array)) as RecordOf<'Holding'>),
        );
        const original = tx.writes[at]!;
        const id = 'ab'.repeat(32);
        const record = { ...(JSON.parse(decoder.decode(original.value as Uint8Array)) as RecordOf<'Holding'>), id };
        const key = recordKey('Holding', id);
        tx.writes.push({ key, value: canonicalBytes(record), isDelete: false });
        tx.policies.push({ key, policy: tx.policies.find((each) => each.key === original.key)!.policy });
      },
      'CUTS_DO_NOT_CHAIN',
    ],
    ['a holding made by no instruction', 'transfer.accept', (tx) => drop(tx, 'Instruction'), 'INSTRUCTION_MISSING'],
    [
      'a first holding that is not the whole',
      'certificate.accept',
      (tx) => rewrite(tx, 'Holding', (each) => (each.lo = flip(each.lo))),
      'FIRST_HOLDING_MISMATCH',
    ],
    [
      'a holding of a certificate that was never accepted',
      'certificate.accept',
      (tx) => drop(tx, 'Certificate'),
      'FIRST_HOLDING_MISMATCH',
    ],
    [
      'a certificate its issuer did not sign',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.undertakings[0]!.sig = flip(each.undertakings[0]!.sig))),
      'UNDERTAKING_INVALID',
    ],
    [
      'a certificate with another due date than the issuer signed',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.public.dueDate = '2026-12-30')),
      'UNDERTAKING_INVALID',
    ],
    [
      'a certificate that bears a checker’s name and a maker’s key',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.undertakings[1]!.keyId = each.undertakings[0]!.keyId)),
      'UNDERTAKING_INVALID',
    ],
    [
      'a certificate above the limit with one signature',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.undertakings = each.undertakings.slice(0, 1))),
      'UNDERTAKING_INVALID',
    ],
    [
      'a certificate born paid',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.paidInFull = true)),
      'BORN_PAID',
    ],
    [
      'a certificate under another key than its id',
      'certificate.issueMany',
      (tx) => rewrite(tx, 'Certificate', (each) => (each.public.id = 'cd'.repeat(32))),
      'KEY_MISMATCH',
    ],
    [
      'a certificate without its witness’s endorsement',
      'certificate.issueMany',
      (tx) => {
        tx.endorsers = [OPERATOR];
      },
      'NOT_ENDORSED',
    ],
    [
      'a certificate without the policy that guards it',
      'certificate.issueMany',
      (tx) => {
        tx.policies = tx.policies.filter(({ key }) => parseRecordKey(key)?.type !== 'Certificate');
      },
      'POLICY_MISSING',
    ],
    [
      'a certificate under a weaker policy',
      'certificate.issueMany',
      (tx) => {
        for (const each of tx.policies)
          if (parseRecordKey(each.key)?.type === 'Certificate') each.policy = signaturePolicy(1, [OPERATOR, CORE]);
      },
      'POLICY_MISSING',
    ],
    [
      'a member that its host’s roster does not hold',
      'member.admit',
      (tx) => rewrite(tx, 'Member', (each) => (each.soloLimitFen = '999')),
      'ROSTER_MISMATCH',
    ],
    [
      'a member admitted without its host',
      'member.admit',
      (tx) => {
        tx.endorsers = [BANK_A, OPERATOR];
      },
      'NOT_ENDORSED',
    ],
    [
      'an offer whose piece is not locked for it',
      'transfer.offer',
      (tx) => rewrite(tx, 'Holding', (each) => (each.lock = null), firstNew(tx)),
      'LOCK_MISSING',
    ],
    [
      'a quote without the bank’s endorsement',
      'financing.quote',
      (tx) => {
        tx.endorsers = [OPERATOR, BANK_B];
      },
      'NOT_ENDORSED',
    ],
    [
      'a record that is none',
      'transfer.accept',
      (tx) => {
        tx.writes.find(({ key }) => parseRecordKey(key)?.type === 'Order')!.value = canonicalBytes({
          kind: 'gift',
          note: '\0',
        });
      },
      'UNREADABLE',
    ],
    [
      'an opening whose instruction nobody signed',
      'certificate.accept',
      (tx) =>
        rewriteBundle(
          tx,
          ({ instructions }) => (instructions[0]!.signatures[0]!.sig = flip(instructions[0]!.signatures[0]!.sig)),
        ),
      'INSTRUCTION_FORGED',
    ],
    [
      'an opening whose instruction is another than the ledger’s',
      'certificate.accept',
      (tx) => rewriteBundle(tx, ({ instructions }) => (instructions[0]!.instruction.body['owner'] = 'ef'.repeat(32))),
      'INSTRUCTION_FORGED',
    ],
  ];

  it.each(CASES)('%s', async (_, call, forge, reason) => {
    expect(await reasons(call, forge)).toContain(reason);
  });

  it('leaves an untrue opening aside, with an alarm', async () => {
    const alarms = silentAlarms();
    const index = blocks.findIndex(({ transactions }) =>
      transactions.some(({ contract, fn }) => contract === 'certificate' && fn === 'accept'),
    );
    const copy = structuredClone(blocks[index]) as Block;
    rewriteBundle(
      copy.transactions[0] as Tx,
      ({ openings }) => (openings.holdings[0]!.hi = String(BigInt(openings.holdings[0]!.hi) + 1n)),
    );
    await db.withSystem((manager) => emptyProjection(manager, OPERATOR));
    const projector = new Projector(OPERATOR, db, alarms);
    await projector.apply(blocks.slice(0, index));
    await projector.apply([copy]);
    expect(alarms.raised).toEqual([expect.objectContaining({ kind: 'untrue', reason: 'OPENING_MISMATCH' })]);
    const rows = await db.withSystem((manager) =>
      manager.query<unknown[]>(`SELECT 1 FROM opening WHERE org = $1 AND type = 'Holding'`, [OPERATOR]),
    );
    expect(rows).toEqual([]);
  });

  it('does not hold an inviter’s bad copy of another’s instruction against the record: it only proves nothing', async () => {
    const badCopy: Forgery = (tx) =>
      rewriteBundle(tx, ({ instructions }) => {
        for (const { signatures } of instructions.slice(1)) signatures[0]!.sig = flip(signatures[0]!.sig);
      });
    const invited = ({ fn, privateWrites }: Tx): boolean => fn === 'invite' && privateWrites.length > 0;
    expect(await forgedAt(BANK_B, await blocksOf(BANK_B), invited, badCopy)).toEqual([]);
    const unproved = await db.withSystem((manager) =>
      manager.query<{ type: string }[]>('SELECT type FROM opening WHERE org = $1 AND NOT proved ORDER BY type', [
        BANK_B,
      ]),
    );
    expect(unproved.map(({ type }) => type)).toEqual(['Certificate', 'Holding']);
  });

  it('passes over invalid transactions, which change nothing', async () => {
    const marked = structuredClone(blocks);
    const index = marked.findIndex(({ transactions }) =>
      transactions.some(({ contract, fn }) => contract === 'certificate' && fn === 'accept'),
    );
    const tx = marked[index]!.transactions[0] as Tx;
    tx.validationCode = 11;
    tx.privateWrites = [{ collection: ownCollection(OPERATOR), key: bundleKey('x'), value: new Uint8Array([1]) }];
    await db.withSystem((manager) => emptyProjection(manager, OPERATOR));
    const projector = new Projector(OPERATOR, db, silentAlarms());
    await projector.apply(marked.slice(0, index + 1));
    const count = await db.withSystem((manager) =>
      manager.query<unknown[]>(`SELECT 1 FROM record WHERE org = $1 AND type = 'Holding'`, [OPERATOR]),
    );
    expect(count).toEqual([]);
  });
});
