import type { Block, Tx } from '@tallystick/ledger';
import type { Mirror } from './mirror';
import type { Proven } from './proof';
import type { Ref } from './record-ref';
import type { Sights } from './sights';
import type { Statement } from './statement';
import { storable } from './storable';

/** A record written by a valid transaction. */
export interface Change {
  block: bigint;
  tx: number;
  idx: number;
  ref: Ref;
  certificate: string | null;
}

interface TransactionRow {
  block: bigint;
  index: number;
  tx: Tx;
  instructions: string[];
}

/** The trial clock was set: it counts for every later transaction. */
interface ClockChange {
  block: bigint;
  tx: number;
  at: string;
  offsetMs: number;
}

/** What some blocks do to the tables of one organisation, collected first and written with a handful of statements. */
export class Batch {
  readonly blocks: Block[] = [];
  readonly transactions: TransactionRow[] = [];
  readonly changes: Change[] = [];
  readonly clocks: ClockChange[] = [];
  readonly instructions = new Map<string, { proven: Proven; refs: Set<Ref> }>();

  constructor(private readonly org: string) {}

  addInstruction(proven: Proven, refs: readonly Ref[]): void {
    const known = this.instructions.get(proven.key);
    if (known === undefined) this.instructions.set(proven.key, { proven, refs: new Set(refs) });
    else for (const ref of refs) known.refs.add(ref);
  }

  /** Writes everything; rows that exist are replaced, sights and references only grow. */
  statements(mirror: Mirror, sights: Sights): Statement[] {
    return [...this.ofChain(), ...this.ofRecords(mirror), ...this.ofPrivate(mirror, sights)];
  }

  private ofChain(): Statement[] {
    const { blocks, transactions, changes, clocks } = this;
    const chain = bulk(
      this.org,
      'ledger_block (org, number, hash, at, transactions)',
      'bigint[], text[], text[], int[]',
      [
        blocks.map(({ number }) => String(number)),
        blocks.map(({ hash }) => hash),
        blocks.map((block) => block.transactions[0]?.timestamp ?? null),
        blocks.map((block) => block.transactions.length),
      ],
    );
    const inChain = bulk(
      this.org,
      'ledger_transaction (org, block, tx, tx_id, at, contract, fn, code, creator, instructions)',
      'bigint[], int[], text[], text[], text[], text[], int[], text[], text[]',
      [
        transactions.map(({ block }) => String(block)),
        transactions.map(({ index }) => index),
        transactions.map(({ tx }) => tx.txId),
        transactions.map(({ tx }) => tx.timestamp),
        transactions.map(({ tx }) => tx.contract),
        transactions.map(({ tx }) => tx.fn),
        transactions.map(({ tx }) => tx.validationCode),
        transactions.map(({ tx }) => tx.creatorMsp),
        transactions.map(({ instructions }) => instructions.join(',')),
      ],
      { last: `string_to_array(c9, ',')` },
    );
    const written = bulk(
      this.org,
      'ledger_change (org, block, tx, idx, ref, certificate)',
      'bigint[], int[], int[], text[], text[]',
      [
        changes.map(({ block }) => String(block)),
        changes.map(({ tx }) => tx),
        changes.map(({ idx }) => idx),
        changes.map(({ ref }) => ref),
        changes.map(({ certificate }) => certificate),
      ],
    );
    const moved = bulk(this.org, 'clock_change (org, block, tx, at, offset_ms)', 'bigint[], int[], text[], bigint[]', [
      clocks.map(({ block }) => String(block)),
      clocks.map(({ tx }) => tx),
      clocks.map(({ at }) => at),
      clocks.map(({ offsetMs }) => offsetMs),
    ]);
    return [...chain, ...inChain, ...written, ...moved];
  }

  private ofRecords(mirror: Mirror): Statement[] {
    const rows = [...mirror.changed.values()];
    const current = bulk(
      this.org,
      'record (org, ref, type, scope, body, block, tx, counterfeit)',
      'text[], text[], text[], jsonb[], bigint[], int[], text[]',
      [
        rows.map(({ ref }) => ref),
        rows.map(({ type }) => type),
        rows.map(({ scope }) => scope),
        rows.map(({ record }) => storable(record)),
        rows.map(({ block }) => String(block)),
        rows.map(({ tx }) => tx),
        rows.map(({ counterfeit }) => counterfeit),
      ],
      {
        conflict: `ON CONFLICT (org, ref) DO UPDATE SET scope = EXCLUDED.scope, body = EXCLUDED.body, block = EXCLUDED.block,
                   tx = EXCLUDED.tx, counterfeit = EXCLUDED.counterfeit`,
      },
    );
    if (mirror.removed.size === 0) return current;
    const sql = 'DELETE FROM record WHERE org = $1 AND ref = ANY($2)';
    return [...current, { sql, parameters: [this.org, [...mirror.removed]] }];
  }

  private ofPrivate(mirror: Mirror, { given }: Sights): Statement[] {
    const openings = [...mirror.opened.values()];
    const opened = bulk(
      this.org,
      'opening (org, ref, type, body, proved, block, tx)',
      'text[], text[], jsonb[], boolean[], bigint[], int[]',
      [
        openings.map(({ ref }) => ref),
        openings.map(({ type }) => type),
        openings.map(({ body }) => storable(body)),
        openings.map(({ proved }) => proved),
        openings.map(({ block }) => String(block)),
        openings.map(({ tx }) => tx),
      ],
      {
        conflict: `ON CONFLICT (org, ref) DO UPDATE SET body = EXCLUDED.body, proved = EXCLUDED.proved, block = EXCLUDED.block, tx = EXCLUDED.tx`,
      },
    );
    const instructions = [...this.instructions.values()];
    const signed = bulk(
      this.org,
      'signed_instruction (org, key, member, body, refs)',
      'text[], text[], jsonb[], text[]',
      [
        instructions.map(({ proven }) => proven.key),
        instructions.map(({ proven }) => proven.instruction.member),
        instructions.map(({ proven: { instruction, signatures } }) => storable({ instruction, signatures })),
        instructions.map(({ refs }) => [...refs].sort().join(',')),
      ],
      {
        last: `string_to_array(c4, ',')`,
        conflict: `ON CONFLICT (org, key) DO UPDATE SET refs = (
                     SELECT array_agg(DISTINCT ref ORDER BY ref) FROM unnest(signed_instruction.refs || EXCLUDED.refs) ref)`,
      },
    );
    const sights = [...given.values()];
    const seen = bulk(
      this.org,
      'sight (org, member, ref, type, scope, sort, fen, roles)',
      'text[], text[], text[], text[], text[], bigint[], text[]',
      [
        sights.map(({ member }) => member),
        sights.map(({ ref }) => ref),
        sights.map(({ type }) => type),
        sights.map(({ scope }) => scope),
        sights.map(({ sort }) => sort),
        sights.map(({ fen }) => (fen === null ? null : String(fen))),
        sights.map(({ roles }) => [...roles].sort().join(',')),
      ],
      {
        last: `string_to_array(c7, ',')`,
        conflict: `ON CONFLICT (org, member, ref) DO UPDATE SET fen = coalesce(EXCLUDED.fen, sight.fen), roles = (
                     SELECT array_agg(DISTINCT role ORDER BY role) FROM unnest(sight.roles || EXCLUDED.roles) role)`,
      },
    );
    return [...opened, ...signed, ...seen];
  }
}

/** Most rows in one statement, so that neither its parameters nor its memory grow with the batch. */
const MOST_ROWS = 5_000;

/**
 * Statements that insert columns of values as rows of one organisation.
 * @param into table with its columns, `org` first
 * @param types of the columns' arrays, in order
 * @param shape `last`: how the last column is made of its text; `conflict`: what to do with a row that exists
 */
function bulk(
  org: string,
  into: string,
  types: string,
  columns: readonly (readonly unknown[])[],
  shape: { last?: string; conflict?: string } = {},
): Statement[] {
  const length = columns[0]?.length ?? 0;
  const names = columns.map((_, index) => `c${String(index + 1)}`);
  const casts = types.split(', ').map((type, index) => `$${String(index + 2)}::${type}`);
  const selected = shape.last === undefined ? names : [...names.slice(0, -1), shape.last];
  const sql = `INSERT INTO ${into} SELECT $1, ${selected.join(', ')} FROM unnest(${casts.join(', ')}) AS given (${names.join(', ')})
    ${shape.conflict ?? ''}`;
  const parts = Array.from({ length: Math.ceil(length / MOST_ROWS) }, (_, part) => part * MOST_ROWS);
  return parts.map((from) => ({
    sql,
    parameters: [
      org,
      ...columns.map((column) => (length <= MOST_ROWS ? column : column.slice(from, from + MOST_ROWS))),
    ],
  }));
}
