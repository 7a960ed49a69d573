import { ownCollection } from '@tallystick/protocol';
import type { Consortium } from './consortium';

/**
 * The private collections of a chaincode, one for each organisation, as Fabric's programs read them. Against Fabric's implicit collections
 * there is one difference, and it matters: `memberOnlyRead`. A peer delivers private values together with its blocks to every client that
 * may read blocks, other organisations' too, unless the collection forbids it; the implicit ones cannot.
 */
export function collectionsConfig({ organisations }: Pick<Consortium, 'organisations'>): string {
  const collections = organisations.map(({ msp }) => ({
    name: ownCollection(msp),
    policy: `OR('${msp}.member')`,
    // Written only with the organisation's own endorsement: its peer has the value already.
    endorsementPolicy: { signaturePolicy: `OR('${msp}.peer')` },
    requiredPeerCount: 0,
    maxPeerCount: 1,
    // For ever: openings are lost with their organisation only.
    blockToLive: 0,
    memberOnlyRead: true,
    // Clients of others write into it: who gives openings to its readers.
    memberOnlyWrite: false,
  }));
  return `${JSON.stringify(collections, null, 2)}\n`;
}
