import {
  CostPosting, IntegrationJournalLineStatus, IntegrationJournalStatus, InvoiceFormat, InvoiceGroupField, InvoiceProposalStatus, OrphanKind, PostingType,
  ProjBillingType, ProjCdsTransType,
  ProjOrigin, ProjTransStatus, ProjTransType,
} from '../../entities/finance/enums';
import { graphEnum } from '../shared/enums';

graphEnum(ProjCdsTransType, 'StagedTransactionType', 'Transaction type in finance\'s staging table (ProjCdsTransType).', {
  COST: 'Cost.',
  SALES: 'Unbilled sales.',
  TAX: 'Tax.',
  BILLED_SALES: 'Billed sales.',
  INTER_ORG_SALES: 'Sales to another unit.',
  RESOURCING_UNIT_COST: 'Cost of a resource lent by another unit.',
});
graphEnum(OrphanKind, 'OrphanKind', 'What has lost its source.', {
  ACTUAL_GONE: 'A staged actual that Dataverse does not hold.',
  MILESTONE_GONE: 'A staged milestone that Dataverse does not hold.',
  CONNECTION_GONE: 'A staged connection that Dataverse does not hold.',
  CONNECTION_END_GONE: 'A connection that both sides hold, and one of whose two actuals Dataverse does not.',
});
graphEnum(ProjTransType, 'ProjectTransactionType', 'Kind of a project transaction in finance (ProjTransType).', {
  NONE: 'No kind; in set-up it stands for every one.',
  REVENUE: 'A fee.',
  HOUR: 'Hours.',
  COST: 'An expense.',
  ITEM: 'Items.',
  ON_ACCOUNT: 'A milestone or retainer, on account.',
});
graphEnum(ProjOrigin, 'ProjectTransactionOrigin', 'Where an on-account line comes from (ProjOrigin).', {
  PREPAYMENT: 'A retainer or advance is invoiced.',
  DEDUCTION: 'A retainer pays for the invoice, or is refunded.',
  MILESTONE: 'A milestone.',
});
graphEnum(ProjBillingType, 'StagedBillingType', 'Billing type in finance (ProjBillingType).', {
  NOT_SPECIFIED: 'None.',
  CHARGEABLE: 'Charged to the customer.',
  NON_CHARGEABLE: 'Not charged.',
  COMPLIMENTARY: 'Given for free.',
  NOT_AVAILABLE: 'Not available, as on cost.',
});
graphEnum(ProjTransStatus, 'ProjectTransactionStatus', 'Status of a transaction in the project subledger (ProjTransStatus).', {
  NO_STATUS: 'Not on a proposal yet.',
  REGISTERED: 'Registered.',
  POSTED: 'Posted, not invoiced.',
  INVOICE_PROPOSAL: 'On an invoice proposal.',
  INVOICED: 'Fully invoiced.',
  MARKED_CREDIT_NOTE: 'Marked for a credit note.',
  CREDIT_NOTE_PROPOSAL: 'On a credit note proposal.',
  ESTIMATED: 'Estimated.',
  ELIMINATED: 'Eliminated.',
  ADJUSTED: 'Adjusted.',
});
graphEnum(IntegrationJournalStatus, 'IntegrationJournalStatus', 'Status of an integration journal (ProjAdvancedJournalStatus).', {
  DRAFT: 'Not posted.',
  POSTED: 'Every line is posted.',
  PROCESSING: 'Being posted; the gateway posts a journal in one piece, so no journal of its own is ever seen so.',
  ERROR: 'Some lines could not be posted; post again after mending.',
});
graphEnum(IntegrationJournalLineStatus, 'IntegrationJournalLineStatus', 'Status of an integration journal line.', {
  DRAFT: 'Not posted.',
  POSTED: 'Posted under its voucher.',
  PROCESSING: 'Being posted.',
  ERROR: 'Could not be posted; see postError, mend the cause and post the journal again.',
  UNRECOVERABLE: 'Finance has no posting for it, ever; it can only be deleted.',
  INVALID_ACTUALS: 'Its actual does not exist in Dataverse; reset the journal once it does, or delete the line.',
});
graphEnum(InvoiceProposalStatus, 'InvoiceProposalStatus', 'Status of an invoice proposal (ProjProposalJour.LineProperty).', {
  OPEN: 'Not posted.',
  APPROVED: 'Approved by the workflow.',
  CANCELED: 'Canceled.',
  INVOICED: 'Its customer invoice is posted.',
  SUBMITTED: 'Submitted to the workflow.',
  REJECTED: 'Rejected by the workflow.',
});
graphEnum(CostPosting, 'CostPosting', 'Where the cost of a transaction posts by its cost and revenue profile.', {
  NO_LEDGER: 'Not in the ledger with the journal; only the project subledger has it.',
  BALANCE: 'Debit WIP – cost value.',
  PROFIT_AND_LOSS: 'Debit cost.',
  NEVER_LEDGER: 'Never in the ledger.',
});
graphEnum(PostingType, 'PostingType', 'Why an amount is on its account (ProjAccountType; customer balance and sales tax are the gateway\'s).', {
  WIP_COST_VALUE: 'WIP – cost value.',
  INVOICED_REVENUE_ON_ACCOUNT: 'Invoiced revenue – on account.',
  COST: 'Cost.',
  EXPENSE_OFFSET: 'Offset of an expense.',
  EXCHANGE_RATE_DIFFERENCE: 'Exchange rate difference.',
  PAYROLL_ALLOCATION: 'Payroll allocation.',
  INVOICED_REVENUE: 'Invoiced revenue.',
  ACCRUED_REVENUE_SALES_VALUE: 'Accrued revenue – sales value.',
  WIP_SALES_VALUE: 'WIP – sales value.',
  COST_ITEM: 'Cost – item.',
  WIP_COST_VALUE_ITEM: 'WIP – cost value – item.',
  WIP_INVOICED_ON_ACCOUNT: 'WIP – invoiced on account.',
  CUSTOMER_BALANCE: 'What the customer owes.',
  SALES_TAX_PAYABLE: 'Sales tax to be paid.',
});
graphEnum(InvoiceFormat, 'InvoiceFormat', 'How a customer invoice is printed (PsaInvoiceFormats).', {
  DETAIL_INVOICE: 'Every line.',
  SUMMARY_INVOICE: 'A sum per contract line and project.',
  SUMMARY_BY_CATEGORY: 'A sum per category.',
  MANAGE_INVOICE: 'Grouped as a managed invoice format of the legal entity says.',
});
graphEnum(InvoiceGroupField, 'InvoiceGroupField', 'What a managed invoice format can group lines by.', {
  CONTRACT_LINE: 'The contract line.',
  PROJECT: 'The project.',
  CATEGORY: 'The category.',
  CLASSIFICATION: 'Hours, expenses, materials, fees, on account.',
  RESOURCE: 'Who worked.',
});
