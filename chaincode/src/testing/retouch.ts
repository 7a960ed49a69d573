import { hashSecret } from '@tallystick/crypto';
import type { Unsigned } from '@tallystick/protocol';

type Loose = Record<string, unknown>;

/** Sets the value at a path such as `offers.0.piece.lo` of a JSON copy. */
function withValue(value: Loose, path: string, to: unknown): Loose {
  const copy = structuredClone(value);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Loose>((at, step) => at[step] as Loose, copy);
  parent[last] = to;
  return copy;
}

/** An instruction with one field of its body changed before anybody signs it: a wrong intent, truly signed. */
export function withBody(unsigned: Unsigned, path: string, to: unknown): Unsigned {
  const { instruction, secret } = unsigned;
  return { instruction: { ...instruction, body: withValue(instruction.body, path, to) }, secret };
}

/** An instruction with one field of its secret changed and bound again before anybody signs it. */
export function withSecret({ instruction, secret }: Unsigned, path: string, to: unknown): Unsigned {
  if (secret === null) throw new Error('the instruction has no secret');
  const changed = { salt: secret.salt, value: withValue(secret.value, path, to) };
  return {
    instruction: { ...instruction, secretHash: hashSecret({ salt: changed.salt, secret: changed.value }) },
    secret: changed,
  };
}
