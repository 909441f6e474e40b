import {
  AdjustmentStatus, BillingStatus, MilestoneInvoiceStatus, RetainerInvoiceStatus, RetainerUse, TimeEntryStatus, TransactionType, type Actual, type ProformaInvoiceLineDetail,
} from '../../entities/dataverse';
import { IntegrationJournalLineStatus, PostingType } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import type { TraceFacts } from '../../stores/reconcile/trace.store';

/** One record of the life of an amount, in the order of the tree: a parent stands before its children. */
export interface TraceNode {
  readonly index: number;
  readonly parentIndex: number | null;
  readonly depth: number;
  /** Type of the record in the graph. */
  readonly type: string;
  readonly key: string;
  readonly label: string;
  readonly amount: Decimal | null;
  readonly currencyCode: string | null;
  readonly accountingAmount: Decimal | null;
  readonly date: string | null;
  readonly status: string | null;
  readonly voucherNumber: string | null;
}

type Content = Omit<TraceNode, 'index' | 'parentIndex' | 'depth'>;
interface Branch { readonly content: Content; readonly children: readonly Branch[] }

const TYPE_LABELS: Readonly<Partial<Record<TransactionType, string>>> = {
  [TransactionType.COST]: 'Cost', [TransactionType.UNBILLED_SALES]: 'Unbilled sales', [TransactionType.BILLED_SALES]: 'Billed sales',
};
const NOTHING = { amount: null, currencyCode: null, accountingAmount: null, date: null, status: null, voucherNumber: null };

const USE_LABELS: Readonly<Record<RetainerUse, string>> = {
  [RetainerUse.INVOICE]: 'Retainer invoiced on a proforma', [RetainerUse.APPLICATION]: 'Retainer applied on a proforma', [RetainerUse.REFUND]: 'Retainer refunded on a proforma',
};

/** A detail with what it asks the customer for: of a correction the difference from what is corrected. */
function detailContent(detail: ProformaInvoiceLineDetail, facts: TraceFacts): Content {
  const label = detail.isCorrection ? 'Correction on a proforma' : detail.retainerUse !== null ? USE_LABELS[detail.retainerUse] : 'On a proforma';
  return {
    ...NOTHING, type: 'ProformaInvoiceLineDetail', key: detail.id, label, amount: detail.amount.minus(detail.previousAmount),
    currencyCode: facts.currencyCodes.get(detail.currencyId) ?? null, date: detail.transactionDate,
  };
}

/** Below an actual: how it was billed, how it went to finance, and what was posted there. */
function belowActual(actual: Actual, facts: TraceFacts): Branch[] {
  const details = facts.details.filter((detail) => detail.unbilledActualId === actual.id || detail.originalBilledActualId === actual.id);
  const staged = facts.staged.filter((row) => row.actualId === actual.id).map((row) => ({
    content: {
      ...NOTHING, type: 'StagedActual', key: row.id, label: 'Staged in finance', amount: row.amount, currencyCode: row.currencyCode, date: row.accountingDate,
      accountingAmount: row.accountingAmount, voucherNumber: row.voucherNumber, status: row.importErrorCode ?? (row.isProcessed ? 'PROCESSED' : 'UNPROCESSED'),
    },
    children: [...journalBranches(row.id, facts), ...proposalBranches(row.id, facts)],
  }));
  return [...details.map((detail) => ({ content: detailContent(detail, facts), children: [] })), ...staged];
}

function journalBranches(stagedId: string, facts: TraceFacts): Branch[] {
  return facts.journalLines.filter((line) => line.stagedActualId === stagedId).map((line) => ({
    content: {
      ...NOTHING, type: 'IntegrationJournalLine', key: line.id, label: 'Integration journal line', amount: line.amount, currencyCode: line.currencyCode,
      accountingAmount: line.accountingAmount, date: line.accountingDate, status: IntegrationJournalLineStatus[line.status]!, voucherNumber: line.voucherNumber,
    },
    children: postingBranches(facts.postings.filter((posting) => posting.journalLineId === line.id)),
  }));
}

function proposalBranches(stagedId: string, facts: TraceFacts): Branch[] {
  return facts.proposalLines.filter((line) => line.stagedActualId === stagedId).map((line) => ({
    content: {
      ...NOTHING, type: 'InvoiceProposalLine', key: line.id, label: `Line ${line.lineNumber} of invoice proposal ${line.proposalNumber}`, amount: line.lineAmount,
      currencyCode: line.currencyCode, date: line.transactionDate,
    },
    children: facts.invoiceLines.filter((invoiced) => invoiced.proposalLineId === line.id).map((invoiced) => ({
      content: {
        ...NOTHING, type: 'CustomerInvoiceLine', key: invoiced.id, label: 'Customer invoice line', amount: invoiced.lineAmount, currencyCode: invoiced.currencyCode,
        accountingAmount: invoiced.accountingAmount, date: invoiced.transactionDate, status: 'POSTED',
      },
      children: postingBranches(facts.postings.filter((posting) => posting.invoiceLineId === invoiced.id)),
    })),
  }));
}

function postingBranches(postings: TraceFacts['postings']): Branch[] {
  return postings.map((posting) => ({
    content: {
      ...NOTHING, type: 'ProjectPosting', key: posting.id, label: `Account ${posting.mainAccountId}`, amount: posting.amount, currencyCode: posting.currencyCode,
      accountingAmount: posting.accountingAmount, date: posting.accountingDate, status: PostingType[posting.postingType]!, voucherNumber: posting.voucherNumber,
    },
    children: [],
  }));
}

function actualContent(actual: Actual, role: string | null, facts: TraceFacts): Content {
  const label = TYPE_LABELS[actual.transactionType] ?? 'Actual';
  const status = actual.adjustmentStatus === null ? actual.billingStatus && BillingStatus[actual.billingStatus] : AdjustmentStatus[actual.adjustmentStatus];
  return {
    type: 'Actual', key: actual.id, label: `${label}${role === 'Reversing' || role === 'Replacing' ? `, ${role.toLowerCase()}` : ''}${actual.skipSync ? ', not sent to finance' : ''}`,
    amount: actual.amount, currencyCode: facts.currencyCodes.get(actual.currencyId) ?? null, accountingAmount: actual.accountingAmount,
    date: actual.accountingDate, status: status ?? null, voucherNumber: actual.voucherNumber,
  };
}

const ORDER = [TransactionType.COST, TransactionType.UNBILLED_SALES, TransactionType.BILLED_SALES];

/**
 * The tree of everything that is known of the actuals. What bills, reverses or replaces something stands below it, and unbilled sales
 * below their cost; a time entry is above all that came from it, and a milestone or retainer above the details that bill it. Each record is there once, though connections may form a circle.
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
    content: { ...NOTHING, type: 'TimeEntry', key: entry.id, label: `Time entry of ${entry.durationMinutes} minutes`, date: entry.date, status: TimeEntryStatus[entry.status]! },
    children: roots.filter((root) => root.entryId === entry.id).map((root) => root.branch),
  }));
  const known = new Set(facts.timeEntries.map((entry) => entry.id));
  const others = roots.filter((root) => !root.entryId || !known.has(root.entryId));
  return flatten([...entries, ...belowWhatIsAgreed(others, facts)]);
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
    ...facts.milestones.map(({ id, name, amount, currencyId, invoiceDate, invoiceStatus }) => ({
      of: details.filter((detail) => detail.milestoneId === id),
      content: { ...NOTHING, type: 'Milestone', key: id, label: `Milestone ${name}`, amount, currencyId, date: invoiceDate, status: MilestoneInvoiceStatus[invoiceStatus]! },
    })),
    ...facts.retainers.map(({ id, amount, currencyId, date, invoiceStatus }) => ({
      of: details.filter((detail) => detail.retainerId === id),
      content: { ...NOTHING, type: 'Retainer', key: id, label: 'Retainer', amount, currencyId, date, status: RetainerInvoiceStatus[invoiceStatus]! },
    })),
  ];
  const covered = new Set(agreed.flatMap(({ of }) => of.map((detail) => detail.id)));
  return [
    ...agreed.map(({ of, content: { currencyId, ...content } }) => ({
      content: { ...content, currencyCode: facts.currencyCodes.get(currencyId) ?? null }, children: of.map(behind),
    })),
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
