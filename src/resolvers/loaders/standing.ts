import type { StageAndBlockers } from '../../flow/stage/stage.rules';
import type { Blocker } from '../../schema/shared/blocker.type';
import { globalIdOf } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import type { Session } from '../../stores/session';
import type { RequestContext } from '../request-context';
import { loaderAt } from './read';

type Read<Stage> = (session: Session, keys: readonly string[], now: Date) => Promise<Map<string, StageAndBlockers<Stage>>>;

/** Stage and blockers of a record: computed when asked, together for all records of the request. */
export async function standing<Stage>(context: RequestContext, read: Read<Stage>, record: GraphRow): Promise<StageAndBlockers<Stage>> {
  const loader = loaderAt<StageAndBlockers<Stage>>(context, read, async (keys) => {
    const found = await read(context.session, keys, context.command.clock.now());
    return keys.map((key) => found.get(key)!);
  });
  return loader.load(record['#']);
}

export function blockersOf({ blockers }: Pick<StageAndBlockers<unknown>, 'blockers'>): Blocker[] {
  return blockers.map(({ code, message, count, nextStep, records, recordIds }) => ({
    code, message, count, nextStep, recordIds: recordIds.map((id) => globalIdOf(records, id)),
  }));
}
