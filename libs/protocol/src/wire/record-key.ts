/** Nouns of the channel state: one composite key type each (`ledger.md` §4). */
export const RECORD_TYPES = [
  'Genesis',
  'Clock',
  'RulePack',
  'Schedule',
  'Member',
  'MemberAct',
  'Roster',
  'Line',
  'Certificate',
  'Occupancy',
  'Standing',
  'Holding',
  'Order',
  'Invitation',
  'Quote',
  'Agreement',
  'Page',
  'Instruction',
  'Flag',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

const MIN = '\u0000';

/**
 * Fabric's composite key of a record, equal to `stub.createCompositeKey(type, parts)`.
 * @throws RangeError when a part is empty or holds U+0000 or U+10FFFF
 */
export function recordKey(type: RecordType, ...parts: string[]): string {
  for (const part of parts) {
    if (part === '' || part.includes(MIN) || part.includes('\u{10ffff}'))
      throw new RangeError(`bad key part for ${type}`);
  }
  return MIN + type + MIN + parts.map((part) => part + MIN).join('');
}

/** Splits a composite key into its type and parts; null when it is none of ours. */
export function parseRecordKey(key: string): { type: RecordType; parts: string[] } | null {
  if (!key.startsWith(MIN)) return null;
  const [type, ...rest] = key.slice(1).split(MIN);
  if (type === undefined || !RECORD_TYPES.includes(type as RecordType)) return null;
  return { type: type as RecordType, parts: rest.slice(0, -1) };
}

const OWN = 'own_';

/**
 * Private collection of one organisation, in which the openings that it may read stand: written with its endorsement, read by its own
 * clients. Not Fabric's implicit one, whose values a peer delivers with its blocks to any client of the channel.
 */
export const ownCollection = (msp: string): string => OWN + msp;
/** The organisation whose collection this is; undefined for any other name. */
export const collectionOwner = (collection: string): string | undefined =>
  collection.startsWith(OWN) ? collection.slice(OWN.length) : undefined;
/** The key under which a transaction's bundle of openings stands in it. */
export const bundleKey = (instructionKey: string): string => `${MIN}Bundle${MIN}${instructionKey}${MIN}`;
