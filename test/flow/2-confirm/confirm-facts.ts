import {
  BillingMethod,
  BillingStatus,
  BillingType,
  CustomerType,
  MilestoneInvoiceStatus,
  NotToExceedStatus,
  TransactionClassification,
  TransactionType,
  type Actual,
  type Milestone,
  type ProformaInvoiceLineDetail,
  type ProjectContract,
  type TransactionOrigin,
} from '../../../src/entities/dataverse';
import { decideCorrectionDetail } from '../../../src/flow/1-bill/corrections/correction.decision';
import { decideDetailOfActual, decideDetailOfMilestone, type DraftDetail } from '../../../src/flow/1-bill/draft/draft.decision';
import type { ConfirmationFacts, DetailFacts } from '../../../src/flow/2-confirm/confirm.decision';
import { decimal, ZERO } from '../../../src/kernel/decimal';
import type { Refusal } from '../../../src/kernel/refusal';

/** Facts for the pure decision: readable ids, and the documented example of 8 hours at 200 (domain facts 6.8). */
export function confirmation(): ConfirmationFacts {
  let next = 0;
  return {
    proformaInvoiceId: 'proforma',
    accountingDate: '2026-06-30',
    confirmedOn: '2026-06-30T12:00:00.000Z',
    changeSetId: 'change-set',
    contractingUnitId: 'unit-of-contract',
    currencyDecimals: 2,
    billingMethods: new Map([['line', BillingMethod.TIME_AND_MATERIAL]]),
    skipReversalsOfAdjusted: false,
    newId: () => `new-${++next}`,
  };
}

export function unbilledActual(changes: Partial<Actual> = {}): Actual {
  return {
    id: 'unbilled',
    version: 3,
    changeSetId: 'load',
    sourceVersion: 1,
    description: 'Work',
    externalDescription: 'For the customer',
    externalReference: 'V-1',
    transactionType: TransactionType.UNBILLED_SALES,
    classification: TransactionClassification.TIME,
    billingType: BillingType.CHARGEABLE,
    billingStatus: BillingStatus.CUSTOMER_INVOICE_CREATED,
    adjustmentStatus: null,
    notToExceedStatus: NotToExceedStatus.COMMITTED,
    skipSync: false,
    quantity: decimal(8),
    price: decimal(200),
    amount: decimal(1600),
    tax: decimal(320),
    amountBase: decimal(2000),
    exchangeRate: decimal('0.8'),
    currencyId: 'currency',
    transactionDate: '2026-06-10',
    documentDate: '2026-06-11',
    accountingDate: '2026-06-12',
    startDateTime: '2026-06-10T08:00:00.000Z',
    endDateTime: '2026-06-10T16:00:00.000Z',
    contractId: 'contract',
    contractLineId: 'contract-line',
    customerType: CustomerType.ACCOUNT,
    customerId: 'customer',
    proformaInvoiceId: null,
    projectId: 'project',
    taskId: 'task',
    resourceId: 'resource',
    roleId: 'role',
    categoryId: 'category',
    productId: null,
    unitId: 'hour',
    contractingUnitId: 'contracting',
    resourcingUnitId: 'resourcing',
    milestoneId: null,
    retainerId: null,
    lineDetailId: null,
    createdOn: '2026-06-11T00:00:00.000Z',
    accountingAmount: decimal(1600),
    accountingExchangeRate: decimal(1),
    voucherNumber: 'PJV-1',
    salesTaxAmount: ZERO,
    ...changes,
  };
}

export function milestoneOf(changes: Partial<Milestone> = {}): Milestone {
  return {
    id: 'milestone',
    version: 2,
    changeSetId: null,
    sourceVersion: 0,
    name: 'Go-live',
    contractId: 'contract',
    contractLineId: 'contract-line',
    projectId: 'project',
    taskId: null,
    customerId: 'customer',
    currencyId: 'currency',
    amount: decimal(5000),
    tax: decimal(250),
    amountAfterTax: decimal(5250),
    invoiceDate: '2026-06-15',
    milestoneDate: '2026-06-15',
    invoiceStatus: MilestoneInvoiceStatus.CUSTOMER_INVOICE_CREATED,
    description: null,
    progressMilestoneId: null,
    progressStep: null,
    progressPercent: null,
    ...changes,
  };
}

const DRAFT_FACTS = {
  contract: { id: 'contract', number: 'CON-1', currencyId: 'currency' } as ProjectContract,
  proformaInvoiceId: 'proforma',
  payerId: 'customer',
  lineIds: new Map([['contract-line', 'line']]),
  newId: () => 'detail',
};

function detailIn(drafted: DraftDetail | Refusal, changes: Partial<ProformaInvoiceLineDetail>): ProformaInvoiceLineDetail {
  if ('kind' in drafted) throw new Error(drafted.message);
  return { ...drafted.detail, version: 1, sourceVersion: 0, ...changes };
}

const origin = (originType: string, originId: string): TransactionOrigin => ({
  id: `origin-${originId}`,
  version: 1,
  changeSetId: null,
  sourceVersion: 0,
  originId,
  originType,
  transactionId: 'unbilled',
  transactionType: 'msdyn_actual',
});

/** A detail as the draft makes it of an unbilled actual, perhaps changed since. */
export function transactionDetail(source = unbilledActual(), changes: Partial<ProformaInvoiceLineDetail> = {}): DetailFacts {
  return {
    detail: detailIn(decideDetailOfActual(DRAFT_FACTS, source), changes),
    source,
    milestone: null,
    corrected: null,
    sourceOrigins: [origin('msdyn_journalline', 'journal-line'), origin('msdyn_timeentry', 'time-entry')],
  };
}

export function milestoneDetail(milestone = milestoneOf(), changes: Partial<ProformaInvoiceLineDetail> = {}): DetailFacts {
  return {
    detail: detailIn(decideDetailOfMilestone(DRAFT_FACTS, milestone), changes),
    source: null,
    milestone,
    corrected: null,
    sourceOrigins: [],
  };
}

/** The billed actual that confirming `transactionDetail()` makes: 8 hours at 200, from an invoice and the work behind it. */
export function billedActual(changes: Partial<Actual> = {}): Actual {
  return {
    ...unbilledActual(),
    id: 'billed',
    transactionType: TransactionType.BILLED_SALES,
    billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED,
    proformaInvoiceId: 'first-proforma',
    lineDetailId: 'first-detail',
    ...changes,
  };
}

/** A correction of a billed actual, at first a full credit; `changes` are what the project manager edits. */
export function correctionDetail(
  billed = billedActual(),
  changes: Partial<ProformaInvoiceLineDetail> = {},
  { milestone = null, billsUnbilled = milestone === null }: { milestone?: Milestone | null; billsUnbilled?: boolean } = {},
): DetailFacts {
  return {
    detail: detailIn(decideCorrectionDetail(DRAFT_FACTS, billed), changes),
    source: null,
    sourceOrigins: [],
    milestone,
    corrected: {
      billed,
      billedOrigins: [
        origin('invoice', 'first-proforma'),
        origin('invoicedetail', 'first-line'),
        origin('msdyn_invoicelinetransaction', 'first-detail'),
        origin('msdyn_journalline', 'journal-line'),
        origin('msdyn_timeentry', 'time-entry'),
      ],
      billsUnbilled,
    },
  };
}
