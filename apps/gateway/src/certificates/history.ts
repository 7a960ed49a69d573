import type { Instruction, PartyRef } from '@tallystick/protocol';
import { z } from 'zod';
import { PartyShape } from '../read-model/shapes';
import type { View } from '../read-model/view';
import { wordsOf } from './history-words';

/** One thing that happened, with its place on the ledger; who did it, where the reader may know. */
export const HistoryEntry = z.strictObject({
  /** Business time, by the trial clock as it stood then. */
  at: z.string(),
  /** The transaction's own timestamp. */
  recordedAt: z.string(),
  block: z.string(),
  txId: z.string(),
  contract: z.string(),
  fn: z.string(),
  by: PartyShape.optional(),
  keyIds: z.array(z.string()),
  instructions: z.array(z.string()),
  words: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

interface Row {
  at: string;
  offset_ms: string;
  block: string;
  tx_id: string;
  contract: string;
  fn: string;
  instructions: string[];
}

interface Signed {
  key: string;
  member: string;
  body: { instruction: Instruction; signatures: { keyId: string }[] };
}

const MOST = 500;

/** What changed on a certificate and on those of its holdings and orders that the reader may see, oldest first. */
export async function historyOf(view: View, certificate: string): Promise<HistoryEntry[]> {
  const { org, member, language } = view.caller;
  const rows: Row[] = await view.manager.query(
    `SELECT DISTINCT t.block, t.tx, t.at, t.tx_id, t.contract, t.fn, t.instructions, coalesce((
       SELECT k.offset_ms FROM clock_change k WHERE k.org = t.org AND (k.block, k.tx) < (t.block, t.tx)
       ORDER BY k.block DESC, k.tx DESC LIMIT 1), 0) AS offset_ms
     FROM ledger_change c
     JOIN ledger_transaction t ON t.org = c.org AND t.block = c.block AND t.tx = c.tx
     JOIN sight s ON s.org = c.org AND s.member = $2 AND s.ref = c.ref
     WHERE c.org = $1 AND c.certificate = $3
     ORDER BY t.block, t.tx LIMIT ${String(MOST)}`,
    [org, member, certificate],
  );
  const keys = rows.flatMap(({ instructions }) => instructions);
  const signed: Signed[] = await view.manager.query(
    'SELECT key, member, body FROM signed_instruction WHERE org = $1 AND key = ANY($2)',
    [org, keys],
  );
  const byKey = new Map(signed.map((each) => [each.key, each]));
  const party = await view.parties(signed.map((each) => each.member));
  return rows.map((row) => entry(row, byKey, party, language));
}

function entry(
  row: Row,
  byKey: ReadonlyMap<string, Signed>,
  party: (id: string) => PartyRef,
  language: 'zh' | 'en',
): HistoryEntry {
  const known = row.instructions.map((key) => byKey.get(key)).filter((each) => each !== undefined);
  const [first] = known;
  const by = first === undefined ? null : party(first.member);
  return {
    at: new Date(Date.parse(row.at) + Number(row.offset_ms)).toISOString(),
    recordedAt: row.at,
    block: row.block,
    txId: row.tx_id,
    contract: row.contract,
    fn: row.fn,
    ...(by !== null && { by }),
    keyIds: known.flatMap(({ body }) => body.signatures.map(({ keyId }) => keyId)),
    instructions: row.instructions,
    words: wordsOf(`${row.contract}.${row.fn}`, by === null ? null : language === 'zh' ? by.name : by.nameEn, language),
  };
}
