import { accept, refuse, type Outcome, type RefusalCode } from '../refusal';

/** A name in both languages. */
export interface Label {
  zh: string;
  en: string;
}

/** One permitted step: by this action, from these states to that one. */
export interface Edge<State extends string, Action extends string> {
  action: Action;
  from: readonly State[];
  to: State;
  /** Who may take it, for people to read. */
  by: string;
}

/** The automaton of one noun as data: rules step by it, and the UI and docs are made from it. */
export interface Lifecycle<State extends string, Action extends string> {
  noun: string;
  initial: State;
  states: Readonly<Record<State, Label>>;
  edges: readonly Edge<State, Action>[];
  /** The refusal when a step is not permitted. */
  refusal: RefusalCode;
}

/** The state an action leads to, or the lifecycle's refusal naming the present state. */
export function step<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
  state: State,
  action: Action,
): Outcome<State> {
  const edge = lifecycle.edges.find((candidate) => candidate.action === action && candidate.from.includes(state));
  return edge ? accept(edge.to) : refuse(lifecycle.refusal, { state, action });
}

/** States that no edge leaves: they absorb. */
export function terminalStates<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action>,
): State[] {
  const left = new Set(lifecycle.edges.flatMap(({ from, to }) => from.filter((state) => state !== to)));
  return (Object.keys(lifecycle.states) as State[]).filter((state) => !left.has(state));
}
