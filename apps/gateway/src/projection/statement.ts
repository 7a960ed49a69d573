import type { EntityManager } from 'typeorm';

/** One SQL statement, its parameters numbered from $1. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/**
 * Runs statements that change different tables and need nothing of each other in one round trip. They see the rows as they stood
 * before all of them.
 */
export async function runTogether(
  manager: Pick<EntityManager, 'query'>,
  statements: readonly Statement[],
): Promise<void> {
  const last = statements.at(-1);
  if (last === undefined) return;
  const parameters: unknown[] = [];
  const numbered = statements.map((statement) => {
    const before = parameters.length;
    parameters.push(...statement.parameters);
    return statement.sql.replace(/\$(\d+)/g, (_, number: string) => `$${String(Number(number) + before)}`);
  });
  const others = numbered.slice(0, -1).map((sql, index) => `s${String(index)} AS (${sql})`);
  const lead = others.length === 0 ? '' : `WITH ${others.join(', ')} `;
  await manager.query(lead + (numbered.at(-1) ?? ''), parameters);
}

/** Writes while its owner goes on computing; whoever asks meanwhile waits, and sees what was written. */
export class WriteAside {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly manager: Pick<EntityManager, 'query'>) {}

  query = async <T>(sql: string, parameters?: unknown[]): Promise<T> => {
    await this.writing;
    return this.manager.query<T>(sql, parameters);
  };

  /** Begins to write once what was begun before is done. @throws what that threw */
  async begin(statements: readonly Statement[]): Promise<void> {
    await this.writing;
    this.writing = runTogether(this.manager, statements);
    this.writing.catch(() => undefined); // thrown to whoever waits for it
  }

  /** @throws what the last write threw */
  done(): Promise<void> {
    return this.writing;
  }
}
