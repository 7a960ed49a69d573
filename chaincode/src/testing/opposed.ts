import { commitOwner, deriveId, hashParts, instructionKey, rosterLeaf, rosterRootWith } from '@tallystick/crypto';
import type { SubmitResult } from '@tallystick/ledger';
import { PUBLIC_ARGUMENT, recordKey, type HoldingRecord, type RecordType } from '@tallystick/protocol';
import { partiesOf } from '../holding/proven-holding';
import { valuePolicy } from '../state/key-policy';
import { ALL, BANK_A, BANK_B, CORE, OPERATOR, type Consortium } from './consortium';
import { newKey, type Firm } from './firm';
import { WRITES, type Write } from './lawless';
import { offer, type Offered } from './passing';
import { activeCertificate, grantLine, issue, type Active } from './trade';

/** Has organisations endorse these writes and sends them. */
export function force(
  { network }: Consortium,
  from: string,
  endorsers: string[],
  writes: readonly Write[],
): Promise<SubmitResult> {
  const asText = writes.map(({ policy, ...write }) => ({
    ...write,
    policy: policy === undefined ? null : Buffer.from(policy).toString('base64'),
  }));
  const transient = { [WRITES]: Buffer.from(JSON.stringify(asText)) };
  const call = { contract: 'instruction', fn: 'voidInstruction', args: [PUBLIC_ARGUMENT], transient, endorsers };
  return network.ledgerFor(from).submit(call);
}

/** What there is to be stolen: a claim of a supplier's, an offer that waits, an offered certificate that lapsed. */
export interface Prey {
  active: Active;
  waiting: Offered;
  lapsed: string;
  victim: Firm;
}

const FACE = 1_000_000_00n;
/** Longer than an offered certificate waits for its acceptance. */
const LAPSE_MS = 11 * 86_400_000;

/** A trade with everything in it that there is to be stolen. */
export async function preyOn(consortium: Consortium): Promise<Prey> {
  const [first, second] = consortium.firms.suppliers as [Firm, Firm];
  const line = await grantLine(consortium);
  const [lapsed] = await issue(consortium, line, [{ creditor: first, faceFen: FACE }]);
  await consortium.pass(LAPSE_MS);
  const active = await activeCertificate(consortium, line, { creditor: first, faceFen: FACE });
  const other = await activeCertificate(consortium, line, { creditor: first, faceFen: FACE });
  const { offered } = await offer(consortium, other, first, { to: [{ receiver: second, amountFen: FACE / 2n }] });
  const [waiting] = offered;
  if (waiting === undefined || lapsed === undefined) throw new Error('nothing to steal');
  return { active, waiting, lapsed: lapsed.certificate, victim: second };
}

/** The firm of an organisation that would gain. */
export function thiefOf({ firms }: Consortium, rogue: string): Firm {
  const thief = { [OPERATOR]: firms.operator, [CORE]: firms.core, [BANK_A]: firms.bankA, [BANK_B]: firms.bankB }[rogue];
  if (thief === undefined) throw new Error(`no firm of ${rogue}`);
  return thief;
}

export const CRIMES = [
  'mints a second claim on a certificate',
  'enlarges a holding',
  'steals a holding',
  'accepts for a receiver that signed nothing',
  'accepts a certificate after its window, as if in time',
  'replaces a member’s key',
] as const;

/** Crimes by name, each as the records that it would write: consistent in itself, as far as its author could make it so. */
export async function crimes(
  consortium: Consortium,
  { active, waiting, lapsed, victim }: Prey,
  thief: Firm,
): Promise<Record<(typeof CRIMES)[number], Write[]>> {
  const write = (type: RecordType, id: string, record: unknown, policy?: Uint8Array): Write => ({
    key: id === '' ? recordKey(type) : recordKey(type, ...id.split('/')),
    record,
    ...(policy !== undefined && { policy }),
  });
  const certificate = await consortium.record('Certificate', active.certificate.certificate);
  const holding = await consortium.record('Holding', active.holding.holding);
  const order = await consortium.record('Order', waiting.transfer.order);
  const piece = await consortium.record('Holding', waiting.holding.holding);
  const old = await consortium.record('Certificate', lapsed);

  const instructionId = '01900000-0000-7000-8000-000000000000';
  const madeBy = instructionKey({ member: thief.record.id, id: instructionId });
  const instruction = write('Instruction', madeBy, {
    schema: 1,
    hash: hashParts('none'),
    outcome: '{}',
    voided: false,
  });
  const id = deriveId({ member: thief.record.id, instructionId, index: 0 });
  const salt = consortium.random(16);
  const owned = (by: Firm, from: HoldingRecord): HoldingRecord => ({
    ...from,
    id,
    parent: from.id,
    owner: commitOwner({ holdingId: id, memberId: by.record.id, salt }),
    host: by.record.host,
    depth: from.depth + 1,
    status: 'live',
    lock: null,
    madeBy,
    spentBy: null,
  });
  const guarded = (record: HoldingRecord): Write =>
    write('Holding', record.id, record, valuePolicy(partiesOf(certificate, record.host)));
  const spent = (record: HoldingRecord): Write =>
    write('Holding', record.id, { ...record, status: 'consumed', lock: null, spentBy: madeBy });
  const { lo, hi } = old.public;

  return {
    'mints a second claim on a certificate': [
      instruction,
      guarded({ ...owned(thief, holding), parent: null, depth: 0 }),
    ],
    'enlarges a holding': [instruction, write('Holding', holding.id, { ...holding, hi: hashParts('further') })],
    'steals a holding': [instruction, spent(holding), guarded(owned(thief, holding))],
    'accepts for a receiver that signed nothing': [
      instruction,
      write('Order', order.id, { ...order, state: 'accepted' }),
      spent(piece),
      guarded(owned(victim, piece)),
    ],
    'accepts a certificate after its window, as if in time': [
      instruction,
      write('Certificate', old.public.id, { ...old, status: 'active' }),
      guarded({ ...owned(thief, holding), certificate: old.public.id, parent: null, depth: 0, lo, hi }),
    ],
    'replaces a member’s key': [instruction, ...replacedKey(consortium, victim)],
  };
}

/** The maker's key of a firm becomes one that its owner never had; record and roster fit each other. */
function replacedKey(consortium: Consortium, { record }: Firm): Write[] {
  const { key } = newKey('maker', consortium.now, consortium.random);
  const keys = record.keys.map((each) => (each.roles.includes('maker') ? { ...key, person: each.person } : each));
  const changed = { ...record, keys };
  const roster = consortium.roster(record.host);
  const root = rosterRootWith({ index: record.index, leaf: rosterLeaf(changed), proof: roster.proofAt(record.index) });
  return [
    { key: recordKey('Member', record.id), record: changed },
    { key: recordKey('Roster', record.host), record: { ...roster.state, root } },
  ];
}

/** Public records as each organisation's peer has them: to see that nothing changed. */
export async function stateOf(consortium: Consortium, keys: readonly string[]): Promise<(string | null)[]> {
  const asked = ALL.flatMap((msp) =>
    keys.map((key) => consortium.query(msp, 'network', 'record', key).catch(() => null)),
  );
  return Promise.all(asked);
}
