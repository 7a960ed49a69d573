/**
 * Roster: a Merkle tree of fixed depth over one host's member records, each at its own index. Only the root is public,
 * so a transaction proves that a member is admitted without naming it.
 *
 * @module
 */
import { bytesOfHex, isHex } from './bytes';
import { hashJson, hashParts } from './hash';

/** Levels between leaf and root: 2^20 members for each host. */
export const ROSTER_DEPTH = 20;

/**
 * Siblings from the leaf's level upwards, 64 hexadecimal characters each; '' stands for a subtree without members,
 * which keeps the proof of a small roster short.
 */
export type RosterProof = readonly string[];

/** A place in the roster: `leaf` as of {@link rosterLeaf}, or null where nobody stands. */
export interface RosterPlace {
  readonly index: number;
  readonly leaf: string | null;
  readonly proof: RosterProof;
}

/** Leaf of a member record. Leaf, node and empty place have domains of their own, so none passes for another. */
export function rosterLeaf(record: unknown): string {
  return hashJson('tallystick/roster-leaf/1', record);
}

function nodeHash(left: string, right: string): string {
  return hashParts(
    'tallystick/roster-node/1',
    bytesOfHex(left, 'node', { byteLength: 32 }),
    bytesOfHex(right, 'node', { byteLength: 32 }),
  );
}

/** Hash of the subtree without members at each level, from the empty place (level 0) to the root. */
const EMPTY_SUBTREES: readonly string[] = (() => {
  const hashes = [hashParts('tallystick/roster-empty/1')];
  for (let level = 0; level < ROSTER_DEPTH; level++)
    hashes.push(nodeHash(emptyAt(hashes, level), emptyAt(hashes, level)));
  return hashes;
})();

function emptyAt(hashes: readonly string[], level: number): string {
  const hash = hashes[level];
  if (hash === undefined) throw new RangeError(`the roster has no level ${level}`);
  return hash;
}

/** Root of a roster without members. */
export const EMPTY_ROSTER_ROOT = emptyAt(EMPTY_SUBTREES, ROSTER_DEPTH);

function checkIndex(index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= 2 ** ROSTER_DEPTH) {
    throw new RangeError(`index must be an integer from 0 to 2^${ROSTER_DEPTH} - 1`);
  }
}

/**
 * Root of the roster that has `leaf` at `index`, given the proof of that place: the new root after a change there.
 *
 * @throws RangeError for an index outside the tree; TypeError for a malformed leaf or proof.
 */
export function rosterRootWith({ index, leaf, proof }: RosterPlace): string {
  checkIndex(index);
  if (proof.length !== ROSTER_DEPTH) throw new TypeError(`proof must have ${ROSTER_DEPTH} siblings`);
  let node = leaf ?? emptyAt(EMPTY_SUBTREES, 0);
  proof.forEach((given, level) => {
    const sibling = given === '' ? emptyAt(EMPTY_SUBTREES, level) : given;
    node = (index >> level) & 1 ? nodeHash(sibling, node) : nodeHash(node, sibling);
  });
  return node;
}

/** Whether the roster under `root` has `leaf` (null: nobody) at `index`. False also for anything malformed. */
export function verifyRosterProof({ root, index, leaf, proof }: RosterPlace & { readonly root: string }): boolean {
  const wellFormed =
    Number.isInteger(index) &&
    index >= 0 &&
    index < 2 ** ROSTER_DEPTH &&
    (leaf === null || isHex(leaf, 32)) &&
    Array.isArray(proof) &&
    proof.length === ROSTER_DEPTH &&
    proof.every((sibling) => sibling === '' || isHex(sibling, 32));
  return wellFormed && rosterRootWith({ index, leaf, proof }) === root;
}

/** The whole tree, for who keeps the member records. Memory grows with the members, not with the places. */
export class RosterTree {
  private readonly levels = Array.from({ length: ROSTER_DEPTH + 1 }, () => new Map<number, string>());

  get root(): string {
    return this.node(ROSTER_DEPTH, 0);
  }

  /**
   * Puts a member's leaf at `index`, or clears the place with null.
   *
   * @throws RangeError for an index outside the tree; TypeError for a malformed leaf.
   */
  set(index: number, leaf: string | null): void {
    checkIndex(index);
    if (leaf !== null) bytesOfHex(leaf, 'leaf', { byteLength: 32 });
    this.store(0, index, leaf ?? emptyAt(EMPTY_SUBTREES, 0));
    for (let level = 0; level < ROSTER_DEPTH; level++) {
      const left = (index >> level) & ~1;
      this.store(level + 1, left >> 1, nodeHash(this.node(level, left), this.node(level, left + 1)));
    }
  }

  /** The leaf at `index`, null where nobody stands. */
  leaf(index: number): string | null {
    return this.levels[0]?.get(index) ?? null;
  }

  /** Proof of the place `index`, taken or empty. @throws RangeError for an index outside the tree. */
  proof(index: number): string[] {
    checkIndex(index);
    return Array.from({ length: ROSTER_DEPTH }, (_, level) => this.levels[level]?.get((index >> level) ^ 1) ?? '');
  }

  private node(level: number, position: number): string {
    return this.levels[level]?.get(position) ?? emptyAt(EMPTY_SUBTREES, level);
  }

  private store(level: number, position: number, hash: string): void {
    if (hash === emptyAt(EMPTY_SUBTREES, level)) this.levels[level]?.delete(position);
    else this.levels[level]?.set(position, hash);
  }
}
