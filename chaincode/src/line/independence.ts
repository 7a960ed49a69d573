import type { GenesisRecord, MemberRecord } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';

/**
 * A certificate's witness and its stand-in are two different authorities outside the issuer's and the operator's groups, so
 * that neither the debtor nor the platform can vouch for itself.
 * @throws Refused WITNESS_NOT_INDEPENDENT naming the organisation
 */
export function requireIndependent(
  genesis: GenesisRecord,
  issuer: MemberRecord,
  organisations: { witness: string; standIn: string },
): void {
  const groupOf = (msp: string): string | null => genesis.organisations.find((each) => each.msp === msp)?.group ?? null;
  const partial = new Set([genesis.operatorMsp, issuer.host]);
  const partialGroups = new Set([
    issuer.group,
    genesis.operator.group,
    groupOf(issuer.host),
    groupOf(genesis.operatorMsp),
  ]);
  for (const msp of [organisations.witness, organisations.standIn]) {
    const organisation = genesis.organisations.find((each) => each.msp === msp);
    const related = partial.has(msp) || (groupOf(msp) !== null && partialGroups.has(groupOf(msp)));
    if (organisation?.authority !== true || related)
      throw new Refused('WITNESS_NOT_INDEPENDENT', { organisation: msp });
  }
  if (organisations.witness === organisations.standIn) {
    throw new Refused('WITNESS_NOT_INDEPENDENT', { organisation: organisations.standIn });
  }
}
