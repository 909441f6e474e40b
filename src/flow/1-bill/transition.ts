import { InternalError, wrongState, type Refusal } from '../../kernel/refusal';
import { statesAllowing, type StateTable } from '../../kernel/state-table';

/** A thing that has states: its literal table and the names of its states as users see them. */
export interface States<State extends number, Action extends string> {
  readonly names: Readonly<Record<number, string>>;
  readonly table: StateTable<State, Action>;
}

/** Why `action` is not allowed in the state that `what` is in; null when it is. A missing status allows nothing. */
export function refusalOf<State extends number, Action extends string>(
  { names, table }: States<State, Action>,
  what: string,
  from: State | null,
  action: Action,
  path?: string[],
): Refusal | null {
  if (from !== null && table[from]?.[action] !== undefined) return null;
  const allowed = statesAllowing(table, action);
  const to = allowed.length > 0 ? table[Number(allowed[0]) as State][action] : undefined;
  return wrongState({
    what,
    from: from === null ? 'NONE' : (names[from] ?? String(from)),
    to: to === undefined ? action : (names[to] ?? String(to)),
    allowed: allowed.map((state) => names[Number(state)] ?? state),
    ...(path && { path }),
  });
}

/** From where to where an action leads that is allowed in one state only: what a compare-and-set needs. */
export function moveOf<State extends number, Action extends string>(
  { table }: States<State, Action>,
  action: Action,
): readonly [from: State, to: State] {
  const [from, ...others] = statesAllowing(table, action).map((state) => Number(state) as State);
  const to = from === undefined ? undefined : table[from][action];
  if (from === undefined || to === undefined || others.length > 0)
    throw new InternalError(`${action} does not leave exactly one state`);
  return [from, to];
}
