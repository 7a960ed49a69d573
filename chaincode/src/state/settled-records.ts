import type { RecordType } from '@tallystick/protocol';
import { RECORD_SCHEMAS, type RecordOf } from './record-schemas';

/** Records that stand in nearly every read set and hardly ever change. */
const SETTLED: ReadonlySet<RecordType> = new Set<RecordType>(['Genesis', 'Clock', 'Schedule', 'RulePack']);
const MOST = 50;

/**
 * Parsed forms of settled records by their text, kept from call to call: the text is read from the ledger each time, only its
 * parsing is saved. One for each contract of each organisation; what it gives cannot be changed.
 */
export class SettledRecords {
  private readonly byText = new Map<string, unknown>();

  parse<T extends RecordType>(type: T, text: string): RecordOf<T> {
    const parse = () => RECORD_SCHEMAS[type].parse(JSON.parse(text)) as RecordOf<T>;
    if (!SETTLED.has(type)) return parse();
    const name = `${type}/${text}`;
    const known = this.byText.get(name) as RecordOf<T> | undefined;
    if (known !== undefined) return known;
    const record = frozen(parse());
    if (this.byText.size >= MOST) this.byText.clear();
    this.byText.set(name, record);
    return record;
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
