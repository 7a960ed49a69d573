import { canonicalBytes, instructionKey } from '@tallystick/crypto';
import { Consortium, newcomer, newKey, OPERATOR, signFounding, type Firm } from '@tallystick/chaincode/testing';
import type { Block, Tx } from '@tallystick/ledger';
import {
  buildAddKey,
  buildAdmit,
  buildSetSoloLimit,
  HostRoster,
  instructionHash,
  parseRecordKey,
  signKey,
  type MemberRecord,
  type RecordOf,
  type RecordType,
  type SignedInstruction,
} from '@tallystick/protocol';
import type { DataSource } from 'typeorm';
import { Database } from '../../database/database';
import { appSource } from '../../database/source';
import { silentAlarms } from '../../testing/alarms';
import { testDatabase, type TestDatabase } from '../../testing/database';
import { emptyProjection } from '../dump';
import { Projector } from '../projector';

/** A change of a member's record with the instruction that is said to have made it. */
interface Claimed {
  record: MemberRecord;
  signed: SignedInstruction;
}

const decoder = new TextDecoder();

function rewrite<T extends RecordType>(tx: Tx, type: T, change: (record: RecordOf<T>) => RecordOf<T>): void {
  const write = tx.writes.find(({ key }) => parseRecordKey(key)?.type === type);
  if (write?.value == null) throw new Error(`the transaction writes no ${type}`);
  write.value = canonicalBytes(change(JSON.parse(decoder.decode(write.value)) as RecordOf<T>));
}

describe('a member’s record is believed with the signatures behind it, whatever the organisations endorsed (§3.3)', () => {
  let consortium: Consortium;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let blocks: Block[];
  let firm: Firm;

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 2).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    firm = newcomer(consortium.now, consortium.random, consortium.roster(OPERATOR).state.size);
    await consortium.admit(firm);
    consortium.firms.suppliers.push(firm);
    const key = newKey('maker', consortium.now, consortium.random);
    const admission = await signKey(key.key, key.signer);
    const unsigned = buildAddKey({ ...consortium.authoring(firm), key: key.key, admission });
    const signed = await consortium.sign(unsigned, firm);
    const context = { ...consortium.roster(OPERATOR).proofOf(firm.record.id) };
    await consortium.submit({ contract: 'member', fn: 'addKey', signed, context });
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const height = Number(await ledger.height());
    blocks = (await Promise.all(
      Array.from({ length: height }, (_, number) => ledger.block(BigInt(number))),
    )) as Block[];
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  const operator = (): Firm => consortium.firms.operator;

  /** Projects the chain whose last block of a function (`admit` or `addKey`) is forged. @returns why its records are not believed */
  async function reasons(fn: string, forge: (tx: Tx) => void): Promise<string[]> {
    const index = blocks.findLastIndex(({ transactions }) => transactions.some((tx) => tx.fn === fn));
    const copy = structuredClone(blocks[index]) as Block;
    forge(copy.transactions.find((tx) => tx.fn === fn) as Tx);
    await db.withSystem((manager) => emptyProjection(manager, OPERATOR));
    const alarms = silentAlarms();
    await new Projector(OPERATOR, db, alarms).apply([...blocks.slice(0, index), copy]);
    return [...new Set(alarms.raised.filter(({ ref }) => ref.startsWith('Member/')).map(({ reason }) => reason))];
  }

  /** The transaction as colluding organisations would have written it: roster, act and instruction all fit one another. */
  const colluding =
    ({ record, signed: { instruction, signatures } }: Claimed) =>
    (tx: Tx): void => {
      const others = [operator(), ...consortium.firms.suppliers].map((each) => each.record);
      const roster = new HostRoster(OPERATOR, [...others.filter(({ id }) => id !== record.id), record]);
      rewrite(tx, 'Member', () => record);
      rewrite(tx, 'Roster', () => roster.state);
      rewrite(tx, 'MemberAct', (act) => ({ ...act, instruction, signatures }));
      rewrite(tx, 'Instruction', (each) => ({ ...each, hash: instructionHash(instruction) }));
      const write = tx.writes.find(({ key }) => parseRecordKey(key)?.type === 'Instruction')!;
      write.key = write.key.replace(parseRecordKey(write.key)!.parts[0]!, instructionKey(instruction));
    };

  async function admission(by: Firm, record: MemberRecord, ...roles: ('maker' | 'checker')[]): Promise<Claimed> {
    const proofs = await signFounding({ ...firm, record });
    const unsigned = buildAdmit({ ...consortium.authoring(by), record, admission: proofs });
    return { record, signed: await consortium.sign(unsigned, by, ...roles) };
  }

  it('believes what happened', async () => {
    expect(await reasons('admit', () => undefined)).toEqual([]);
    expect(await reasons('addKey', () => undefined)).toEqual([]);
    expect(await reasons('admit', colluding(await admission(operator(), firm.record)))).toEqual([]);
  });

  it('not an admission without its act', async () => {
    const drop = (tx: Tx): void => {
      tx.writes = tx.writes.filter(({ key }) => parseRecordKey(key)?.type !== 'MemberAct');
    };
    expect(await reasons('admit', drop)).toEqual(['ADMISSION_MISSING']);
    expect(await reasons('addKey', drop)).toEqual(['ADMISSION_MISSING']);
  });

  it('not one that another firm, or one person of the operator, signed', async () => {
    const byCore = await admission(consortium.firms.core, firm.record);
    expect(await reasons('admit', colluding(byCore))).toEqual(['ADMISSION_INVALID']);
    const byOne = await admission(operator(), firm.record, 'maker');
    expect(await reasons('admit', colluding(byOne))).toEqual(['ADMISSION_INVALID']);
  });

  it('not one whose signature is none', async () => {
    const good = await admission(operator(), firm.record);
    const [first, second] = good.signed.signatures as [
      SignedInstruction['signatures'][0],
      SignedInstruction['signatures'][0],
    ];
    const signatures = [{ ...first, sig: second.sig }, second];
    const forged = { ...good, signed: { ...good.signed, signatures } };
    expect(await reasons('admit', colluding(forged))).toEqual(['ADMISSION_INVALID']);
  });

  it('not one of another record than the operator signed', async () => {
    const { signed } = await admission(operator(), firm.record);
    const richer = { ...firm.record, soloLimitFen: '999999999' };
    expect(await reasons('admit', colluding({ record: richer, signed }))).toEqual(['ADMISSION_INVALID']);
  });

  it('not one with a key that did not sign itself, though the operator did', async () => {
    const [, ...keys] = firm.record.keys;
    const stranger = newKey('maker', consortium.now, consortium.random);
    const record = { ...firm.record, keys: [stranger.key, ...keys] };
    const claimed = await admission(operator(), record);
    expect(await reasons('admit', colluding(claimed))).toEqual(['ADMISSION_INVALID']);
  });

  it('not an instruction that the transaction did not apply', async () => {
    const other = await admission(operator(), firm.record);
    const forge = (tx: Tx): void => {
      rewrite(tx, 'MemberAct', (act) => ({ ...act, instruction: other.signed.instruction }));
    };
    expect(await reasons('admit', forge)).toEqual(['ADMISSION_INVALID']);
  });

  it('not a key added by another firm, by one person for another, without its own proof, or beside the signed one', async () => {
    const added = newKey('checker', consortium.now, consortium.random);
    const proof = await signKey(added.key, added.signer);
    const claim = async (by: Firm, admitted: typeof proof, ...roles: ('maker' | 'checker')[]): Promise<Claimed> => {
      const unsigned = buildAddKey({ ...consortium.authoring(by), key: added.key, admission: admitted });
      const record = { ...firm.record, keys: [...firm.record.keys, added.key] };
      return { record, signed: await consortium.sign(unsigned, by, ...roles) };
    };
    expect(await reasons('addKey', colluding(await claim(firm, proof)))).toEqual([]);
    const other = newKey('checker', consortium.now, consortium.random);
    const wrongProof = { ...(await signKey(other.key, other.signer)), keyId: added.key.keyId };
    const beside = await claim(firm, proof);
    beside.record = { ...beside.record, keys: [...beside.record.keys, other.key] };
    for (const claimed of [
      await claim(consortium.firms.core, proof),
      await claim(firm, proof, 'maker'),
      await claim(firm, wrongProof),
      beside,
    ]) {
      expect(await reasons('addKey', colluding(claimed))).toEqual(['ADMISSION_INVALID']);
    }
  });

  it('not a limit that the member’s two people did not set', async () => {
    const record = { ...firm.record, soloLimitFen: '77700' };
    const set = async (...roles: ('maker' | 'checker')[]): Promise<Claimed> => {
      const unsigned = buildSetSoloLimit({ ...consortium.authoring(firm), soloLimitFen: 77_700n });
      return { record, signed: await consortium.sign(unsigned, firm, ...roles) };
    };
    expect(await reasons('addKey', colluding(await set()))).toEqual([]);
    expect(await reasons('addKey', colluding(await set('checker')))).toEqual(['ADMISSION_INVALID']);
    const more = await set();
    more.record = { ...record, soloLimitFen: '77701' };
    expect(await reasons('addKey', colluding(more))).toEqual(['ADMISSION_INVALID']);
  });
});
