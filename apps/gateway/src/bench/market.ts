import {
  acceptCall,
  acceptCallOf,
  BANK_A,
  CORE,
  grantLine,
  issue,
  offerCall,
  OPERATOR,
  type Consortium,
  type Firm,
  type Held,
  type Offered,
  type SignedCall,
} from '@tallystick/chaincode/testing';
import { offerOpenings } from '@tallystick/protocol';
import { drive } from './measure';

/** The first creditor's host, the issuer and the witness. */
export const THREE = [OPERATOR, CORE, BANK_A];
const BATCH = 50;
const FACE = 1_000_000_00n;
const WIDTH = 50;

export const send = (consortium: Consortium, call: SignedCall) => consortium.submit({ ...call, endorsers: THREE });

/** Accepted certificates, each whole in the first supplier's hand. */
export async function stock(consortium: Consortium, count: number): Promise<Held[]> {
  const line = await grantLine(consortium, { limitFen: BigInt(count + BATCH) * FACE });
  const creditor = supplier(consortium, 0);
  const held: Held[] = [];
  while (held.length < count) {
    const requests = Array.from({ length: Math.min(BATCH, count - held.length) }, () => ({ creditor, faceFen: FACE }));
    const issued = await issue(consortium, line, requests);
    const calls = await Promise.all(
      issued.map(async (certificate) => ({ certificate, call: await acceptCall(consortium, certificate, creditor) })),
    );
    await drive(
      WIDTH,
      calls.map(
        ({ call }) =>
          () =>
            send(consortium, call),
      ),
    );
    held.push(...calls.map(({ certificate, call }) => ({ certificate, holding: call.holding })));
  }
  return held;
}

/** One transfer, signed by maker and checker on both sides: the offer that cuts, and its acceptance. */
export interface Transfer {
  offer: SignedCall;
  accept: SignedCall;
}

/** Signs a transfer of a third of each holding; nothing is sent yet. */
export async function signTransfers(consortium: Consortium, stocked: readonly Held[]): Promise<Transfer[]> {
  const [from, to] = [supplier(consortium, 0), supplier(consortium, 1)];
  const transfers: Transfer[] = [];
  for (const held of stocked) {
    const offer = await offerCall(consortium, held, from, { to: [{ receiver: to, amountFen: FACE / 3n }] });
    const { holdings, transfers: orders } = offerOpenings(offer.signed, held.holding);
    const [holding] = holdings;
    const [transfer] = orders;
    if (holding === undefined || transfer === undefined) throw new Error('an offer opens piece and order');
    const offered: Offered = { certificate: held.certificate, holding, transfer };
    transfers.push({ offer, accept: await acceptCallOf(consortium, offered, to) });
  }
  return transfers;
}

function supplier({ firms: { suppliers } }: Consortium, index: number): Firm {
  const firm = suppliers[index];
  if (firm === undefined) throw new Error(`no supplier ${String(index)}`);
  return firm;
}
