import type { Instruction } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import { Refused } from '../refusal/refused';

/** Milliseconds since 1970 on the endorser's own clock: the one wall clock in the chaincode, and it can only refuse. */
export type WallClock = () => number;

const MAX_SKEW_MS = 5 * 60_000;
const MAX_LIFETIME_MS = 31 * 24 * 3_600_000;

/**
 * The transaction's timestamp, which its client chose, as an instant.
 * @throws Refused CLOCK_SKEW when it is more than five minutes off this endorser's clock (X15)
 */
export function transactionTime(ctx: Context, wallClock: WallClock): string {
  const ts = ctx.stub.getDateTimestamp();
  if (!(Math.abs(ts.getTime() - wallClock()) <= MAX_SKEW_MS)) throw new Refused('CLOCK_SKEW', { field: 'timestamp' });
  return ts.toISOString();
}

/**
 * An instruction lives from `issuedAt` to `notAfter`, 31 days at most, by the raw timestamp (never business time).
 * @throws Refused INSTRUCTION_EXPIRED past its end; CLOCK_SKEW when issued over five minutes ahead; BAD_INPUT for a longer life
 */
export function requireAlive({ issuedAt, notAfter, id }: Instruction, ts: string): void {
  const [issued, end, now] = [Date.parse(issuedAt), Date.parse(notAfter), Date.parse(ts)];
  if (!(end >= issued && end - issued <= MAX_LIFETIME_MS))
    throw new Refused('BAD_INPUT', { field: 'instruction.notAfter' });
  if (issued > now + MAX_SKEW_MS) throw new Refused('CLOCK_SKEW', { field: 'instruction.issuedAt' });
  if (now > end) throw new Refused('INSTRUCTION_EXPIRED', { id, notAfter });
}

/** Business time: on a trial network the timestamp moved by the signed clock's offset (`ledger.md` §3.3 Time). */
export function businessTime(ts: string, offsetMs: number): string {
  return new Date(Date.parse(ts) + offsetMs).toISOString();
}
