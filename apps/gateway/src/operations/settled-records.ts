import type { RecordType } from '@tallystick/protocol';
import type { Ref } from '../projection/record-ref';

/** Asked for by nearly every request, changed by hardly any block. */
const SETTLED: ReadonlySet<string> = new Set<RecordType>([
  'Genesis',
  'Clock',
  'Schedule',
  'RulePack',
  'Member',
  'Roster',
]);
const MOST = 5_000;
/** Another gateway on the same database may project what we are not told of. */
const TRUSTED_MS = 1_000;

/** Rows of settled records, kept until a block that we project writes them, and for a second at most. */
export class SettledRecords<Row> {
  private readonly rows = new Map<string, { row: Promise<Row>; until: number }>();

  get(org: string, ref: Ref, load: () => Promise<Row>): Promise<Row> {
    if (!SETTLED.has(ref.split('/')[0] ?? '')) return load();
    const name = `${org}/${ref}`;
    const known = this.rows.get(name);
    if (known !== undefined && performance.now() < known.until) return known.row;
    const row = load();
    if (this.rows.size >= MOST) this.rows.clear();
    this.rows.set(name, { row, until: performance.now() + TRUSTED_MS });
    row.catch(() => this.rows.delete(name));
    return row;
  }

  changed(org: string, refs: readonly Ref[]): void {
    for (const ref of refs) this.rows.delete(`${org}/${ref}`);
  }
}
