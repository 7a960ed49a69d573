import {
  canonicalBytes,
  commitOwner,
  deriveId,
  hashParts,
  instructionKey,
  rosterLeaf,
  rosterRootWith,
} from '@tallystick/crypto';
import type { ContractClass, SubmitResult } from '@tallystick/ledger';
import { PUBLIC_ARGUMENT, recordKey, type HoldingRecord, type RecordType } from '@tallystick/protocol';
import type { Contract, Context } from 'fabric-contract-api';
import { contractsWith } from '..';
import type { WallClock } from '../authorisation/time';
import { partiesOf } from '../holding/proven-holding';
import { valuePolicy } from '../state/key-policy';
import { ALL, type Consortium } from './consortium';
import { newKey, type Firm } from './firm';
import type { Offered } from './passing';
import type { Active } from './trade';

/** What an organisation writes of its own will; `policy` guards a new key as the contract would. */
interface Write {
  key: string;
  record: unknown;
  policy?: Uint8Array;
}
const WRITES = 'writes';

/**
 * Contracts of an organisation that runs a program of its own: all as it should be, but that `instruction.voidInstruction` writes what
 * its client asks, checking nothing.
 */
export function lawlessContracts(wallClock: WallClock): ContractClass[] {
  return contractsWith(wallClock).map(
    (Honest) =>
      class {
        constructor() {
          const contract = new Honest() as Contract;
          const get = (target: Contract, property: string | symbol): unknown =>
            property === 'voidInstruction' ? writeAll : Reflect.get(target, property);
          return contract.getName() === 'instruction' ? new Proxy(contract, { get }) : contract;
        }
      },
  );
}

async function writeAll({ stub }: Context): Promise<string> {
  const bytes = stub.getTransient().get(WRITES) ?? new Uint8Array();
  const writes = JSON.parse(new TextDecoder().decode(bytes)) as (Omit<Write, 'policy'> & { policy: string | null })[];
  for (const { key, record, policy } of writes) {
    await stub.putState(key, canonicalBytes(record));
    if (policy !== null) await stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'));
  }
  return '{}';
}

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

/** Crimes by name, each as the records that it would write: consistent in itself, as far as its author could make it so. */
export async function crimes(
  consortium: Consortium,
  { active, waiting, lapsed, victim }: Prey,
  thief: Firm,
): Promise<Record<string, Write[]>> {
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
