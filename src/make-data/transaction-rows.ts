import {
  BillingStatus, BillingType, CONNECTION_ROLES, CustomerType, type MilestoneInvoiceStatus, NotToExceedStatus, RECORD_TYPES, TimeEntryStatus,
  TransactionClassification, TransactionType, type AdjustmentStatus,
} from '../entities/dataverse';
import { Decimal, decimal } from '../kernel/decimal';
import { amountOf, roundMoney } from '../kernel/money';
import type { ContractIds, LineIds, PayerIds } from './contract-rows';
import { taxPercent } from './finance-set-up';
import type { Guids } from './guids';
import { CATEGORIES, currencyOf, legalEntityOf, SHARED_IDS, type CategoryName, type CurrencyCode, type Row, type Sink } from './shared-masters';

const CLASSIFICATIONS = {
  Hour: TransactionClassification.TIME,
  Cost: TransactionClassification.EXPENSE,
  Item: TransactionClassification.MATERIAL,
  Revenue: TransactionClassification.FEE,
} as const;

/** Work that was done, before it is billed. */
export interface TransactionPlan {
  readonly contract: ContractIds;
  readonly line: LineIds;
  readonly category: CategoryName;
  readonly date: string;
  readonly description: string;
  readonly quantity: string;
  /** Sales price per unit in contract currency; without it there is only cost, as on a fixed-price line. */
  readonly price?: string;
  /** Cost per unit in the legal entity's accounting currency; without it there is no cost, as for a fee. */
  readonly costPrice?: string;
  readonly billingType?: BillingType;
  readonly billingStatus?: BillingStatus;
  readonly adjustmentStatus?: AdjustmentStatus;
  readonly notToExceedStatus?: NotToExceedStatus;
  readonly resourceId?: string;
  readonly roleId?: string;
  readonly taskIndex?: number;
  readonly productId?: string;
  readonly unitId: string;
  /** Hour of the day (UTC) at which the work began. */
  readonly startHour?: number;
}

export interface TransactionIds {
  readonly costId: string | null;
  readonly unbilled: readonly { readonly actualId: string; readonly payer: PayerIds; readonly quantity: Decimal; readonly amount: Decimal; readonly tax: Decimal }[];
  readonly timeEntryId: string | null;
  readonly journalLineId: string;
}

const jsonNumber = (value: Decimal): number => value.toNumber();
const pad = (hour: number): string => String(hour).padStart(2, '0');

/** The price, amount and organisation-currency columns of an actual. */
export function moneyColumns(quantity: Decimal, price: Decimal, currencyCode: CurrencyCode): { row: Row; amount: Decimal } {
  const { decimals, perUsd } = currencyOf(currencyCode);
  const amount = amountOf(quantity, price, decimals);
  return {
    amount,
    row: {
      msdyn_quantity: jsonNumber(quantity), msdyn_price: jsonNumber(price), msdyn_amount: jsonNumber(amount),
      msdyn_amount_base: jsonNumber(roundMoney(amount.div(perUsd), 2)), exchangerate: Number(perUsd),
      _transactioncurrencyid_value: SHARED_IDS.currencies[currencyCode],
    },
  };
}

/** Columns that cost and sales of the same work share. */
export function workColumns(plan: TransactionPlan): Row {
  const { contract, line, date, startHour = 8 } = plan;
  const kind = CATEGORIES.find(({ name }) => name === plan.category)!.kind;
  const hours = kind === 'Hour' ? decimal(plan.quantity).abs().ceil().toNumber() : 0;
  return {
    msdyn_description: plan.description, msdyn_transactionclassification: CLASSIFICATIONS[kind],
    msdyn_billingtype: plan.billingType ?? BillingType.CHARGEABLE,
    msdyn_transactiondate: date, msdyn_documentdate: date, msdyn_accountingdate: date,
    msdyn_startdatetime: `${date}T${pad(startHour)}:00:00Z`, msdyn_enddatetime: `${date}T${pad(Math.min(startHour + hours, 23))}:00:00Z`,
    _msdyn_salescontract_value: contract.contractId, _msdyn_salescontractlineid_value: line.contractLineId, _msdyn_project_value: line.projectId,
    _msdyn_task_value: plan.taskIndex === undefined ? null : line.taskIds[plan.taskIndex]!, _msdyn_bookableresource_value: plan.resourceId ?? null,
    _msdyn_resourcecategory_value: plan.roleId ?? null, _msdyn_transactioncategory_value: SHARED_IDS.categories[plan.category],
    _msdyn_product_value: plan.productId ?? null, _msdyn_unit_value: plan.unitId,
    _msdyn_contractorganizationalunitid_value: SHARED_IDS.organizationalUnits[contract.plan.legalEntity],
    _msdyn_resourceorganizationalunitid_value: SHARED_IDS.organizationalUnits[contract.plan.legalEntity],
    createdon: `${date}T18:00:00Z`,
  };
}

/** What a transaction comes from: its journal line and, for time, its time entry. */
export function writeOrigins(sink: Sink, guids: Guids, actualId: string, origins: readonly (readonly [type: string, id: string | null])[]): void {
  for (const [type, id] of origins) {
    if (id === null) continue;
    sink('msdyn_transactionorigins', {
      msdyn_transactionoriginid: guids.next('origin'), msdyn_origin: id, msdyn_origintype: type, msdyn_transaction: actualId,
      msdyn_transactiontype: RECORD_TYPES.actual,
    });
  }
}

type Role = (typeof CONNECTION_ROLES)[keyof typeof CONNECTION_ROLES];
interface ConnectionEnd {
  readonly id: string;
  readonly role: Role;
  readonly type?: string;
}

export function writeConnection(sink: Sink, guids: Guids, first: ConnectionEnd, second: ConnectionEnd): void {
  sink('msdyn_transactionconnections', {
    msdyn_transactionconnectionid: guids.next('connection'),
    msdyn_transaction1: first.id, msdyn_transaction1role: first.role, msdyn_transaction1type: first.type ?? RECORD_TYPES.actual,
    msdyn_transaction2: second.id, msdyn_transaction2role: second.role, msdyn_transaction2type: second.type ?? RECORD_TYPES.actual,
  });
}

function writeTimeEntry(sink: Sink, guids: Guids, plan: TransactionPlan): string | null {
  const kind = CATEGORIES.find(({ name }) => name === plan.category)!.kind;
  if (kind !== 'Hour' || plan.resourceId === undefined) return null;
  const timeEntryId = guids.next('timeEntry');
  sink('msdyn_timeentries', {
    msdyn_timeentryid: timeEntryId, msdyn_date: plan.date, msdyn_duration: jsonNumber(decimal(plan.quantity).abs().times(60)),
    _msdyn_bookableresource_value: plan.resourceId, _msdyn_project_value: plan.line.projectId,
    _msdyn_projecttask_value: plan.taskIndex === undefined ? null : plan.line.taskIds[plan.taskIndex]!,
    _msdyn_resourcecategory_value: plan.roleId ?? null, msdyn_description: plan.description, msdyn_entrystatus: TimeEntryStatus.APPROVED,
  });
  return timeEntryId;
}

/** The project manager's estimate of sales tax on a sales amount. */
export function taxOf(plan: Pick<TransactionPlan, 'contract' | 'category' | 'billingType'>, payer: PayerIds, amount: Decimal): Decimal {
  if ((plan.billingType ?? BillingType.CHARGEABLE) !== BillingType.CHARGEABLE) return decimal(0);
  const { legalEntity, currency } = plan.contract.plan;
  const itemGroup = CATEGORIES.find(({ name }) => name === plan.category)!.tax;
  return roundMoney(amount.times(taxPercent(legalEntity, payer.customer.taxGroup, itemGroup)).div(100), currencyOf(currency).decimals);
}

/**
 * Approved work: its cost actual, an unbilled sales actual per payer, their Unbilled Sales and Cost connection, the time entry and
 * the origins. Fees have no cost, and fixed-price work no unbilled sales.
 */
export function writeTransaction(sink: Sink, guids: Guids, plan: TransactionPlan, timeEntry?: string): TransactionIds {
  const { contract } = plan;
  const work = workColumns(plan);
  const quantity = decimal(plan.quantity);
  const timeEntryId = timeEntry ?? writeTimeEntry(sink, guids, plan);
  const journalLineId = guids.next('journalLine');
  const origins = [[RECORD_TYPES.journalLine, journalLineId], [RECORD_TYPES.timeEntry, timeEntryId]] as const;
  let costId: string | null = null;
  if (plan.costPrice !== undefined) {
    costId = guids.next('actual');
    sink('msdyn_actuals', {
      msdyn_actualid: costId, msdyn_transactiontypecode: TransactionType.COST, ...work,
      ...moneyColumns(quantity, decimal(plan.costPrice), legalEntityOf(contract.plan.legalEntity).currency).row,
      msdyn_billingstatus: null, msdyn_adjustmentstatus: plan.adjustmentStatus ?? null,
    });
    writeOrigins(sink, guids, costId, origins);
  }
  const unbilled = plan.price === undefined ? [] : sharesOf(contract.payers, quantity).map(({ payer, share }) => {
    const actualId = guids.next('actual');
    const { row, amount } = moneyColumns(share, decimal(plan.price!), contract.plan.currency);
    const tax = taxOf(plan, payer, amount);
    sink('msdyn_actuals', {
      msdyn_actualid: actualId, msdyn_transactiontypecode: TransactionType.UNBILLED_SALES, ...work, ...row, gw_tax: jsonNumber(tax),
      msdyn_billingstatus: plan.billingStatus ?? BillingStatus.UNBILLED_SALES_CREATED, msdyn_adjustmentstatus: plan.adjustmentStatus ?? null,
      gw_nottoexceedstatus: plan.notToExceedStatus ?? NotToExceedStatus.NOT_APPLICABLE, msdyn_customertype: CustomerType.ACCOUNT,
      _msdyn_accountcustomer_value: payer.customer.accountId,
    });
    writeOrigins(sink, guids, actualId, origins);
    if (costId !== null) {
      writeConnection(sink, guids, { id: actualId, role: CONNECTION_ROLES.unbilledSales }, { id: costId, role: CONNECTION_ROLES.cost });
    }
    return { actualId, payer, quantity: share, amount, tax };
  });
  return { costId, unbilled, timeEntryId, journalLineId };
}

/** Each payer's part of a quantity, to two decimals; the last one takes what is left. */
function sharesOf(payers: readonly PayerIds[], quantity: Decimal): { payer: PayerIds; share: Decimal }[] {
  let left = quantity;
  return payers.map((payer, index) => {
    const share = index === payers.length - 1 ? left : quantity.times(payer.percent).div(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    left = left.minus(share);
    return { payer, share };
  });
}

export interface MilestonePlan {
  readonly contract: ContractIds;
  readonly line: LineIds;
  readonly name: string;
  readonly amount: string;
  readonly date: string;
  readonly status: MilestoneInvoiceStatus;
}

export interface MilestoneIds {
  readonly milestoneId: string;
  readonly amount: Decimal;
  readonly tax: Decimal;
}

/** A contract line milestone, with the estimate of its sales tax. */
export function writeMilestone(sink: Sink, guids: Guids, plan: MilestonePlan): MilestoneIds {
  const { contract, line } = plan;
  const payer = contract.payers[0]!;
  const amount = decimal(plan.amount);
  const { currency, legalEntity } = contract.plan;
  const tax = roundMoney(amount.times(taxPercent(legalEntity, payer.customer.taxGroup, 'FULL')).div(100), currencyOf(currency).decimals);
  const milestoneId = guids.next('milestone');
  sink('msdyn_contractlinescheduleofvalues', {
    msdyn_contractlinescheduleofvalueid: milestoneId, msdyn_name: plan.name, _msdyn_contract_value: contract.contractId,
    _msdyn_contractlineid_value: line.contractLineId, _msdyn_project_value: line.projectId, _msdyn_accountcustomer_value: payer.customer.accountId,
    _transactioncurrencyid_value: SHARED_IDS.currencies[currency], msdyn_amount: jsonNumber(amount), msdyn_tax: jsonNumber(tax),
    msdyn_amount_after_tax: jsonNumber(amount.plus(tax)), msdyn_invoicedate: plan.date, msdyn_milestonedate: plan.date, msdyn_invoicestatus: plan.status,
  });
  return { milestoneId, amount, tax };
}
