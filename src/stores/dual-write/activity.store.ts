import { TableMapActivity } from '../../entities/dual-write';
import { timestampOf, type Clock } from '../../kernel/clock';
import type { Ids } from '../../kernel/ids';
import { insertRows } from '../bulk';
import type { UnitOfWork } from '../session';

/** What a line of the activity log says; who and when come from the context. */
export type Activity = Pick<TableMapActivity, 'kind' | 'mapName' | 'sentence'> & Partial<Pick<TableMapActivity, 'facts'>>;

const SENTENCE_CHARACTERS_MAX = 1000;

/** Writes a line into the activity log, in the unit of work that does what it tells of: either both are stored or neither. Gives its id. */
export async function recordActivity(
  work: UnitOfWork, { clock, ids, actor }: { clock: Clock; ids: Ids; actor: string }, { facts = {}, sentence, ...activity }: Activity,
): Promise<string> {
  const row = { ...activity, id: ids.next(), on: timestampOf(clock), actor, facts, sentence: sentence.slice(0, SENTENCE_CHARACTERS_MAX) };
  await insertRows(work, TableMapActivity, [row]);
  return row.id;
}
