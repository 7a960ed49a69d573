import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { LIFECYCLES, lifecyclePage } from './all';
import { step, terminalStates, type Lifecycle } from './lifecycle';

const page = join(__dirname, '../../../../docs/lifecycles.md');
const words = (text: string) => text.replace(/[ -]+/g, ' ');
const all = Object.values(LIFECYCLES) as unknown as Lifecycle<string, string>[];

describe.each(all.map((lifecycle) => [lifecycle.noun, lifecycle] as const))('the lifecycle of a %s', (_, lifecycle) => {
  const actions = [...new Set(lifecycle.edges.map(({ action }) => action))];
  const states = Object.keys(lifecycle.states);

  it('takes exactly its edges and refuses everything else by its code (I7)', () => {
    for (const state of states) {
      for (const action of actions) {
        const edge = lifecycle.edges.find((candidate) => candidate.action === action && candidate.from.includes(state));
        const outcome = step(lifecycle, state, action);
        if (edge) expect(expectAccepted(outcome)).toBe(edge.to);
        else expect(expectRefusal(outcome, lifecycle.refusal).details['state']).toBe(state);
      }
    }
  });

  it('has one edge for a state and an action, names only its states, and reaches them all', () => {
    const pairs = lifecycle.edges.flatMap(({ from, action }) => from.map((state) => `${state} ${action}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    const reached = new Set([lifecycle.initial, ...lifecycle.edges.map(({ to }) => to)]);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('absorbs in its last states, on any walk', () => {
    const last = terminalStates(lifecycle);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 30 }), (walk) => {
        let state = lifecycle.initial;
        for (const action of walk) {
          const next = step(lifecycle, state, action);
          if (last.includes(state)) expect(next.ok).toBe(false);
          if (next.ok) state = next.value;
        }
      }),
    );
  });
});

it('the page in the docs is these lifecycles (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, lifecyclePage());
  expect(words(readFileSync(page, 'utf8'))).toBe(words(lifecyclePage()));
});
