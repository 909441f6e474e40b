import type { CommandContext } from '../../context';
import { Refused, type Refusal } from '../../kernel/refusal';
import type { Session, UnitOfWork } from '../../stores/session';
import { runCommand, type CommandRequest } from '../command';
import { stopHere } from '../stop';

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

/** How items are found that the input does not name. */
export interface Selection {
  /** The items that can be posted now, in a stable order. */
  readonly select: (session: Session) => Promise<readonly string[]>;
  /**
   * Look again when the first selection is done, for what has become ready meanwhile, until there is nothing new or this many items are
   * done. Without it the first selection is all.
   */
  readonly lateUpTo?: number;
}

/** A refusal that points at no field points at the id in the input's list that it is about. */
function placed(refusal: Refusal, { field, ids }: NamedItems, id: string): Refusal {
  return refusal.path || !ids ? refusal : { ...refusal, path: ['input', field, String(ids.indexOf(id))] };
}

/**
 * Posts each selected item in a unit of work of its own, in the order of the selection: a refused item leaves the others alone.
 * With an idempotency key each selection is stored first, so that a repetition takes the same items, gets the outcomes of those
 * that were posted, and goes on with those that were not. A selected item that another process posted meanwhile is left out: nobody
 * asked for that one by name.
 */
export async function postEach<Outcome>(
  context: CommandContext,
  request: CommandRequest,
  named: NamedItems,
  selection: Selection,
  post: (work: UnitOfWork, id: string) => Promise<Outcome>,
): Promise<PostingResult<Outcome>[]> {
  const { mutation, idempotencyKey } = request;
  const results: PostingResult<Outcome>[] = [];
  const seen = new Set<string>();
  const itemsMax = named.ids ? Infinity : (selection.lateUpTo ?? Infinity);
  for (let round = 0; seen.size < itemsMax; round += 1) {
    const fresh = (await selectRound(context, request, named, selection, round)).filter((id) => !seen.has(id)).slice(0, itemsMax - seen.size);
    for (const id of new Set(fresh)) {
      stopHere(context);
      seen.add(id);
      const item: CommandRequest = { mutation, input: { id }, idempotencyKey: idempotencyKey ? `${idempotencyKey}/${id}` : null };
      const result = await postOne(context, item, id, post);
      if (!named.ids && result.refusals[0]?.kind === 'state') continue;
      results.push({ ...result, refusals: result.refusals.map((refusal) => placed(refusal, named, id)) });
    }
    if (fresh.length === 0 || named.ids || selection.lateUpTo === undefined) break;
  }
  return results;
}

async function selectRound(
  context: CommandContext,
  request: CommandRequest,
  named: NamedItems,
  selection: Selection,
  round: number,
): Promise<readonly string[]> {
  const { idempotencyKey } = request;
  const select = async (session: Session) => named.ids ?? selection.select(session);
  if (!idempotencyKey) return select(context.database.reader);
  return runCommand(context, { ...request, idempotencyKey: round === 0 ? idempotencyKey : `${idempotencyKey}/selection ${round}` }, select);
}

async function postOne<Outcome>(
  context: CommandContext,
  item: CommandRequest,
  id: string,
  post: (work: UnitOfWork, id: string) => Promise<Outcome>,
): Promise<PostingResult<Outcome>> {
  try {
    return { id, outcome: await runCommand(context, item, (work) => post(work, id)), refusals: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, outcome: null, refusals: error.refusals };
  }
}
