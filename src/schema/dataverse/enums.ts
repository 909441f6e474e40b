import {
  AdjustmentStatus, BillingMethod, BillingStatus, BillingType, BulkConfirmationStatus, ContractState, MilestoneInvoiceStatus, NotReadyReason, NotToExceedLevel, NotToExceedStatus, OrderType,
  ProformaInvoiceStatus, RetainerInvoiceStatus, RetainerRefundStatus, RetainerUse, TimeEntryStatus, TransactionClassification, TransactionType,
} from '../../entities/dataverse/option-sets';
import { graphEnum } from '../shared/enums';

graphEnum(TransactionType, 'TransactionType', 'What an actual records (msdyn_transactiontypecode).', {
  COST: 'What work or goods cost us.',
  PROJECT_CONTRACT: 'The contracted value.',
  UNBILLED_SALES: 'Sales value of work that is not invoiced yet.',
  BILLED_SALES: 'Sales value on a confirmed proforma.',
  RESOURCING_UNIT_COST: 'Cost of a resource lent by another unit.',
  INTER_ORGANIZATIONAL_SALES: 'Sales to another unit of the organisation.',
});
graphEnum(TransactionClassification, 'TransactionClassification', 'What kind of transaction it is (msdyn_transactionclassification).', {
  TIME: 'Hours worked.',
  EXPENSE: 'An expense passed on to the customer.',
  MATERIAL: 'Material or products used.',
  MILESTONE: 'A fixed amount that became due.',
  FEE: 'A fee.',
  COMMISSION: 'A commission.',
  ADDITIONAL: 'An additional charge.',
  TAX: 'Tax.',
  RETAINER: 'A retainer or advance.',
});
graphEnum(BillingType, 'BillingType', 'Whether the customer pays for it (msdyn_billingtype). Only chargeable amounts count towards an invoice\'s total.', {
  NON_CHARGEABLE: 'Not charged to the customer.',
  CHARGEABLE: 'Charged to the customer.',
  COMPLIMENTARY: 'Given to the customer for free.',
  NOT_AVAILABLE: 'No billing type, as on cost.',
});
graphEnum(BillingStatus, 'BillingStatus', 'How far an unbilled sales actual has come towards an invoice (msdyn_billingstatus).', {
  UNBILLED_SALES_CREATED: 'In the backlog, not ready.',
  CUSTOMER_INVOICE_CREATED: 'On a draft proforma.',
  CUSTOMER_INVOICE_POSTED: 'On a confirmed proforma.',
  CANCELED: 'Canceled.',
  READY_TO_INVOICE: 'In the backlog, ready for the next proforma.',
  WORK_ORDER_CLOSED: 'Closed with its work order.',
});
graphEnum(AdjustmentStatus, 'AdjustmentStatus', 'Whether an actual was replaced (msdyn_adjustmentstatus); empty on most.', {
  IN_PROCESS: 'Being adjusted.',
  ADJUSTED: 'Replaced by later actuals; no longer invoiceable.',
  UNADJUSTABLE: 'A reversal; can be neither adjusted nor invoiced.',
});
graphEnum(NotToExceedStatus, 'NotToExceedStatus', 'Outcome of the not-to-exceed limits of customer, contract and contract lines.', {
  NOT_APPLICABLE: 'No limit applies.',
  NOT_EVALUATED: 'Not checked yet.',
  COMMITTED: 'Within the limits.',
  FAILED: 'Over a limit; cannot be marked ready.',
});
graphEnum(NotReadyReason, 'NotReadyReason', 'Why a row of the billing backlog is not on the next proforma.', {
  NOT_MARKED: 'Nobody has marked it as ready to invoice.',
  NOT_TO_EXCEED_FAILED: 'It is over a not-to-exceed limit.',
  NO_CONTRACT_LINE: 'It is on no line of its contract, so it cannot be marked.',
});
graphEnum(NotToExceedLevel, 'NotToExceedLevel', 'What a not-to-exceed limit covers, the narrowest first. A transaction has to be within every limit that covers it.', {
  CONTRACT_LINE_CUSTOMER: 'What one customer pays of one contract line.',
  CONTRACT_LINE: 'One contract line.',
  CUSTOMER: 'What one customer pays of the whole contract.',
  CONTRACT: 'The whole contract.',
});
graphEnum(ProformaInvoiceStatus, 'ProformaInvoiceStatus', 'Status of a proforma invoice (msdyn_projectinvoicestatus).', {
  DRAFT: 'Can be changed or deleted.',
  IN_REVIEW: 'Waits for its reviewers.',
  CONFIRMED: 'Read-only for ever; on its way to finance.',
  PAID: 'Paid by the customer.',
  POSTED: 'The customer invoice was posted in finance.',
});
graphEnum(BulkConfirmationStatus, 'BulkConfirmationStatus', 'How far a bulk confirmation has come with a proforma.', {
  SCHEDULED: 'Waits for its turn; it can still be edited.',
  PROCESSING: 'Is being confirmed.',
  COMPLETE: 'Confirmed.',
  FAILED: 'Refused, and left as it was; it can be scheduled again.',
});
graphEnum(MilestoneInvoiceStatus, 'MilestoneInvoiceStatus', 'How far a milestone has come towards an invoice (msdyn_invoicestatus).', {
  NOT_READY_FOR_INVOICING: 'Not due yet.',
  READY_FOR_INVOICING: 'Ready for the next proforma.',
  CUSTOMER_INVOICE_CREATED: 'On a draft proforma.',
  CUSTOMER_INVOICE_POSTED: 'On a confirmed proforma.',
});
graphEnum(RetainerInvoiceStatus, 'RetainerInvoiceStatus', 'How far a retainer has come towards an invoice.', {
  NOT_READY: 'Not due yet.',
  READY_TO_INVOICE: 'Ready for the next proforma.',
  CUSTOMER_INVOICE_CREATED: 'On a draft proforma.',
  INVOICED: 'On a confirmed proforma; its balance is available.',
});
graphEnum(RetainerRefundStatus, 'RetainerRefundStatus', 'Whether a retainer\'s balance goes back to the customer.', {
  BLANK: 'No refund was asked for.',
  READY_TO_REFUND: 'The next proforma of the contract and customer carries the refund, or a draft has it already.',
  REFUNDED: 'Refunded by a confirmed proforma, in whole or in part.',
});
graphEnum(RetainerUse, 'RetainerUse', 'What a line detail does with its retainer.', {
  INVOICE: 'It bills the retainer to the customer.',
  APPLICATION: 'It pays for transactions of the proforma out of the retainer\'s balance.',
  REFUND: 'It gives the retainer\'s balance back to the customer.',
});
graphEnum(BillingMethod, 'BillingMethod', 'How a contract line is billed (msdyn_billingmethod).', {
  TIME_AND_MATERIAL: 'What was worked and used is billed.',
  FIXED_PRICE: 'Milestones are billed.',
});
graphEnum(OrderType, 'OrderType', 'Discriminates project contracts from other orders (msdyn_ordertype).', {
  ITEM_BASED: 'A sales order for items.',
  WORK_BASED: 'A project contract.',
  SERVICE_MAINTENANCE_BASED: 'A field service order.',
});
graphEnum(ContractState, 'ContractState', 'State of a project contract (msdyn_psastate).', {
  DRAFT: 'Being written.',
  ON_HOLD: 'On hold.',
  ACTIVE: 'Active.',
  CLOSED: 'Closed.',
});
graphEnum(TimeEntryStatus, 'TimeEntryStatus', 'Status of a time entry (msdyn_entrystatus).', {
  DRAFT: 'Not submitted.',
  RETURNED: 'Returned by the approver.',
  APPROVED: 'Approved; its actuals exist.',
  SUBMITTED: 'Waits for approval.',
  RECALL_REQUESTED: 'The author asks for it back.',
});
