import type { Tx } from '@tallystick/ledger';
import { parseRecordKey, RECORD_SCHEMAS, recordKey, type RecordOf, type RecordType } from '@tallystick/protocol';

/** One record that a transaction wrote. */
export type Change = {
  [T in RecordType]: { type: T; key: string; before: RecordOf<T> | null; after: RecordOf<T> };
}[RecordType];
export type ChangeOf<T extends RecordType> = Extract<Change, { type: T }>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The public state as blocks alone tell it: what anybody gets who replays the chain. */
export class Image {
  private readonly records = new Map<string, unknown>();

  /** Takes over what a valid transaction wrote. @throws Error for what is no record of ours, and for a deletion */
  apply({ writes }: Tx): Change[] {
    return writes.map(({ key, value }) => {
      const type = parseRecordKey(key)?.type;
      if (type === undefined || value === null) throw new Error('a write that is no record');
      const after = RECORD_SCHEMAS[type].parse(JSON.parse(decoder.decode(value)));
      const before = this.records.get(key) ?? null;
      this.records.set(key, after);
      return { type, key, before, after } as Change;
    });
  }

  get<T extends RecordType>(type: T, ...parts: string[]): RecordOf<T> | null {
    return (this.records.get(recordKey(type, ...parts)) ?? null) as RecordOf<T> | null;
  }

  all<T extends RecordType>(type: T): RecordOf<T>[] {
    const found = [...this.records].filter(([key]) => parseRecordKey(key)?.type === type);
    return found.map(([, record]) => record as RecordOf<T>);
  }

  get keys(): string[] {
    return [...this.records.keys()];
  }

  at(key: string): unknown {
    return this.records.get(key) ?? null;
  }
}
