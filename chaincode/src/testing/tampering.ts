import { ContractRefusal } from '@tallystick/ledger';
import type { Consortium, Sending } from './consortium';
import { flipLeaf, leafPaths } from './flip';

/**
 * Paths of the fields of a signed request that somebody could change and still be accepted.
 * @throws Error when the request as it is fails, or a change breaks the contract instead of being refused
 */
export async function survivors(consortium: Consortium, call: Sending): Promise<string[]> {
  const request = consortium.request(call);
  await consortium.tryRequest(call, request);
  const accepted: string[] = [];
  for (const path of leafPaths(request)) {
    const refused = await consortium.tryRequest(call, flipLeaf(request, path)).then(
      () => false,
      (error: unknown) => {
        if (error instanceof ContractRefusal) return true;
        throw new Error(`${path.join('.')}: the contract broke`, { cause: error });
      },
    );
    if (!refused) accepted.push(path.join('.'));
  }
  return accepted;
}
