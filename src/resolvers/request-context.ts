import type DataLoader from 'dataloader';
import type { CommandContext } from '../context';
import type { Session } from '../stores/session';

/** What the resolvers of one request share. */
export interface RequestContext {
  /** What the request reads from: a replica perhaps, until a mutation begins, whose answer must hold what it has just done. */
  session: Session;
  readonly command: CommandContext;
  /** One loader per place in the request's text, or per fact that several fields share: rows of a list ask together. Each mutation begins with none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- loaders of different records side by side
  loaders: WeakMap<object, DataLoader<string, any>>;
}

export function requestContext(shared: Omit<CommandContext, 'actor'>, facts: { actor: string }): RequestContext {
  return { session: shared.database.queries, command: { ...shared, actor: facts.actor }, loaders: new WeakMap() };
}
