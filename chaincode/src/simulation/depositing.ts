import { buildDeposit, noOpenings, planFixedCall } from '@tallystick/protocol';
import { ALL } from '../testing/consortium';
import { handFor } from './hands-at-random';
import type { Move, World } from './world';

/** A firm's service gives an organisation its copy of a holding's opening: one that may read it, or one that may not. */
export async function deposit(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  if (book.parts.length === 0) return null;
  const part = dice.pick(book.parts);
  const { issuer, line } = part.claim;
  const by = dice.prefer(firms, ({ record }) => record.host === part.owner.record.host) ?? part.owner;
  const readers = [part.owner.record.host, issuer.record.host, line.bank.record.host, line.standIn];
  const to = dice.pick(ALL);
  const hand = handFor(world, by, 'service');
  const client = world.client(hand, by);
  const bundle = { v: 1 as const, instructions: [], openings: { ...noOpenings(), holdings: [part.opening] } };
  const signed = await client.sign(buildDeposit({ ...client.authoring(by), to, bundle }), by, 'service');
  const { opening } = part;
  return {
    name: 'deposit.openings',
    sending: { contract: 'deposit', fn: 'openings', signed, readers: [to] },
    plan: (network) => ({ ...planFixedCall([to, by.record.host], network), readers: [to] }),
    foresee: world.judged({ by, hand, need: 'service' }, () => {
      if (opening !== part.opening) return 'OPENING_MISMATCH';
      return readers.includes(to) ? null : 'COLLECTION_FORBIDDEN';
    }),
    happen: () => undefined,
  };
}
