import { terminalStates, type Lifecycle } from './lifecycle';

/** One lifecycle as a section of Markdown; `docs/lifecycles.md` is made of these. */
export function lifecycleTable<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
): string {
  const ends = new Set<State>(terminalStates(lifecycle));
  const states = (Object.keys(lifecycle.states) as State[]).map((state) => {
    const mark = state === lifecycle.initial ? ' (first)' : ends.has(state) ? ' (last)' : '';
    return `- \`${state}\`${mark}: ${lifecycle.states[state].en}, ${lifecycle.states[state].zh}`;
  });
  const edges = lifecycle.edges.map(({ from, action, to, by }) => `| ${from.join(', ')} | ${action} | ${to} | ${by} |`);
  return [
    `## ${lifecycle.noun}\n`,
    ...states,
    '\n| from | action | to | who |\n| --- | --- | --- | --- |',
    ...edges,
    `\nAnything else answers \`${lifecycle.refusal}\`.\n`,
  ].join('\n');
}
