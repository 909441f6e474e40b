import {
  AdjustmentStatus, BillingStatus, BillingType, MilestoneInvoiceStatus, ProformaInvoiceStatus, RetainerInvoiceStatus, RetainerUse, TimeEntryStatus, TransactionType,
  type Actual, type Milestone, type ProformaInvoiceLineDetail, type Retainer, type TimeEntry,
} from '../../entities/dataverse';
import {
  IntegrationJournalLineStatus, PostingType, ProjTransStatus, type CustomerInvoiceLine, type IntegrationJournalLine, type InvoiceProposalLine, type OnAccountTransaction,
  type ProjectPosting, type StagedActual, type StagedMilestone,
} from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import type { TraceFacts } from '../../stores/reconcile/trace.store';

/** What a record of a trace shows of itself. An amount is never there without its currency. */
export interface TraceContent {
  /** Type of the record in the graph; a staged milestone has none. */
  readonly type: string;
  readonly key: string;
  readonly label: string;
  readonly amount: Decimal | null;
  readonly currencyCode: string | null;
  readonly accountingAmount: Decimal | null;
  readonly accountingCurrencyCode: string | null;
  readonly date: string | null;
  readonly status: string | null;
  readonly voucherNumber: string | null;
}

const NOTHING = { amount: null, currencyCode: null, accountingAmount: null, accountingCurrencyCode: null, date: null, status: null, voucherNumber: null };

const TYPE_LABELS: Readonly<Partial<Record<TransactionType, string>>> = {
  [TransactionType.COST]: 'Cost', [TransactionType.UNBILLED_SALES]: 'Unbilled sales', [TransactionType.BILLED_SALES]: 'Billed sales',
  [TransactionType.RESOURCING_UNIT_COST]: 'Resourcing unit cost', [TransactionType.INTER_ORGANIZATIONAL_SALES]: 'Inter-organizational sales',
};
const USE_LABELS: Readonly<Record<RetainerUse, string>> = {
  [RetainerUse.INVOICE]: 'Retainer invoiced on', [RetainerUse.APPLICATION]: 'Retainer applied on', [RetainerUse.REFUND]: 'Retainer refunded on',
};
const BILLING_LABELS: Readonly<Partial<Record<BillingType, string>>> = {
  [BillingType.NON_CHARGEABLE]: ', non-chargeable', [BillingType.COMPLIMENTARY]: ', complimentary',
};

/** An accounting amount with the currency of the legal entity's books. */
function accounted(amount: Decimal | null, legalEntityId: string | undefined, facts: TraceFacts): Pick<TraceContent, 'accountingAmount' | 'accountingCurrencyCode'> {
  const code = legalEntityId === undefined ? undefined : facts.accountingCurrencyCodes.get(legalEntityId);
  return { accountingAmount: amount, accountingCurrencyCode: amount === null ? null : code ?? null };
}

const currencyOf = (currencyId: string, facts: TraceFacts): string | null => facts.currencyCodes.get(currencyId) ?? null;

/** A time entry has no amount: its cost and sales have. */
export function timeEntryContent(entry: TimeEntry): TraceContent {
  return { ...NOTHING, type: 'TimeEntry', key: entry.id, label: `Time entry of ${entry.durationMinutes} minutes`, date: entry.date, status: TimeEntryStatus[entry.status]! };
}

export function milestoneContent({ id, name, amount, currencyId, invoiceDate, invoiceStatus }: Milestone, facts: TraceFacts): TraceContent {
  return {
    ...NOTHING, type: 'Milestone', key: id, label: `Milestone ${name}`, amount, currencyCode: currencyOf(currencyId, facts), date: invoiceDate,
    status: MilestoneInvoiceStatus[invoiceStatus]!,
  };
}

export function retainerContent({ id, description, amount, currencyId, date, invoiceStatus }: Retainer, facts: TraceFacts): TraceContent {
  return {
    ...NOTHING, type: 'Retainer', key: id, label: description ? `Retainer ${description}` : 'Retainer', amount, currencyCode: currencyOf(currencyId, facts), date,
    status: RetainerInvoiceStatus[invoiceStatus]!,
  };
}

/** Quarantine tells more than an import error that the row had before. */
function statusOfStaged({ quarantinedOn, importErrorCode = null, isProcessed }: Pick<StagedMilestone, 'quarantinedOn' | 'isProcessed'> & { readonly importErrorCode?: string | null }): string {
  return quarantinedOn !== null ? 'QUARANTINED' : importErrorCode ?? (isProcessed ? 'PROCESSED' : 'UNPROCESSED');
}

export function stagedMilestoneContent(row: StagedMilestone): TraceContent {
  const { id, amount, currencyCode, invoiceDate } = row;
  const status = statusOfStaged(row);
  return { ...NOTHING, type: 'StagedMilestone', key: id, label: 'Milestone staged in finance', amount, currencyCode, date: invoiceDate, status };
}

export function onAccountContent({ id, amount, currencyCode, date, status }: OnAccountTransaction): TraceContent {
  return { ...NOTHING, type: 'OnAccountTransaction', key: id, label: 'On-account transaction', amount, currencyCode, date, status: ProjTransStatus[status]! };
}

/** A detail with what it asks the customer for: of a correction the difference from what is corrected. Its state is that of its proforma. */
export function detailContent(detail: ProformaInvoiceLineDetail, facts: TraceFacts): TraceContent {
  const proforma = facts.proformas.get(detail.proformaInvoiceId)!;
  const what = detail.isCorrection ? 'Correction on' : detail.retainerUse !== null ? USE_LABELS[detail.retainerUse] : 'On';
  return {
    ...NOTHING, type: 'ProformaInvoiceLineDetail', key: detail.id, label: `${what} proforma ${proforma.number}${BILLING_LABELS[detail.billingType] ?? ''}`,
    amount: detail.amount.minus(detail.previousAmount), currencyCode: currencyOf(detail.currencyId, facts), date: detail.transactionDate,
    status: ProformaInvoiceStatus[proforma.status]!,
  };
}

export function actualContent(actual: Actual, role: string | null, facts: TraceFacts): TraceContent {
  const label = TYPE_LABELS[actual.transactionType] ?? 'Actual';
  const status = actual.adjustmentStatus === null ? actual.billingStatus && BillingStatus[actual.billingStatus] : AdjustmentStatus[actual.adjustmentStatus];
  return {
    ...accounted(actual.accountingAmount, facts.legalEntityIds.get(actual.contractId), facts), type: 'Actual', key: actual.id,
    label: `${label}${role === 'Reversing' || role === 'Replacing' ? `, ${role.toLowerCase()}` : ''}${actual.skipSync ? ', not sent to finance' : ''}`,
    amount: actual.amount, currencyCode: currencyOf(actual.currencyId, facts), date: actual.accountingDate, status: status ?? null, voucherNumber: actual.voucherNumber,
  };
}

export function stagedContent(row: StagedActual, facts: TraceFacts): TraceContent {
  return {
    ...accounted(row.accountingAmount, row.legalEntityId, facts), type: 'StagedActual', key: row.id, label: 'Staged in finance', amount: row.amount,
    currencyCode: row.currencyCode, date: row.accountingDate, voucherNumber: row.voucherNumber,
    status: statusOfStaged(row),
  };
}

export function journalLineContent(line: IntegrationJournalLine, facts: TraceFacts): TraceContent {
  const { number } = facts.journals.get(line.journalId)!;
  return {
    ...accounted(line.accountingAmount, line.legalEntityId, facts), type: 'IntegrationJournalLine', key: line.id,
    label: `Line ${line.lineNumber} of integration journal ${number}`, amount: line.amount, currencyCode: line.currencyCode, date: line.accountingDate,
    status: IntegrationJournalLineStatus[line.status]!, voucherNumber: line.voucherNumber,
  };
}

export function proposalLineContent(line: InvoiceProposalLine): TraceContent {
  return {
    ...NOTHING, type: 'InvoiceProposalLine', key: line.id, label: `Line ${line.lineNumber} of invoice proposal ${line.proposalNumber}`, amount: line.lineAmount,
    currencyCode: line.currencyCode, date: line.transactionDate,
  };
}

export function invoiceLineContent(line: CustomerInvoiceLine, facts: TraceFacts): TraceContent {
  const { number, invoiceDate, voucherNumber } = facts.invoices.get(line.customerInvoiceId)!;
  return {
    ...accounted(line.accountingAmount, line.legalEntityId, facts), type: 'CustomerInvoiceLine', key: line.id, label: `Line ${line.lineNumber} of customer invoice ${number}`,
    amount: line.lineAmount, currencyCode: line.currencyCode, date: invoiceDate, status: 'POSTED', voucherNumber,
  };
}

export function postingContent(posting: ProjectPosting, facts: TraceFacts): TraceContent {
  return {
    ...accounted(posting.accountingAmount, posting.legalEntityId, facts), type: 'ProjectPosting', key: posting.id, label: `Account ${posting.mainAccountId}`,
    amount: posting.amount, currencyCode: posting.currencyCode, date: posting.accountingDate, status: PostingType[posting.postingType]!, voucherNumber: posting.voucherNumber,
  };
}
