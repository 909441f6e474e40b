import {
  BillingType,
  CONNECTION_ROLES,
  InvoiceState,
  OrderType,
  ProformaInvoiceStatus,
  RECORD_TYPES,
  TransactionClassification,
  type Account,
  type Actual,
  type Milestone,
  type ProformaInvoice,
  type ProformaInvoiceLine,
  type ProformaInvoiceLineDetail,
  type ProjectContract,
  type ProjectContractCustomer,
  type ProjectContractLine,
  type TransactionConnection,
} from '../../../entities/dataverse';
import { ONE, type Decimal, ZERO } from '../../../kernel/decimal';
import { invalid, type Refusal } from '../../../kernel/refusal';

/** A row about to be added; versions take their defaults. */
export type NewRow<T> = Omit<T, 'version' | 'sourceVersion'>;

/** What is known about the contract when a draft is decided. */
export interface DraftFacts {
  readonly contract: ProjectContract;
  readonly lines: readonly ProjectContractLine[];
  readonly customers: readonly ProjectContractCustomer[];
  /** Chargeable amount billed per contract line so far. */
  readonly invoiced: ReadonlyMap<string, Decimal>;
  readonly payer: Account;
  readonly number: string;
  readonly now: string;
  readonly newId: () => string;
}

export interface Draft {
  readonly header: Partial<ProformaInvoice> & Pick<ProformaInvoice, 'id'>;
  readonly lines: readonly (Partial<ProformaInvoiceLine> & Pick<ProformaInvoiceLine, 'id' | 'contractLineId'>)[];
}

/** The draft of a proforma for one payer: the header, and a line for every contract line, with or without transactions. */
export function decideDraft(facts: DraftFacts): Draft {
  const { contract, payer, newId } = facts;
  const proformaInvoiceId = newId();
  return {
    header: {
      id: proformaInvoiceId,
      number: facts.number,
      name: contract.name,
      customerId: payer.id,
      contractId: contract.id,
      contractCustomerId: facts.customers.find((customer) => customer.customerId === payer.id)?.id ?? null,
      currencyId: contract.currencyId,
      orderType: OrderType.WORK_BASED,
      status: ProformaInvoiceStatus.DRAFT,
      state: InvoiceState.ACTIVE,
      createdOn: facts.now,
      ...addressOf(payer),
    },
    lines: linesFor(facts, proformaInvoiceId, 1),
  };
}

/** A proforma line for each of the contract lines, numbered from `firstNumber`. */
export function linesFor(
  { lines, invoiced, newId }: Pick<DraftFacts, 'lines' | 'invoiced' | 'newId'>, proformaInvoiceId: string, firstNumber: number,
): Draft['lines'] {
  return lines.map((line, index) => ({
    id: newId(),
    proformaInvoiceId,
    lineNumber: firstNumber + index,
    name: line.name,
    contractLineId: line.id,
    projectId: line.projectId,
    billingMethod: line.billingMethod,
    invoicedTillDate: invoiced.get(line.id) ?? ZERO,
  }));
}

/** Whom the invoice is addressed to, until somebody changes it (domain facts 1.1): the customer, where its account says he is. */
function addressOf(payer: Account): Partial<ProformaInvoice> {
  return {
    billToName: payer.name,
    billToLine1: payer.addressLine1,
    billToCity: payer.addressCity,
    billToStateOrProvince: payer.addressStateOrProvince,
    billToPostalCode: payer.addressPostalCode,
    billToCountry: payer.addressCountry,
  };
}

/** What a detail that corrects nothing says about corrections. */
export const NO_CORRECTION = {
  isCorrection: false,
  originalDetailId: null,
  originalBilledActualId: null,
  previousAmount: ZERO,
  previousTax: ZERO,
} as const;

/** Where the details of a draft go. */
export interface DetailFacts {
  readonly contract: Pick<ProjectContract, 'id' | 'number' | 'currencyId'>;
  readonly proformaInvoiceId: string;
  readonly payerId: string;
  /** Proforma line per contract line. */
  readonly lineIds: ReadonlyMap<string, string>;
  readonly newId: () => string;
}

export interface DraftDetail {
  readonly detail: NewRow<ProformaInvoiceLineDetail>;
  /** The line detail (Billed Sales) to its unbilled actual (Unbilled Sales); a milestone has none (domain facts 1.6). */
  readonly connection: NewRow<TransactionConnection> | null;
}

/** The proforma line that a transaction goes to, or why it can go to none. */
export function lineOf(
  { contract, lineIds }: DetailFacts,
  what: string,
  transaction: { contractLineId: string | null; currencyId: string },
): { lineId: string; contractLineId: string } | Refusal {
  const { contractLineId, currencyId } = transaction;
  const lineId = contractLineId === null ? undefined : lineIds.get(contractLineId);
  if (contractLineId === null || lineId === undefined) {
    return invalid(
      'NO_CONTRACT_LINE',
      `${what} is on no line of the contract ${contract.number}; mark it as not ready to leave it out.`,
    );
  }
  if (currencyId !== contract.currencyId) {
    return invalid(
      'MIXED_CURRENCIES',
      `${what} is in another currency than the contract ${contract.number}; mark it as not ready to leave it out.`,
    );
  }
  return { lineId, contractLineId };
}

/** What was worked or used, by whom and where. */
function workOf({ projectId, taskId, categoryId, roleId, resourceId, productId, unitId }: Actual) {
  return { projectId, taskId, categoryId, roleId, resourceId, productId, unitId };
}

/** What a detail says of work that bills none. */
export const NO_WORK = { categoryId: null, roleId: null, resourceId: null, productId: null, unitId: null } as const;

/** What a detail of an actual says for itself: how much of it is invoiced, and which record it bills or corrects. */
export type OwnColumns = Pick<
  NewRow<ProformaInvoiceLineDetail>,
  | 'quantity'
  | 'amount'
  | 'tax'
  | 'previousAmount'
  | 'previousTax'
  | 'isCorrection'
  | 'originalDetailId'
  | 'originalBilledActualId'
  | 'unbilledActualId'
  | 'milestoneId'
>;

/** The roles of a detail and of the actual that it is connected to. */
export interface ConnectionRoles {
  readonly ofDetail: string;
  readonly ofActual: string;
}

/** The detail of an actual that it bills or corrects, with everything that it takes over from there, and the connection of the two. */
export function detailOfActual(facts: DetailFacts, what: string, actual: Actual, own: OwnColumns, roles: ConnectionRoles): DraftDetail | Refusal {
  const line = lineOf(facts, what, actual);
  if ('kind' in line) return line;
  const id = facts.newId();
  return {
    detail: {
      ...line,
      id,
      proformaInvoiceId: facts.proformaInvoiceId,
      contractId: facts.contract.id,
      ...workOf(actual),
      customerId: facts.payerId,
      currencyId: actual.currencyId,
      classification: actual.classification,
      billingType: actual.billingType,
      price: actual.price,
      documentDate: actual.documentDate,
      transactionDate: actual.transactionDate,
      description: actual.description,
      externalDescription: actual.externalDescription,
      ...own,
      retainerId: null,
      retainerUse: null,
      changeSetId: null,
    },
    connection: {
      id: facts.newId(),
      name: null,
      transaction1Id: id,
      transaction1Role: roles.ofDetail,
      transaction1Type: RECORD_TYPES.invoiceLineDetail,
      transaction2Id: actual.id,
      transaction2Role: roles.ofActual,
      transaction2Type: RECORD_TYPES.actual,
      changeSetId: null,
    },
  };
}

export function decideDetailOfActual(facts: DetailFacts, actual: Actual): DraftDetail | Refusal {
  const { quantity, amount, tax } = actual;
  const own = { quantity, amount, tax, ...NO_CORRECTION, unbilledActualId: actual.id, milestoneId: null };
  const roles = { ofDetail: CONNECTION_ROLES.billedSales, ofActual: CONNECTION_ROLES.unbilledSales };
  return detailOfActual(facts, `The actual ${actual.id}`, actual, own, roles);
}

export function decideDetailOfMilestone(facts: DetailFacts, milestone: Milestone): DraftDetail | Refusal {
  const line = lineOf(facts, `The milestone ${milestone.name}`, milestone);
  if ('kind' in line) return line;
  return {
    detail: {
      ...line,
      id: facts.newId(),
      proformaInvoiceId: facts.proformaInvoiceId,
      contractId: facts.contract.id,
      projectId: milestone.projectId,
      taskId: milestone.taskId,
      ...NO_WORK,
      customerId: facts.payerId,
      currencyId: milestone.currencyId,
      classification: TransactionClassification.MILESTONE,
      billingType: BillingType.CHARGEABLE,
      quantity: ONE,
      price: milestone.amount,
      amount: milestone.amount,
      tax: milestone.tax,
      documentDate: milestone.milestoneDate,
      transactionDate: milestone.milestoneDate,
      description: milestone.name,
      externalDescription: null,
      ...NO_CORRECTION,
      unbilledActualId: null,
      milestoneId: milestone.id,
      retainerId: null,
      retainerUse: null,
      changeSetId: null,
    },
    connection: null,
  };
}
