import { EMPTY_ROSTER_ROOT, rosterLeaf, rosterRootWith } from '@tallystick/crypto';
import { decideAdmission, instantAt, RulePackSchema, type RulePack } from '@tallystick/domain';
import type { GenesisContext, GenesisRecord, Organisation } from '@tallystick/protocol';
import type { z } from 'zod';
import { packInForce } from '../authorisation/rules-in-force';
import { businessTime } from '../authorisation/time';
import { parsed } from '../contract/request';
import { requireOwnKeys } from '../member/key-proof';
import { allowed, Refused } from '../refusal/refused';
import { consortiumPolicy, everyonePolicy, rosterPolicy, withAuthority } from '../state/key-policy';
import type { State } from '../state/state';

type Founding = z.infer<typeof GenesisContext>;

/**
 * Founds the network: genesis, first rule pack and schedule, the trial clock, every organisation's roster with the operator
 * in its own. Nobody is a member yet, so the operator's founding keys sign its record, and every organisation endorses.
 * @param at the channel and the transaction's timestamp
 * @throws Refused RECORD_EXISTS for a second genesis; RULE_PACK_UNKNOWN when its rules are not in force yet; BAD_INPUT, WRONG_NETWORK, SIG_INVALID and what an admission refuses
 */
export async function foundNetwork(
  state: State,
  founding: Founding,
  at: { channel: string; ts: string },
): Promise<void> {
  const { genesis, admission, rulePack, clockOffsetMs } = founding;
  if ((await state.find('Genesis')) !== null) throw new Refused('RECORD_EXISTS', { record: 'Genesis' });
  if (genesis.channel !== at.channel) throw new Refused('WRONG_NETWORK', { field: 'channel' });
  requireOrganisations(genesis);
  const rules = requireFirstRules(founding);
  requireOperator(genesis, rules);
  requireOwnKeys(genesis.operator, admission);
  if ((clockOffsetMs !== null) !== genesis.trial) throw new Refused('BAD_INPUT', { field: 'clockOffsetMs' });

  const packs = [{ id: rulePack.id, from: instantAt(rules.effectiveFrom, '00:00') }];
  // A network whose first rules come later could never publish others.
  packInForce({ schema: 1, packs }, businessTime(at.ts, clockOffsetMs ?? 0));

  await state.create('Genesis', [], genesis, everyonePolicy(genesis));
  if (clockOffsetMs !== null) {
    await state.create(
      'Clock',
      [],
      { schema: 1, offsetMs: clockOffsetMs },
      withAuthority(genesis, [genesis.operatorMsp]),
    );
  }
  await state.create('RulePack', [rulePack.id], rulePack, consortiumPolicy(genesis));
  await state.create('Schedule', [], { schema: 1, packs }, consortiumPolicy(genesis));
  await createRosters(state, genesis);
}

/** Rosters exist from the start, so that their policies guard them from the start. */
async function createRosters(state: State, genesis: GenesisRecord): Promise<void> {
  const { operator, operatorMsp } = genesis;
  const emptyProof = Array.from({ length: 20 }, () => '');
  const withOperator = rosterRootWith({ index: operator.index, leaf: rosterLeaf(operator), proof: emptyProof });
  for (const { msp } of genesis.organisations) {
    const [root, size] = msp === operatorMsp ? [withOperator, 1] : [EMPTY_ROSTER_ROOT, 0];
    await state.create('Roster', [msp], { schema: 1, host: msp, root, size }, rosterPolicy(genesis, msp));
  }
  await state.create('Member', [operator.id], operator, rosterPolicy(genesis, operatorMsp));
}

/** A witness and a stand-in must be found outside the operator's group, so two authorities at least. */
function requireOrganisations({ organisations, operatorMsp }: GenesisRecord): void {
  const names = new Set(organisations.map(({ msp }) => msp));
  const authorities = organisations.filter((each: Organisation) => each.authority);
  const operator = organisations.find(({ msp }) => msp === operatorMsp);
  if (names.size !== organisations.length || operator === undefined || operator.authority || authorities.length < 2) {
    throw new Refused('BAD_INPUT', { field: 'genesis.organisations' });
  }
}

function requireFirstRules({ genesis, rulePack }: Founding): RulePack {
  const rules = parsed(RulePackSchema, rulePack.rules, 'rulePack.rules');
  if (rulePack.id !== rules.id || rulePack.id !== genesis.firstRulePack) {
    throw new Refused('BAD_INPUT', { field: 'rulePack.id' });
  }
  if (rules.fingerprintKeyCommit !== genesis.fingerprintKeyCommit) {
    throw new Refused('BAD_INPUT', { field: 'fingerprintKeyCommit' });
  }
  return rules;
}

function requireOperator({ operator, operatorMsp }: GenesisRecord, rules: RulePack): void {
  const { kinds, host, index, status } = operator;
  if (!kinds.includes('OPERATOR') || host !== operatorMsp || index !== 0 || status !== 'active') {
    throw new Refused('BAD_INPUT', { field: 'genesis.operator' });
  }
  allowed(decideAdmission(operator, false, rules));
}
