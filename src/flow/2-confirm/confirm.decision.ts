import {
  AdjustmentStatus,
  BillingStatus,
  CONNECTION_ROLES,
  CustomerType,
  NotToExceedStatus,
  RECORD_TYPES,
  TransactionType,
  type Actual,
  type Milestone,
  type ProformaInvoiceLineDetail,
  type TransactionConnection,
  type TransactionOrigin,
} from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { InternalError, invalid, notFound, type Refusal } from '../../kernel/refusal';
import { BILLING_STATES } from '../1-bill/billing-status.states';
import type { NewRow } from '../1-bill/draft.decision';
import { MILESTONE_STATES } from '../1-bill/milestone.states';
import { refusalOf } from '../1-bill/transition';

/** What is the same for every detail of a proforma. */
export interface ConfirmationFacts {
  readonly proformaInvoiceId: string;
  /** Stamped on every new actual. */
  readonly accountingDate: string;
  readonly confirmedOn: string;
  /** The change set of what goes to finance. */
  readonly changeSetId: string;
  /** The contract's; a milestone has none of its own. */
  readonly contractingUnitId: string | null;
  readonly newId: () => string;
}

/** A detail with what it bills. */
export interface DetailFacts {
  readonly detail: ProformaInvoiceLineDetail;
  /** The unbilled actual; null on milestones and where none was found. */
  readonly source: Actual | null;
  readonly sourceOrigins: readonly TransactionOrigin[];
  readonly milestone: Milestone | null;
}

/** What confirming a detail adds and moves on. */
export interface DetailDecision {
  readonly actuals: readonly Actual[];
  readonly connections: readonly NewRow<TransactionConnection>[];
  readonly origins: readonly NewRow<TransactionOrigin>[];
  /** The unbilled actual that becomes Customer Invoice Posted. */
  readonly invoicedActualId: string | null;
  /** The milestone that becomes Customer invoice posted. */
  readonly invoicedMilestoneId: string | null;
}

type Decide = (confirmation: ConfirmationFacts, facts: DetailFacts) => DetailDecision | Refusal;

/**
 * The patterns of domain facts 6.8, by what the detail bills: transactions as they stand (A1 time, expense and material; B fee)
 * and milestones (C1).
 */
const PATTERNS = {
  transactionAsItStands: decideTransaction,
  milestone: decideMilestone,
} as const satisfies Record<string, Decide>;

type Pattern = keyof typeof PATTERNS;

/** What confirming one detail does, or why it cannot be confirmed. */
export function decideConfirmation(confirmation: ConfirmationFacts, facts: DetailFacts): DetailDecision | Refusal {
  const pattern = patternOf(facts);
  return typeof pattern === 'string' ? PATTERNS[pattern](confirmation, facts) : pattern;
}

function patternOf({ detail, source }: DetailFacts): Pattern | Refusal {
  const what = `The line detail ${detail.id}`;
  if (detail.isCorrection)
    return invalid('DETAIL_EDITED', `${what} corrects an earlier invoice; it bills no transaction as it stands.`);
  if (detail.milestoneId !== null) return 'milestone';
  if (detail.unbilledActualId === null) return invalid('DETAIL_EDITED', `${what} was added by hand; it bills no transaction.`);
  if (source === null) return notFound('actual', detail.unbilledActualId);
  const edited = editedPropertyOf(detail, source);
  return edited === null
    ? 'transactionAsItStands'
    : invalid('DETAIL_EDITED', `${what} has another ${edited} than its unbilled actual ${source.id}.`);
}

function editedPropertyOf(detail: ProformaInvoiceLineDetail, source: Actual): string | null {
  if (detail.billingType !== source.billingType) return 'billing type';
  if (!detail.quantity.eq(source.quantity)) return 'quantity';
  if (!sameDecimal(detail.price, source.price)) return 'price';
  return detail.amount.eq(source.amount) ? null : 'amount';
}

function sameDecimal(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : one.eq(other);
}

/** A1 and B: the unbilled actual is reversed in full, and billed in full. */
function decideTransaction(
  confirmation: ConfirmationFacts,
  { detail, source, sourceOrigins }: DetailFacts,
): DetailDecision | Refusal {
  if (source === null) throw new InternalError(`The detail ${detail.id} bills no actual`);
  const what = `The actual ${source.id}`;
  if (source.adjustmentStatus !== null) return invalid('ADJUSTED', `${what} was adjusted since it was put on the proforma.`);
  const wrong = refusalOf(BILLING_STATES, what, source.billingStatus, 'confirm');
  if (wrong) return wrong;

  const reversal = reversalOf(confirmation, detail, source);
  const billed = billedActualOf(confirmation, detail, source);
  const work = workBehind(sourceOrigins);
  return {
    actuals: [reversal, billed],
    connections: [
      // Both ends have to be sent for finance to hear of a connection, and the reversal is not.
      connection(confirmation, { ...reversal, role: CONNECTION_ROLES.reversing }, { ...source, role: CONNECTION_ROLES.original }),
      connection(
        confirmation,
        { ...billed, role: CONNECTION_ROLES.billedSales },
        { ...source, role: CONNECTION_ROLES.unbilledSales },
      ),
    ],
    origins: [
      ...origins(confirmation, billed.id, [...invoiceDocuments(detail), ...work]),
      ...origins(confirmation, reversal.id, work),
    ],
    invoicedActualId: source.id,
    invoicedMilestoneId: null,
  };
}

/** C1: a billed actual only. */
function decideMilestone(confirmation: ConfirmationFacts, { detail, milestone }: DetailFacts): DetailDecision | Refusal {
  if (milestone === null) throw new InternalError(`The detail ${detail.id} bills no milestone`);
  const wrong = refusalOf(MILESTONE_STATES, `The milestone ${milestone.id}`, milestone.invoiceStatus, 'confirm');
  if (wrong) return wrong;
  const billed = billedActualOf(confirmation, detail, null);
  return {
    actuals: [billed],
    connections: [],
    origins: origins(confirmation, billed.id, [
      ...invoiceDocuments(detail),
      { originId: milestone.id, originType: RECORD_TYPES.milestone },
    ]),
    invoicedActualId: null,
    invoicedMilestoneId: milestone.id,
  };
}

/** The negative of an unbilled actual. Not sent: finance marks the posted unbilled transaction as invoiced instead. */
function reversalOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual): Actual {
  return {
    ...source,
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: null,
    transactionType: TransactionType.UNBILLED_SALES,
    adjustmentStatus: AdjustmentStatus.UNADJUSTABLE,
    skipSync: true,
    quantity: source.quantity.neg(),
    amount: source.amount.neg(),
    tax: source.tax.neg(),
    amountBase: source.amountBase?.neg() ?? null,
  };
}

/** What the customer is billed: the detail's figures, and what only the unbilled actual knows. */
function billedActualOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual | null): Actual {
  return {
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: confirmation.changeSetId,
    transactionType: TransactionType.BILLED_SALES,
    adjustmentStatus: null,
    skipSync: false,
    classification: detail.classification,
    billingType: detail.billingType,
    description: detail.description,
    externalDescription: detail.externalDescription,
    quantity: detail.quantity,
    price: detail.price,
    amount: detail.amount,
    tax: detail.tax,
    amountBase: source?.amountBase ?? null,
    exchangeRate: source?.exchangeRate ?? null,
    currencyId: detail.currencyId,
    transactionDate: detail.transactionDate,
    documentDate: detail.documentDate,
    startDateTime: source?.startDateTime ?? null,
    endDateTime: source?.endDateTime ?? null,
    contractId: detail.contractId,
    contractLineId: detail.contractLineId,
    customerType: source?.customerType ?? CustomerType.ACCOUNT,
    customerId: detail.customerId,
    projectId: detail.projectId,
    taskId: detail.taskId,
    resourceId: detail.resourceId,
    roleId: detail.roleId,
    categoryId: detail.categoryId,
    productId: detail.productId,
    unitId: detail.unitId,
    contractingUnitId: source?.contractingUnitId ?? confirmation.contractingUnitId,
    resourcingUnitId: source?.resourcingUnitId ?? null,
    milestoneId: detail.milestoneId,
  };
}

/** What all actuals have that a confirmation makes. */
function bornAtConfirmation(
  { proformaInvoiceId, accountingDate, confirmedOn }: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
) {
  return {
    version: 1,
    sourceVersion: 0,
    billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED,
    notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
    proformaInvoiceId,
    lineDetailId: detail.id,
    accountingDate,
    createdOn: confirmedOn,
    externalReference: null,
    accountingAmount: null,
    accountingExchangeRate: null,
    voucherNumber: null,
    salesTaxAmount: null,
  };
}

type End = Pick<Actual, 'id' | 'skipSync'> & { readonly role: string };

function connection({ newId, changeSetId }: ConfirmationFacts, one: End, other: End): NewRow<TransactionConnection> {
  return {
    id: newId(),
    name: null,
    transaction1Id: one.id,
    transaction1Role: one.role,
    transaction1Type: RECORD_TYPES.actual,
    transaction2Id: other.id,
    transaction2Role: other.role,
    transaction2Type: RECORD_TYPES.actual,
    changeSetId: one.skipSync || other.skipSync ? null : changeSetId,
  };
}

interface OriginDocument {
  readonly originId: string;
  readonly originType: string;
}

function invoiceDocuments(detail: ProformaInvoiceLineDetail): OriginDocument[] {
  return [
    { originId: detail.proformaInvoiceId, originType: RECORD_TYPES.invoice },
    { originId: detail.lineId, originType: RECORD_TYPES.invoiceLine },
    { originId: detail.id, originType: RECORD_TYPES.invoiceLineDetail },
  ];
}

const INVOICE_TYPES: readonly string[] = [RECORD_TYPES.invoice, RECORD_TYPES.invoiceLine, RECORD_TYPES.invoiceLineDetail];

/** Time entry, journal line and what else the unbilled actual came from; not the invoices of its past. */
function workBehind(sourceOrigins: readonly TransactionOrigin[]): OriginDocument[] {
  return sourceOrigins.filter(({ originType }) => !INVOICE_TYPES.includes(originType));
}

function origins(
  { newId }: ConfirmationFacts,
  actualId: string,
  documents: readonly OriginDocument[],
): NewRow<TransactionOrigin>[] {
  return documents.map(({ originId, originType }) => ({
    id: newId(),
    originId,
    originType,
    transactionId: actualId,
    transactionType: RECORD_TYPES.actual,
    changeSetId: null,
  }));
}
