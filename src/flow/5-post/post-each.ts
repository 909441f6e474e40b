import type { CommandContext } from '../../context';
import { Refused, type Refusal } from '../../kernel/refusal';
import type { Session, UnitOfWork } from '../../stores/session';
import { runCommand, type CommandRequest } from '../command';

/** What became of one item of a plural posting: its outcome, or why it was refused. */
export interface PostingResult<Outcome> {
  readonly id: string;
  readonly outcome: Outcome | null;
  readonly refusals: readonly Refusal[];
}

/** The items that the input names by id, and the field that names them; null ids when the input does not name any. */
export interface NamedItems {
  readonly field: string;
  readonly ids: readonly string[] | null;
}

/** A refusal that points at no field points at the id in the input's list that it is about. */
function placed(refusal: Refusal, { field, ids }: NamedItems, id: string): Refusal {
  return refusal.path || !ids ? refusal : { ...refusal, path: ['input', field, String(ids.indexOf(id))] };
}

/**
 * Posts each selected item in a unit of work of its own, in the order of the selection: a refused item leaves the others alone.
 * With an idempotency key the selection is stored first, so that a repetition takes the same items, gets the outcomes of those
 * that were posted, and goes on with those that were not.
 */
export async function postEach<Outcome>(
  context: CommandContext,
  request: CommandRequest,
  named: NamedItems,
  selectOthers: (session: Session) => Promise<readonly string[]>,
  post: (work: UnitOfWork, id: string) => Promise<Outcome>,
): Promise<PostingResult<Outcome>[]> {
  const { mutation, idempotencyKey } = request;
  const select = async (session: Session) => named.ids ?? selectOthers(session);
  const selected = idempotencyKey ? await runCommand(context, request, select) : await select(context.database.reader);
  const results: PostingResult<Outcome>[] = [];
  for (const id of new Set(selected)) {
    const item: CommandRequest = { mutation, input: { id }, idempotencyKey: idempotencyKey ? `${idempotencyKey}/${id}` : null };
    try {
      results.push({ id, outcome: await runCommand(context, item, (work) => post(work, id)), refusals: [] });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      results.push({ id, outcome: null, refusals: error.refusals.map((refusal) => placed(refusal, named, id)) });
    }
  }
  return results;
}
