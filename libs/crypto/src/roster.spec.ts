import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  EMPTY_ROSTER_ROOT,
  ROSTER_DEPTH,
  rosterLeaf,
  rosterRootWith,
  RosterTree,
  verifyRosterProof,
  type RosterProof,
} from './index';

const { rosters } = JSON.parse(readFileSync(join(__dirname, '../vectors/roster.json'), 'utf8')) as {
  rosters: { indexes: number[]; root: string }[];
};

const LAST = 2 ** ROSTER_DEPTH - 1;
const leafOf = (index: number): string => rosterLeaf({ memberId: `member-${index}`, status: 'ACTIVE' });

function treeOf(indexes: readonly number[]): RosterTree {
  const tree = new RosterTree();
  for (const index of indexes) tree.set(index, leafOf(index));
  return tree;
}

describe('roster', () => {
  it.each(rosters)('of $indexes has the root of the vector', ({ indexes, root }) => {
    expect(treeOf(indexes).root).toBe(root);
    expect(treeOf([...indexes].reverse()).root).toBe(root);
  });

  it('without members has the empty root, also after the last one left', () => {
    const tree = treeOf([3, LAST]);
    tree.set(3, null);
    tree.set(LAST, null);
    expect(tree.root).toBe(EMPTY_ROSTER_ROOT);
    expect(tree.leaf(3)).toBeNull();
    expect(tree.proof(3)).toEqual(Array(ROSTER_DEPTH).fill(''));
  });

  it('proves each member and each empty place, and nothing else', () => {
    const index = fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: LAST }));
    fc.assert(
      fc.property(fc.uniqueArray(index, { minLength: 1, maxLength: 12 }), index, (members, asked) => {
        const tree = treeOf(members);
        const place = { root: tree.root, index: asked, leaf: tree.leaf(asked), proof: tree.proof(asked) };
        expect(place.leaf).toBe(members.includes(asked) ? leafOf(asked) : null);
        expect(verifyRosterProof(place)).toBe(true);
        expect(verifyRosterProof({ ...place, leaf: place.leaf === null ? leafOf(asked) : null })).toBe(false);
        expect(verifyRosterProof({ ...place, leaf: leafOf(asked + 1) })).toBe(false);
        expect(verifyRosterProof({ ...place, root: EMPTY_ROSTER_ROOT })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a member at another index', () => {
    const tree = treeOf([4, 5, 9]);
    const place = { root: tree.root, leaf: leafOf(4), proof: tree.proof(4) };
    expect(verifyRosterProof({ ...place, index: 4 })).toBe(true);
    for (const index of [0, 5, 6, 4 + 2 ** 19]) expect(verifyRosterProof({ ...place, index })).toBe(false);
  });

  it('refuses a proof with any sibling changed', () => {
    const tree = treeOf([0, 1, 2, 3, 70, LAST]);
    const place = { root: tree.root, index: 2, leaf: leafOf(2) };
    for (let level = 0; level < ROSTER_DEPTH; level++) {
      const proof = tree.proof(2).map((sibling, at) => (at === level ? leafOf(77) : sibling));
      expect(verifyRosterProof({ ...place, proof })).toBe(false);
    }
  });

  it('never takes an inner node for a member', () => {
    const tree = treeOf([0, 1]);
    const inner = tree.proof(2)[1] ?? '';
    expect(inner).toMatch(/^[0-9a-f]{64}$/);
    const shortened = ['', ...tree.proof(0).slice(1)];
    expect(verifyRosterProof({ root: tree.root, index: 0, leaf: inner, proof: shortened })).toBe(false);
    expect(verifyRosterProof({ root: tree.root, index: 0, leaf: inner, proof: tree.proof(0).slice(1) })).toBe(false);
  });

  it('gives the next root from a proof alone', () => {
    const tree = treeOf([1, 6, 40_000]);
    for (const [index, leaf] of [
      [6, leafOf(99)],
      [7, leafOf(7)],
      [1, null],
    ] as const) {
      const proof = tree.proof(index);
      tree.set(index, leaf);
      expect(rosterRootWith({ index, leaf, proof })).toBe(tree.root);
    }
  });

  it('changes its leaf with any field of the record', () => {
    expect(rosterLeaf({ memberId: 'a', status: 'ACTIVE' })).not.toBe(
      rosterLeaf({ memberId: 'a', status: 'SUSPENDED' }),
    );
  });

  it.each([[-1], [LAST + 1], [0.5], [NaN], ['1' as unknown as number]])('refuses the index %s', (index) => {
    const tree = treeOf([1]);
    const place = { index, leaf: leafOf(1), proof: tree.proof(1) };
    expect(() => tree.set(index, leafOf(1))).toThrow(RangeError);
    expect(() => tree.proof(index)).toThrow(RangeError);
    expect(() => rosterRootWith(place)).toThrow(RangeError);
    expect(verifyRosterProof({ ...place, root: tree.root })).toBe(false);
  });

  it('refuses an index beyond the tree that would alias a member', () => {
    const tree = treeOf([1]);
    const alias = { root: tree.root, index: 1 + 2 ** ROSTER_DEPTH, leaf: leafOf(1), proof: tree.proof(1) };
    expect(verifyRosterProof(alias)).toBe(false);
  });

  it.each([[''], ['ab'], ['A'.repeat(64)], ['g'.repeat(64)], [`${'a'.repeat(63)}\n`]])(
    'refuses the leaf %j',
    (leaf) => {
      const tree = treeOf([1]);
      expect(() => tree.set(1, leaf)).toThrow(TypeError);
      expect(() => rosterRootWith({ index: 1, leaf, proof: tree.proof(1) })).toThrow(TypeError);
      expect(verifyRosterProof({ root: tree.root, index: 1, leaf, proof: tree.proof(1) })).toBe(false);
    },
  );

  it.each<[string, (proof: string[]) => unknown]>([
    ['too short', (proof) => proof.slice(1)],
    ['too long', (proof) => [...proof, '']],
    ['with a sibling in upper case', (proof) => ['A'.repeat(64), ...proof.slice(1)]],
    ['with a short sibling', (proof) => ['ab', ...proof.slice(1)]],
    ['with null', (proof) => [null, ...proof.slice(1)]],
    ['that is text', () => 'a'.repeat(20)],
    ['that is missing', () => undefined],
  ])('refuses a proof %s', (_, change) => {
    const tree = treeOf([1]);
    const place = { index: 1, leaf: leafOf(1), proof: change(tree.proof(1)) as RosterProof };
    expect(() => rosterRootWith(place)).toThrow(TypeError);
    expect(verifyRosterProof({ ...place, root: tree.root })).toBe(false);
  });
});
