/**
 * Roster: a Merkle tree of fixed depth over one host's member records, each at its own index. Only the root is public,
 * so a transaction proves that a member is admitted without naming it.
 *
 * @module
 */
import { bytesOfHex, bytesToHex } from './bytes';
import { encodeParts, hashJson, sha256 } from './hash';

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

/** What is hashed for a node, with the places of its two children: filled in anew each time, for a proof takes twenty of them. */
const nodeForm = encodeParts('tallystick/roster-node/1', new Uint8Array(32), new Uint8Array(32));
const RIGHT_AT = nodeForm.length - 32;
const LEFT_AT = RIGHT_AT - 4 - 32;

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeForm.set(left, LEFT_AT);
  nodeForm.set(right, RIGHT_AT);
  return sha256(nodeForm);
}

/** Hashes of the subtree without members, from the empty place (level 0) to the root. */
const emptySubtrees: readonly Uint8Array[] = (() => {
  let hash = sha256(encodeParts('tallystick/roster-empty/1'));
  const hashes = [hash];
  for (let level = 0; level < ROSTER_DEPTH; level++) hashes.push((hash = nodeHash(hash, hash)));
  return hashes;
})();

function emptySubtree(level: number): Uint8Array {
  const hash = emptySubtrees[level];
  if (hash === undefined) throw new RangeError(`the roster has no level ${level}`);
  return hash;
}

/** Root of a roster without members. */
export const EMPTY_ROSTER_ROOT = bytesToHex(emptySubtree(ROSTER_DEPTH));

function checkIndex(index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= 2 ** ROSTER_DEPTH) {
    throw new RangeError(`index must be an integer from 0 to 2^${ROSTER_DEPTH} - 1`);
  }
}

function leafBytes(leaf: string | null): Uint8Array {
  return leaf === null ? emptySubtree(0) : bytesOfHex(leaf, 'leaf', { byteLength: 32 });
}

/**
 * Root of the roster that has `leaf` at `index`, given the proof of that place: the new root after a change there.
 *
 * @throws RangeError for an index outside the tree; TypeError for a malformed leaf or proof.
 */
export function rosterRootWith({ index, leaf, proof }: RosterPlace): string {
  checkIndex(index);
  if (proof.length !== ROSTER_DEPTH) throw new TypeError(`proof must have ${ROSTER_DEPTH} siblings`);
  let node = leafBytes(leaf);
  proof.forEach((given, level) => {
    const sibling = given === '' ? emptySubtree(level) : bytesOfHex(given, 'sibling', { byteLength: 32 });
    node = (index >> level) & 1 ? nodeHash(sibling, node) : nodeHash(node, sibling);
  });
  return bytesToHex(node);
}

/** Whether the roster under `root` has `leaf` (null: nobody) at `index`. False also for anything malformed. */
export function verifyRosterProof({ root, ...place }: RosterPlace & { readonly root: string }): boolean {
  try {
    return rosterRootWith(place) === root;
  } catch {
    return false; // Only the checks of form throw.
  }
}

/** The whole tree, for who keeps the member records. Memory grows with the members, not with the places. */
export class RosterTree {
  /** Nodes by level and position; a subtree without members has none. */
  private readonly levels = Array.from({ length: ROSTER_DEPTH + 1 }, () => new Map<number, Uint8Array>());

  get root(): string {
    return bytesToHex(this.node(ROSTER_DEPTH, 0) ?? emptySubtree(ROSTER_DEPTH));
  }

  /**
   * Puts a member's leaf at `index`, or clears the place with null.
   *
   * @throws RangeError for an index outside the tree; TypeError for a malformed leaf.
   */
  set(index: number, leaf: string | null): void {
    checkIndex(index);
    this.store(0, index, leaf === null ? undefined : leafBytes(leaf));
    for (let level = 0; level < ROSTER_DEPTH; level++) {
      const position = index >> level;
      const left = this.node(level, position & ~1);
      const right = this.node(level, position | 1);
      const empty = emptySubtree(level);
      this.store(level + 1, position >> 1, left || right ? nodeHash(left ?? empty, right ?? empty) : undefined);
    }
  }

  /** The leaf at `index`, null where nobody stands. */
  leaf(index: number): string | null {
    const leaf = this.node(0, index);
    return leaf ? bytesToHex(leaf) : null;
  }

  /** Proof of the place `index`, taken or empty. @throws RangeError for an index outside the tree. */
  proof(index: number): string[] {
    checkIndex(index);
    return Array.from({ length: ROSTER_DEPTH }, (_, level) => {
      const sibling = this.node(level, (index >> level) ^ 1);
      return sibling ? bytesToHex(sibling) : '';
    });
  }

  private node(level: number, position: number): Uint8Array | undefined {
    return this.levels[level]?.get(position);
  }

  private store(level: number, position: number, hash: Uint8Array | undefined): void {
    if (hash) this.levels[level]?.set(position, hash);
    else this.levels[level]?.delete(position);
  }
}
