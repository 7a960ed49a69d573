import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { SimulatedEvent } from './chaincode';
import type { Proposal } from './proposal';
import type { PrivateWrite, ReadWriteSet } from './read-write-set';

const verifyAside = promisify(verify);

/** What endorsers sign: the proposal (without transient data) and what came of it. JSON; equal bytes or no deal. */
export interface Payload {
  txId: string;
  timestamp: string;
  creatorMsp: string;
  nonce: string;
  contract: string;
  fn: string;
  args: string[];
  response: string;
  event: SimulatedEvent | null;
  results: ReadWriteSet;
}

export interface Endorsement {
  mspId: string;
  /** ECDSA P-256 with SHA-256, DER, base64. */
  signature: string;
}

/** A transaction as ordered and kept in a block. */
export interface Envelope {
  /** JSON of `Payload`: text, because the signatures are over these bytes. */
  payload: string;
  endorsements: Endorsement[];
}

/** An envelope on its way to a block, with the clear private writes of each endorser beside it. */
export interface Transaction {
  envelope: Envelope;
  payload: Payload;
  privateWrites: ReadonlyMap<string, PrivateWrite[]>;
}

export function payloadOf(
  proposal: Proposal,
  simulated: { response: string; event: SimulatedEvent | null; results: ReadWriteSet },
): string {
  const payload: Payload = {
    txId: proposal.txId,
    timestamp: proposal.timestamp.toISOString(),
    creatorMsp: proposal.creatorMsp,
    nonce: proposal.nonce.toString('base64'),
    contract: proposal.contract,
    fn: proposal.fn,
    args: proposal.args,
    response: simulated.response,
    event: simulated.event,
    results: simulated.results,
  };
  return JSON.stringify(payload);
}

export function endorse(payload: string, mspId: string, key: KeyObject): Endorsement {
  return { mspId, signature: sign('sha256', signedBytes(payload, mspId), key).toString('base64') };
}

/** The organisations whose peer's valid signature is on the envelope, each once. Verified beside the main thread. */
export async function endorsersOf(envelope: Envelope, peerKeys: ReadonlyMap<string, KeyObject>): Promise<string[]> {
  const checked = await Promise.all(
    envelope.endorsements.map(async ({ mspId, signature }) => {
      const key = peerKeys.get(mspId);
      const bytes = signedBytes(envelope.payload, mspId);
      const isValid = key !== undefined && (await verifyAside('sha256', bytes, key, Buffer.from(signature, 'base64')));
      return isValid ? [mspId] : [];
    }),
  );
  return [...new Set(checked.flat())];
}

function signedBytes(payload: string, mspId: string): Buffer {
  return Buffer.from(`${payload}\n${mspId}`);
}
