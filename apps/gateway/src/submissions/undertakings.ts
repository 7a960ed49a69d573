import type { SignatureRow } from '../operations/signature.entity';
import type { Undertakings } from './submission.entity';

/** The issuer's signatures on each certificate's promise, from everyone who signed the step. */
export function undertakingsOf(signatures: readonly SignatureRow[], step: number): Undertakings {
  const signed = signatures.map(({ role, steps }) => ({ role, step: steps[step] }));
  const count = signed[0]?.step?.undertakings.length ?? 0;
  return Array.from({ length: count }, (_, index) =>
    signed.flatMap(({ role, step: one }) => {
      const sig = one?.undertakings[index]?.sig;
      return one === undefined || sig === undefined ? [] : [{ role, keyId: one.signature.keyId, sig }];
    }),
  );
}
