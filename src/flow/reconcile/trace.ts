import { invalid, refuse } from '../../kernel/refusal';
import { readBeginnings, readLaterSums, readSeeds, TRACEABLE_TYPES, type LaterSum } from '../../stores/reconcile/trace-seeds.store';
import { readTraceFacts } from '../../stores/reconcile/trace.store';
import type { Session } from '../../stores/session';
import { traceTree, type TraceNode } from './trace.rules';

/** Actuals of the traced record that one answer follows, unless told otherwise, and at the most. */
export const TRACE_ROWS_DEFAULT = 10;
export const TRACE_ROWS_MAX = 50;

export interface Trace {
  readonly nodes: readonly TraceNode[];
  /** Actuals that the traced record stands for. */
  readonly actualCount: number;
  /** The last of them that was followed; null when there are no more. */
  readonly next: string | null;
  /** What the actuals that later pages follow add up to: those of this page and these are all. */
  readonly later: readonly LaterSum[];
  /** False when they are connected with more than an answer follows, or a draft has more details than it shows. */
  readonly isComplete: boolean;
}

/** The life of the amounts of a record. Refused: a record of a type that has no amount to follow, and too long a page. */
export async function traceOf(session: Session, record: { type: string; key: string }, page: { first: number; after: string }): Promise<Trace> {
  if (!TRACEABLE_TYPES.includes(record.type)) {
    refuse(invalid('INVALID_INPUT', `A ${record.type} cannot be traced; give the id of one of ${TRACEABLE_TYPES.join(', ')}.`, ['id']));
  }
  if (page.first < 1 || page.first > TRACE_ROWS_MAX) refuse(invalid('INVALID_INPUT', `first is ${page.first}; a trace follows 1 to ${TRACE_ROWS_MAX} actuals.`, ['first']));
  const { ids, total } = await readSeeds(session, record.type, record.key, page.after, page.first + 1);
  const followed = ids.slice(0, page.first);
  const facts = await readTraceFacts(session, followed, await readBeginnings(session, record.type, record.key, page.after === ''));
  const next = ids.length > page.first ? followed.at(-1)! : null;
  const later = next === null ? [] : await readLaterSums(session, record.type, record.key, next);
  return { nodes: traceTree(facts), actualCount: total, next, later, isComplete: facts.isComplete };
}
