import { InternalError } from './refusal';

/** The literal table of a thing that has states: from each state, the actions it allows and where they lead. */
export type StateTable<State extends string | number, Action extends string> = {
  readonly [S in State]: Partial<Record<Action, State>>;
};

/** Throws when a table leads to a state that it does not describe; called once at start. */
export function checkStateTable<S extends string | number, A extends string>(name: string, table: StateTable<S, A>): void {
  const states = new Set(Object.keys(table));
  for (const [from, actions] of Object.entries(table) as [string, Partial<Record<A, S>>][]) {
    for (const [action, to] of Object.entries(actions)) {
      if (!states.has(String(to))) throw new InternalError(`State table ${name}: ${from} --${action}--> ${String(to)} is not a state`);
    }
  }
}

/** The states from which `action` is allowed. */
export function statesAllowing<S extends string | number, A extends string>(table: StateTable<S, A>, action: A): string[] {
  return (Object.entries(table) as [string, Partial<Record<A, S>>][]).filter(([, actions]) => action in actions).map(([state]) => state);
}
