import { TransactionType, type Actual, type ProformaInvoiceLineDetail } from '../../entities/dataverse';
import type { TraceFacts } from '../../stores/reconcile/trace.store';
import {
  actualContent, detailContent, invoiceLineContent, journalLineContent, milestoneContent, onAccountContent, postingContent, proposalLineContent, retainerContent,
  stagedContent, stagedMilestoneContent, timeEntryContent, type TraceContent,
} from './trace-contents.rules';

/** One record of the life of an amount, in the order of the tree: a parent stands before its children. */
export interface TraceNode extends TraceContent {
  readonly index: number;
  readonly parentIndex: number | null;
  readonly depth: number;
}

interface Branch { readonly content: TraceContent; readonly children: readonly Branch[] }

/** What finance holds of an actual. */
function stagedBranches(actualId: string, facts: TraceFacts): Branch[] {
  return facts.staged.filter((row) => row.actualId === actualId)
    .map((row) => ({ content: stagedContent(row, facts), children: [...journalBranches(row.id, facts), ...proposalBranches(row.id, facts)] }));
}

/** Below an actual: how it was billed, how it went to finance, and what was posted there. */
function belowActual(actual: Actual, facts: TraceFacts): Branch[] {
  const details = facts.details.filter((detail) => detail.unbilledActualId === actual.id || detail.originalBilledActualId === actual.id);
  return [...details.map((detail) => ({ content: detailContent(detail, facts), children: [] })), ...stagedBranches(actual.id, facts)];
}

function journalBranches(stagedId: string, facts: TraceFacts): Branch[] {
  return facts.journalLines.filter((line) => line.stagedActualId === stagedId)
    .map((line) => ({ content: journalLineContent(line, facts), children: postingBranches(facts.postings.filter((posting) => posting.journalLineId === line.id), facts) }));
}

function proposalBranches(stagedId: string, facts: TraceFacts): Branch[] {
  const invoiced = (proposalLineId: string): Branch[] => facts.invoiceLines.filter((line) => line.proposalLineId === proposalLineId)
    .map((line) => ({ content: invoiceLineContent(line, facts), children: postingBranches(facts.postings.filter((posting) => posting.invoiceLineId === line.id), facts) }));
  return facts.proposalLines.filter((line) => line.stagedActualId === stagedId).map((line) => ({ content: proposalLineContent(line), children: invoiced(line.id) }));
}

function postingBranches(postings: TraceFacts['postings'], facts: TraceFacts): Branch[] {
  return postings.map((posting) => ({ content: postingContent(posting, facts), children: [] }));
}

/** How a milestone itself went to finance: what the customer is to pay on account. */
function onAccountBranches(milestoneId: string, facts: TraceFacts): Branch[] {
  const onAccount = facts.onAccount.filter((row) => row.milestoneId === milestoneId).map((row) => ({ content: onAccountContent(row), children: [] }));
  const staged = facts.stagedMilestones.filter((row) => row.milestoneId === milestoneId);
  return staged.length === 0 ? onAccount : staged.map((row) => ({ content: stagedMilestoneContent(row), children: onAccount }));
}

const ORDER = [TransactionType.COST, TransactionType.UNBILLED_SALES, TransactionType.BILLED_SALES];

/**
 * The tree of everything that is known of the actuals. What bills, reverses or replaces something stands below it, and unbilled sales
 * below their cost; a time entry is above all that came from it, and a milestone or retainer above the details that bill it. Each
 * record is there once, though connections may form a circle. What finance holds of an actual that is gone stands by itself.
 */
export function traceTree(facts: TraceFacts): TraceNode[] {
  const placed = new Set<string>();
  const byId = new Map(facts.actuals.map((actual) => [actual.id, actual]));
  const parents = new Set(facts.connections.filter((one) => byId.has(one.transaction1Id) && byId.has(one.transaction2Id)).map((one) => one.transaction1Id));

  function branchOf(actual: Actual, role: string | null): Branch {
    placed.add(actual.id);
    const below: Branch[] = [];
    for (const connection of facts.connections.filter((one) => one.transaction2Id === actual.id)) {
      const child = byId.get(connection.transaction1Id);
      if (child && !placed.has(child.id)) below.push(branchOf(child, connection.transaction1Role));
    }
    return { content: actualContent(actual, role, facts), children: [...belowActual(actual, facts), ...below] };
  }

  const ordered = [...facts.actuals].sort((a, b) => ORDER.indexOf(a.transactionType) - ORDER.indexOf(b.transactionType) || (a.id < b.id ? -1 : 1));
  const tops = [...ordered.filter((actual) => !parents.has(actual.id)), ...ordered];
  const entryOf = new Map(facts.origins.map((origin) => [origin.transactionId, origin.originId]));
  const roots: (Rooted & { readonly entryId: string | undefined })[] = [];
  for (const actual of tops) if (!placed.has(actual.id)) roots.push({ actual, entryId: entryOf.get(actual.id), branch: branchOf(actual, null) });

  const entries: Branch[] = facts.timeEntries.map((entry) => ({
    content: timeEntryContent(entry),
    children: roots.filter((root) => root.entryId === entry.id).map((root) => root.branch),
  }));
  const known = new Set(facts.timeEntries.map((entry) => entry.id));
  const others = roots.filter((root) => !root.entryId || !known.has(root.entryId));
  const gone = [...new Set(facts.staged.map((row) => row.actualId))].filter((id) => !byId.has(id));
  return flatten([...entries, ...belowWhatIsAgreed(others, facts), ...gone.flatMap((id) => stagedBranches(id, facts))]);
}

interface Rooted { readonly actual: Actual; readonly branch: Branch }

/** What no work stands behind is below the detail that billed it: of a milestone, of a retainer, or added by hand. */
function belowWhatIsAgreed(roots: readonly Rooted[], facts: TraceFacts): Branch[] {
  const detailOf = new Map(facts.details.filter((detail) => !detail.unbilledActualId && !detail.originalBilledActualId).map((detail) => [detail.id, detail]));
  const behind = (detail: ProformaInvoiceLineDetail): Branch => ({
    content: detailContent(detail, facts), children: roots.filter(({ actual }) => actual.lineDetailId === detail.id).map(({ branch }) => branch),
  });
  const details = [...detailOf.values()];
  const agreed = [
    ...facts.milestones.map((milestone) => ({
      content: milestoneContent(milestone, facts), of: details.filter((detail) => detail.milestoneId === milestone.id), below: onAccountBranches(milestone.id, facts),
    })),
    ...facts.retainers.map((retainer) => ({ content: retainerContent(retainer, facts), of: details.filter((detail) => detail.retainerId === retainer.id), below: [] })),
  ];
  const covered = new Set(agreed.flatMap(({ of }) => of.map((detail) => detail.id)));
  return [
    ...agreed.map(({ content, of, below }) => ({ content, children: [...below, ...of.map(behind)] })),
    ...details.filter((detail) => !covered.has(detail.id)).map(behind),
    ...roots.filter(({ actual }) => actual.lineDetailId === null || !detailOf.has(actual.lineDetailId)).map(({ branch }) => branch),
  ];
}

function flatten(branches: readonly Branch[]): TraceNode[] {
  const nodes: TraceNode[] = [];
  const add = ({ content, children }: Branch, parentIndex: number | null, depth: number): void => {
    const index = nodes.length;
    nodes.push({ index, parentIndex, depth, ...content });
    for (const child of children) add(child, index, depth + 1);
  };
  for (const branch of branches) add(branch, null, 0);
  return nodes;
}
