import {
  type Actual,
  type AdjustmentStatus,
  BillingStatus,
  BillingType,
  CONNECTION_ROLES,
  CustomerType,
  type MilestoneInvoiceStatus,
  NotToExceedStatus,
  RECORD_TYPES,
  type TimeEntry,
  TimeEntryStatus,
  TransactionClassification,
  type TransactionConnection,
  type TransactionOrigin,
  TransactionType,
} from '../../src/entities/dataverse';
import { type Decimal, decimal, ZERO } from '../../src/kernel/decimal';
import type { Ids } from '../../src/kernel/ids';
import { amountOf } from '../../src/kernel/money';

const CURRENCY_DECIMALS: Record<string, number> = { JPY: 0, KWD: 3 };
export const decimalsOfCurrency = (code: string): number => CURRENCY_DECIMALS[code] ?? 2;

export const CATEGORY_NAMES = {
  [TransactionClassification.TIME]: 'Time',
  [TransactionClassification.EXPENSE]: 'Expense',
  [TransactionClassification.MATERIAL]: 'Material',
  [TransactionClassification.FEE]: 'Fee',
} as const;

export interface UnbilledOptions {
  quantity?: string;
  price?: string;
  /** Cost per unit, in accounting currency. */
  costPrice?: string;
  /** Whether a cost actual belongs to it; not for fees unless told. */
  cost?: boolean;
  classification?:
    | TransactionClassification.TIME
    | TransactionClassification.EXPENSE
    | TransactionClassification.MATERIAL
    | TransactionClassification.FEE;
  billingType?: BillingType;
  /** READY_TO_INVOICE unless told. */
  billingStatus?: BillingStatus;
  adjustmentStatus?: AdjustmentStatus | null;
  notToExceedStatus?: NotToExceedStatus;
  /** The project manager's estimate, in contract currency. */
  tax?: string;
  date?: string;
  /** Index of the contract customer who pays; null leaves the payer empty. */
  customer?: number | null;
}

export interface MilestoneOptions {
  amount?: string;
  tax?: string;
  date?: string;
  /** READY_FOR_INVOICING unless told. */
  invoiceStatus?: MilestoneInvoiceStatus;
  customer?: number | null;
}

export interface WorldCustomer {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractCustomerId: string;
  /** Name of the contract customer: the funding source in finance. */
  readonly fundingSourceId: string;
}

export interface UnbilledIds {
  readonly unbilledId: string;
  readonly costId: string | null;
  readonly timeEntryId: string | null;
  readonly journalLineId: string;
}

export interface WorldFacts {
  readonly number: number;
  /** Code of company and legal entity. */
  readonly legalEntityId: string;
  readonly companyId: string;
  readonly currency: string;
  readonly currencyId: string;
  readonly accountingCurrency: string;
  readonly accountingCurrencyId: string;
  readonly categories: Record<keyof typeof CATEGORY_NAMES, string>;
  readonly productId: string;
  readonly unitId: string;
  readonly organizationalUnitId: string;
  readonly resourceId: string;
  readonly roleId: string;
  readonly taskId: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly lines: { readonly timeAndMaterial: string; readonly fixedPrice: string };
  readonly projects: Record<'timeAndMaterial' | 'fixedPrice', { readonly id: string; readonly number: string }>;
  readonly customers: readonly WorldCustomer[];
}

/** The account of a contract customer by its index; null where the payer is left empty. */
export function accountOf(facts: WorldFacts, customer: number | null): string | null {
  return customer === null ? null : facts.customers[customer]!.accountId;
}

/** The rows of one transaction: actuals, connection, time entry and origins, stamped with the change set of a load. */
export function transactionRows(facts: WorldFacts, ids: Ids, changeSetId: string, options: UnbilledOptions) {
  const {
    quantity = '8',
    price = '200',
    costPrice = '100',
    classification = TransactionClassification.TIME,
    billingType = BillingType.CHARGEABLE,
    billingStatus = BillingStatus.READY_TO_INVOICE,
    adjustmentStatus = null,
    notToExceedStatus = NotToExceedStatus.NOT_APPLICABLE,
    tax = '0',
    date = '2026-06-10',
    customer = 0,
  } = options;
  const isTime = classification === TransactionClassification.TIME;
  const hasCost = options.cost ?? classification !== TransactionClassification.FEE;
  const found: UnbilledIds = {
    unbilledId: ids.next(),
    costId: hasCost ? ids.next() : null,
    timeEntryId: isTime ? ids.next() : null,
    journalLineId: ids.next(),
  };
  const shared = {
    description: 'Work',
    externalDescription: null,
    classification,
    billingType,
    adjustmentStatus,
    skipSync: false,
    quantity: decimal(quantity),
    transactionDate: date,
    documentDate: date,
    accountingDate: date,
    startDateTime: `${date}T08:00:00.000Z`,
    endDateTime: `${date}T16:00:00.000Z`,
    contractId: facts.contractId,
    contractLineId: facts.lines.timeAndMaterial,
    customerType: CustomerType.ACCOUNT,
    projectId: facts.projects.timeAndMaterial.id,
    taskId: isTime ? facts.taskId : null,
    resourceId: isTime ? facts.resourceId : null,
    roleId: isTime ? facts.roleId : null,
    categoryId: facts.categories[classification],
    unitId: facts.unitId,
    productId: classification === TransactionClassification.MATERIAL ? facts.productId : null,
    contractingUnitId: facts.organizationalUnitId,
    resourcingUnitId: facts.organizationalUnitId,
    changeSetId,
    createdOn: `${date}T16:00:00.000Z`,
  };
  const priced = (unitPrice: string, currency: string) => ({
    price: decimal(unitPrice),
    amount: amountOf(decimal(quantity), decimal(unitPrice), decimalsOfCurrency(currency)),
  });
  const actuals: Partial<Actual>[] = [
    {
      ...shared,
      ...priced(price, facts.currency),
      id: found.unbilledId,
      transactionType: TransactionType.UNBILLED_SALES,
      billingStatus,
      notToExceedStatus,
      tax: decimal(tax),
      currencyId: facts.currencyId,
      customerId: accountOf(facts, customer),
    },
  ];
  const connections: Partial<TransactionConnection>[] = [];
  if (found.costId) {
    actuals.push({
      ...shared,
      ...priced(costPrice, facts.accountingCurrency),
      id: found.costId,
      transactionType: TransactionType.COST,
      billingStatus: null,
      notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
      tax: ZERO,
      currencyId: facts.accountingCurrencyId,
      customerId: null,
    });
    connections.push({
      id: ids.next(),
      changeSetId,
      transaction1Id: found.unbilledId,
      transaction1Role: CONNECTION_ROLES.unbilledSales,
      transaction1Type: RECORD_TYPES.actual,
      transaction2Id: found.costId,
      transaction2Role: CONNECTION_ROLES.cost,
      transaction2Type: RECORD_TYPES.actual,
    });
  }
  const timeEntries: Partial<TimeEntry>[] =
    found.timeEntryId === null
      ? []
      : [
          {
            id: found.timeEntryId,
            date,
            durationMinutes: minutesOf(decimal(quantity)),
            resourceId: facts.resourceId,
            projectId: facts.projects.timeAndMaterial.id,
            taskId: facts.taskId,
            roleId: facts.roleId,
            description: 'Work',
            status: TimeEntryStatus.APPROVED,
          },
        ];
  const documents = [
    { originId: found.journalLineId, originType: RECORD_TYPES.journalLine },
    ...(found.timeEntryId ? [{ originId: found.timeEntryId, originType: RECORD_TYPES.timeEntry }] : []),
  ];
  const origins: Partial<TransactionOrigin>[] = actuals.flatMap((actual) =>
    documents.map((document) => ({
      ...document,
      id: ids.next(),
      transactionId: actual.id!,
      transactionType: RECORD_TYPES.actual,
    })),
  );
  return { ids: found, actuals, connections, timeEntries, origins };
}

function minutesOf(hours: Decimal): number {
  return hours.times(60).round().toNumber();
}
