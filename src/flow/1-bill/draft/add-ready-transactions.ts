import { refuse, refuseAny, stale, type Refusal } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import {
  lockReadyActuals,
  lockReadyMilestones,
  moveBillingStatus,
  moveMilestoneStatus,
  type ReadyScope,
} from '../../../stores/dataverse/billing-backlog.store';
import { addDetails } from '../../../stores/dataverse/proforma-invoice.store';
import { lockReadyRetainers, moveRetainerStatus } from '../../../stores/dataverse/retainer.store';
import { addConnections } from '../../../stores/dataverse/transaction-link.store';
import type { UnitOfWork } from '../../../stores/session';
import { BILLING_STATES } from '../billing-status.states';
import { totalsOf } from './change-draft';
import { decideDetailOfActual, decideDetailOfMilestone, type DetailFacts, type DraftDetail } from './draft.decision';
import { MILESTONE_STATES } from '../milestone.states';
import type { ProformaTotals } from './proforma-totals';
import { decideDetailOfRetainer, type RetainerDetailFacts } from '../retainers/retainer-detail.decision';
import { RETAINER_STATES } from '../retainers/retainer.states';
import { moveOf } from '../transition';

/** Adds a detail for every actual and milestone that is ready and that the draft's customer pays, and counts it into `totals`, by line. */
export async function addReadyTransactions(
  work: UnitOfWork,
  scope: ReadyScope,
  facts: DetailFacts,
  totals: Map<string, ProformaTotals>,
): Promise<void> {
  await addReady(work, totals, {
    next: (after) => lockReadyActuals(work, scope, facts.payerId, { after, limit: CHUNK_ROWS }),
    decide: (actual) => decideDetailOfActual(facts, actual),
    take: (ids) => moveBillingStatus(work, ids, ...moveOf(BILLING_STATES, 'addToProforma')),
  });
  await addReady(work, totals, {
    next: (after) => lockReadyMilestones(work, scope, facts.payerId, { after, limit: CHUNK_ROWS }),
    decide: (milestone) => decideDetailOfMilestone(facts, milestone),
    take: (ids) => moveMilestoneStatus(work, ids, ...moveOf(MILESTONE_STATES, 'addToProforma')),
  });
}

/** Adds a detail for every retainer that is ready to be invoiced. Who calls this knows that the draft corrects nothing. */
export async function addReadyRetainers(
  work: UnitOfWork,
  scope: ReadyScope,
  facts: RetainerDetailFacts,
  totals: Map<string, ProformaTotals>,
): Promise<void> {
  await addReady(work, totals, {
    next: (after) => lockReadyRetainers(work, scope, facts.payerId, { after, limit: CHUNK_ROWS }),
    decide: (retainer) => decideDetailOfRetainer(facts, retainer),
    take: (ids) => moveRetainerStatus(work, ids, ...moveOf(RETAINER_STATES, 'addToProforma')),
  });
}

export interface ReadyTransactions<Transaction> {
  /** The next chunk in key order, locked. */
  next(after: string | null): Promise<Transaction[]>;
  decide(transaction: Transaction): DraftDetail | Refusal;
  /** Moves the transactions on to the draft, and says how many were still ready. */
  take(ids: readonly string[]): Promise<number>;
}

/** Adds a detail per ready transaction, a chunk at a time, and counts them into the totals of their lines. */
export async function addReady<Transaction extends { id: string }>(
  work: UnitOfWork,
  totals: Map<string, ProformaTotals>,
  { next, decide, take }: ReadyTransactions<Transaction>,
): Promise<void> {
  const breath = breather();
  for (let chunk = await next(null); chunk.length > 0; chunk = await next(chunk[chunk.length - 1]!.id)) {
    const decided = chunk.map(decide);
    refuseAny(decided.filter((decision) => 'kind' in decision));
    const details = decided.filter((decision) => 'detail' in decision);
    await addDetails(
      work,
      details.map(({ detail }) => detail),
    );
    await addConnections(
      work,
      details.flatMap(({ connection }) => connection ?? []),
    );
    if ((await take(chunk.map(({ id }) => id))) !== chunk.length) refuse(stale('A transaction of the contract', null, null));
    totalsOf(
      details.map(({ detail }) => detail),
      totals,
    );
    await breath();
  }
}

