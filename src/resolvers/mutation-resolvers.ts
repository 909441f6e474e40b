import { BillingResolver } from './dataverse/billing.resolver';
import { BulkConfirmationItemResolver, BulkConfirmationResolver } from './dataverse/bulk-confirmation.resolver';
import { ConfirmResolver } from './dataverse/confirm.resolver';
import { NotToExceedResolver } from './dataverse/not-to-exceed.resolver';
import { DraftResolver } from './dataverse/draft.resolver';
import { EditedTransactionsResolver, FinancialSummaryResolver } from './dataverse/insight.resolver';
import { ProformaHeaderResolver } from './dataverse/proforma-header.resolver';
import { ProformaResolver } from './dataverse/proforma.resolver';
import { ReviseResolver } from './dataverse/revise.resolver';
import { RetainerResolver } from './dataverse/retainer.resolver';
import { ProgressMilestoneResolver } from './dataverse/progress-milestone.resolver';
import { TimeApprovalResolver } from './dataverse/time-approval.resolver';
import { EditResolver } from './dual-write/edit.resolver';
import { MapDocumentResolver } from './dual-write/map-document.resolver';
import { OperateResolver } from './dual-write/operate.resolver';
import { QueuedRecordsResolver, TableMapResolver } from './dual-write/table-map.resolver';
import { OutOfStepRecordResolver, OutOfStepResolver, ReconciliationResolver } from './dual-write/reconciliation.resolver';
import { PreviewFlowResolver, PreviewResolver } from './dual-write/preview.resolver';
import { OrphanResolver, QuarantinedRowsResolver } from './dual-write/orphan.resolver';
import { TraceResolver } from './dual-write/trace.resolver';
import { AlertResolver } from './dual-write/alert.resolver';
import { SyncResolver } from './dual-write/sync.resolver';
import { documentResolvers } from './document.resolver';
import { InvoiceFormatResolver } from './finance/invoice-format.resolver';
import { ImportResolver } from './finance/import.resolver';
import { JournalResolver } from './finance/journal.resolver';
import { LedgerResolver } from './finance/ledger.resolver';
import { PostingResolver } from './finance/posting.resolver';
import { PostingPreviewResolver } from './finance/posting-preview.resolver';
import { ProposalLinesResolver } from './finance/proposal-lines.resolver';
import { ProposalResolver } from './finance/proposal.resolver';
import { ImportRecordsResolver } from './import-records.resolver';
import type { ResolverClass } from './queries';

/** Every mutation and computed field, in the order of the process. */
export const mutationResolvers = (): ResolverClass[] => [
  ImportRecordsResolver,
  TimeApprovalResolver,
  ProgressMilestoneResolver,
  NotToExceedResolver,
  RetainerResolver,
  BillingResolver,
  DraftResolver,
  ProformaHeaderResolver,
  EditedTransactionsResolver,
  FinancialSummaryResolver,
  ConfirmResolver,
  BulkConfirmationResolver,
  BulkConfirmationItemResolver,
  ReviseResolver,
  ProformaResolver,
  AlertResolver,
  SyncResolver,
  PreviewResolver,
  PreviewFlowResolver,
  OperateResolver,
  EditResolver,
  MapDocumentResolver,
  TableMapResolver,
  QueuedRecordsResolver,
  ReconciliationResolver,
  OutOfStepResolver,
  OutOfStepRecordResolver,
  OrphanResolver,
  QuarantinedRowsResolver,
  TraceResolver,
  ImportResolver,
  JournalResolver,
  LedgerResolver,
  PostingResolver,
  ProposalResolver,
  ProposalLinesResolver,
  InvoiceFormatResolver,
  ...documentResolvers(),
  PostingPreviewResolver,
];
