import { MspId, Organisation, signaturePolicy } from '@tallystick/protocol';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ConsortiumSchema = z.strictObject({
  channel: z.string().min(1).max(64),
  chaincode: z.string().min(1).max(64),
  operatorMsp: MspId,
  organisations: z.array(Organisation).min(2).max(20),
});
/** The consortium as `network/consortium.json` describes it: one description for every way to run it. */
export type Consortium = z.infer<typeof ConsortiumSchema>;

const FILE = path.resolve(__dirname, '..', '..', '..', '..', 'network', 'consortium.json');

/** @throws ZodError for a file of another shape */
export function readConsortium(file = FILE): Consortium {
  return ConsortiumSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Policy of every key without one of its own: one authority organisation and one other, spelled out, so that two peers of
 * one bank do not count twice (`ledger.md` §3.2).
 */
export function chaincodePolicy({ organisations }: Consortium): Uint8Array {
  const others = (msp: string): string[] => organisations.map((each) => each.msp).filter((each) => each !== msp);
  return signaturePolicy(
    1,
    organisations
      .filter(({ authority }) => authority)
      .map(({ msp }) => ({ n: 2, of: [msp, { n: 1, of: others(msp) }] })),
  );
}
