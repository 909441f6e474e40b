import {
  AdjustmentStatus,
  BillingMethod,
  BillingStatus,
  BillingType,
  CONNECTION_ROLES,
  CustomerType,
  NotToExceedStatus,
  RECORD_TYPES,
  TransactionClassification,
  TransactionType,
  type Actual,
  type ProjectContract,
  type ProjectContractLine,
  type TimeEntry,
  type TransactionConnection,
  type TransactionOrigin,
} from '../../../entities/dataverse';
import { decimal, ZERO, type Decimal } from '../../../kernel/decimal';
import { amountOf, QUANTITY_SCALE } from '../../../kernel/money';
import { connection, origins } from '../connections-and-origins';
import type { NewRow } from '../draft/draft.decision';
import { partsOf, type Share } from '../split/split-billing.rules';

/** What is the same for every entry of an approval. */
export interface ApprovalFacts {
  readonly changeSetId: string;
  readonly now: string;
  /** Stamped on every new actual; the day of the work unless given. */
  readonly accountingDate: string | null;
  readonly newId: () => string;
}

/** The contract line that a project's time belongs to, and how its parts are priced. */
export interface ApprovalLine {
  readonly contract: Pick<ProjectContract, 'id' | 'currencyId' | 'contractingUnitId'>;
  readonly line: Pick<ProjectContractLine, 'id' | 'billingMethod'>;
  /** Who pays; on a fixed-price line nobody is asked. */
  readonly shares: readonly Share[];
  readonly salesDecimals: number;
  readonly costCurrencyId: string;
  readonly costDecimals: number;
}

/** An entry as it is approved. */
export interface ApprovedEntry {
  readonly entry: TimeEntry;
  /** Hours that the customer pays; those worked unless the approver changes them. */
  readonly billableHours: Decimal;
  readonly salesPrice: Decimal;
  readonly costPrice: Decimal;
  readonly billingType: BillingType;
  readonly categoryId: string | null;
}

export interface ApprovalDecision {
  readonly actuals: readonly Actual[];
  readonly connections: readonly NewRow<TransactionConnection>[];
  readonly origins: readonly NewRow<TransactionOrigin>[];
}

const MINUTES_PER_HOUR = 60;
const DESCRIPTION_CHARACTERS_MAX = 200;

/** Hours worked, to the last digit that a quantity keeps: 20 minutes are 0.333333 hours. */
export function hoursOf({ durationMinutes }: Pick<TimeEntry, 'durationMinutes'>): Decimal {
  return decimal(durationMinutes).div(MINUTES_PER_HOUR).toDecimalPlaces(QUANTITY_SCALE);
}

/** The actuals of approved time (domain facts 6.8 F): its cost, and per customer the sales value, in full or in two parts. */
export function decideApproval(approval: ApprovalFacts, to: ApprovalLine, approved: ApprovedEntry): ApprovalDecision {
  const cost = costOf(approval, to, approved);
  const unbilled = to.line.billingMethod === BillingMethod.FIXED_PRICE ? [] : unbilledOf(approval, to, approved);
  const documents = [{ originId: approved.entry.id, originType: RECORD_TYPES.timeEntry }];
  return {
    actuals: [cost, ...unbilled],
    connections: unbilled.map((sales) =>
      connection(approval, { ...sales, role: CONNECTION_ROLES.unbilledSales }, { ...cost, role: CONNECTION_ROLES.cost }),
    ),
    origins: [cost, ...unbilled].flatMap(({ id }) => origins(approval, id, documents)),
  };
}

function costOf(approval: ApprovalFacts, to: ApprovalLine, approved: ApprovedEntry): Actual {
  const hours = hoursOf(approved.entry);
  const isFixedPrice = to.line.billingMethod === BillingMethod.FIXED_PRICE;
  return {
    ...bornAtApproval(approval, to, approved),
    id: approval.newId(),
    transactionType: TransactionType.COST,
    // Fixed-price work is paid by milestones, so its hours have no billing type of their own.
    billingType: isFixedPrice ? BillingType.NOT_AVAILABLE : approved.billingType,
    billingStatus: null,
    customerId: null,
    quantity: hours,
    price: approved.costPrice,
    amount: amountOf(hours, approved.costPrice, to.costDecimals),
    currencyId: to.costCurrencyId,
  };
}

function unbilledOf(approval: ApprovalFacts, to: ApprovalLine, approved: ApprovedEntry): Actual[] {
  const { billableHours, billingType } = approved;
  const rest = hoursOf(approved.entry).minus(billableHours);
  return [
    ...(billableHours.isZero() ? [] : unbilledOfPart(approval, to, approved, { quantity: billableHours, billingType })),
    ...(rest.gt(0) ? unbilledOfPart(approval, to, approved, { quantity: rest, billingType: BillingType.NON_CHARGEABLE }) : []),
  ];
}

/** One unbilled actual per customer; a share too small for a digit of quantity and a cent has none. */
function unbilledOfPart(
  approval: ApprovalFacts,
  to: ApprovalLine,
  approved: ApprovedEntry,
  { quantity, billingType }: { quantity: Decimal; billingType: BillingType },
): Actual[] {
  const quantities = partsOf(quantity, to.shares, QUANTITY_SCALE);
  const amounts = partsOf(amountOf(quantity, approved.salesPrice, to.salesDecimals), to.shares, to.salesDecimals);
  return to.shares.flatMap(({ customerId }, index) => {
    const [partQuantity, partAmount] = [quantities[index]!, amounts[index]!];
    if (partQuantity.isZero() && partAmount.isZero()) return [];
    return {
      ...bornAtApproval(approval, to, approved),
      id: approval.newId(),
      transactionType: TransactionType.UNBILLED_SALES,
      billingType,
      billingStatus: BillingStatus.UNBILLED_SALES_CREATED,
      customerId,
      quantity: partQuantity,
      price: approved.salesPrice,
      amount: partAmount,
      currencyId: to.contract.currencyId,
    };
  });
}

function bornAtApproval({ changeSetId, now, accountingDate }: ApprovalFacts, { contract, line }: ApprovalLine, approved: ApprovedEntry) {
  const { entry, categoryId } = approved;
  return {
    version: 1,
    sourceVersion: 0,
    changeSetId,
    skipSync: false,
    adjustmentStatus: null,
    notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
    classification: TransactionClassification.TIME,
    description: shortened(entry.description),
    externalDescription: shortened(entry.externalDescription),
    transactionDate: entry.date,
    documentDate: entry.date,
    accountingDate: accountingDate ?? entry.date,
    startDateTime: null,
    endDateTime: null,
    contractId: contract.id,
    contractLineId: line.id,
    customerType: CustomerType.ACCOUNT,
    projectId: entry.projectId,
    taskId: entry.taskId,
    resourceId: entry.resourceId,
    roleId: entry.roleId,
    categoryId,
    productId: null,
    unitId: null,
    contractingUnitId: contract.contractingUnitId,
    resourcingUnitId: null,
    milestoneId: null,
    retainerId: null,
    proformaInvoiceId: null,
    lineDetailId: null,
    tax: ZERO,
    amountBase: null,
    exchangeRate: null,
    createdOn: now,
    externalReference: null,
    ...NOT_POSTED,
  };
}

/** Finance writes these back when it has posted the actual. */
const NOT_POSTED = { accountingAmount: null, accountingExchangeRate: null, voucherNumber: null, salesTaxAmount: null };

/** Actuals keep shorter descriptions than time entries. */
function shortened(text: string | null): string | null {
  return text === null ? null : Array.from(text).slice(0, DESCRIPTION_CHARACTERS_MAX).join('');
}

/** The negatives of the actuals of an approval that is cancelled, each connected with its original. */
export function decideCancellation(approval: ApprovalFacts, timeEntryId: string, originals: readonly Actual[]): ApprovalDecision {
  const pairs = originals.map((original) => ({ original, reversal: reversalOf(approval, original) }));
  const documents = [{ originId: timeEntryId, originType: RECORD_TYPES.timeEntry }];
  return {
    actuals: pairs.map(({ reversal }) => reversal),
    connections: pairs.map(({ original, reversal }) =>
      connection(approval, { ...reversal, role: CONNECTION_ROLES.reversing }, { ...original, role: CONNECTION_ROLES.original }),
    ),
    origins: pairs.flatMap(({ reversal }) => origins(approval, reversal.id, documents)),
  };
}

/** Sent like its original: finance holds that in WIP, and nothing else takes it out again (design 7.2). */
function reversalOf({ changeSetId, now, accountingDate, newId }: ApprovalFacts, original: Actual): Actual {
  return {
    ...original,
    ...NOT_POSTED,
    id: newId(),
    version: 1,
    sourceVersion: 0,
    changeSetId,
    skipSync: original.skipSync,
    adjustmentStatus: AdjustmentStatus.UNADJUSTABLE,
    billingStatus: original.billingStatus === null ? null : BillingStatus.CANCELED,
    notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
    accountingDate: accountingDate ?? original.accountingDate,
    quantity: original.quantity.neg(),
    amount: original.amount.neg(),
    tax: original.tax.neg(),
    amountBase: original.amountBase?.neg() ?? null,
    createdOn: now,
  };
}
