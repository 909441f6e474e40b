import {
  BillingType,
  TransactionClassification,
  type ProformaInvoice,
  type ProformaInvoiceLine,
  type ProformaInvoiceLineDetail,
  type ProjectContractLine,
} from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { amountOf } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import { NO_CORRECTION } from './draft.decision';
import { refusalsOfAmount, refusalsOfFigures, refusalsOfTexts } from './detail-figures.rules';

/** The master data that a manual detail may name. */
export const MANUAL_LOOKUPS = ['categoryId', 'roleId', 'resourceId', 'taskId', 'productId', 'unitId'] as const;

/** A detail that somebody adds by hand: no transaction is behind it. */
export interface ManualDetail extends Partial<Record<(typeof MANUAL_LOOKUPS)[number], string | null>> {
  readonly contractLineId: string;
  readonly classification: TransactionClassification;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly tax?: Decimal | null;
  readonly billingType?: BillingType | null;
  readonly transactionDate?: string | null;
  readonly description?: string | null;
  readonly externalDescription?: string | null;
}

/** Which kinds of transactions a contract line bills. */
export type LineIncludes = Pick<ProjectContractLine, 'name' | 'includesTime' | 'includesExpense' | 'includesMaterial' | 'includesFee'>;

export interface ManualDetailFacts {
  readonly proforma: Pick<ProformaInvoice, 'id' | 'number' | 'contractId' | 'customerId' | 'currencyId'>;
  /** The line of the draft for the named contract line; null when there is none. */
  readonly line: Pick<ProformaInvoiceLine, 'id' | 'projectId' | 'contractLineId'> | null;
  /** What the named contract line includes; null when there is none. */
  readonly includes: LineIncludes | null;
  readonly currencyDecimals: number;
  readonly today: string;
  readonly newId: () => string;
  /** Place of the detail in the input. */
  readonly path: string[];
}

/** The kinds that can be added by hand, and what their contract line says of each. */
const INCLUDED_BY: Partial<Record<TransactionClassification, Exclude<keyof LineIncludes, 'name'>>> = {
  [TransactionClassification.TIME]: 'includesTime',
  [TransactionClassification.EXPENSE]: 'includesExpense',
  [TransactionClassification.MATERIAL]: 'includesMaterial',
  [TransactionClassification.FEE]: 'includesFee',
};

/** The line detail of a manual entry, or everything that is wrong with it (domain facts 6.2: time, expense, material and fee). */
export function decideManualDetail(manual: ManualDetail, facts: ManualDetailFacts): ProformaInvoiceLineDetail | Refusal[] {
  const { proforma, line, includes, currencyDecimals, today, newId, path } = facts;
  const { quantity, price, tax, billingType, transactionDate } = manual;
  const amount = amountOf(quantity, price, currencyDecimals);
  const refusals = [
    ...(line ? [] : [invalid('NO_CONTRACT_LINE', `The proforma ${proforma.number} has no line for this contract line.`, [...path, 'contractLineId'])]),
    ...refusalsOfKind(manual, includes, path),
    ...refusalsOfFigures({ quantity, price, tax: tax ?? null }, currencyDecimals, path),
    ...(quantity.isZero() ? [invalid('INVALID_INPUT', 'The quantity is 0: a manual detail bills something.', [...path, 'quantity'])] : []),
    ...refusalsOfTexts(manual, path),
  ];
  if (refusals.length === 0) refusals.push(...refusalsOfAmount(amount, [...path, 'quantity']));
  if (line === null || refusals.length > 0) return refusals;
  const date = transactionDate ?? today;
  return {
    id: newId(),
    version: 1,
    sourceVersion: 0,
    changeSetId: null,
    proformaInvoiceId: proforma.id,
    lineId: line.id,
    contractId: proforma.contractId,
    contractLineId: line.contractLineId,
    projectId: line.projectId,
    taskId: manual.taskId ?? null,
    categoryId: manual.categoryId ?? null,
    roleId: manual.roleId ?? null,
    resourceId: manual.resourceId ?? null,
    productId: manual.productId ?? null,
    unitId: manual.unitId ?? null,
    customerId: proforma.customerId,
    currencyId: proforma.currencyId,
    classification: manual.classification,
    billingType: billingType ?? BillingType.CHARGEABLE,
    quantity,
    price,
    amount,
    tax: tax ?? ZERO,
    documentDate: date,
    transactionDate: date,
    description: manual.description ?? null,
    externalDescription: manual.externalDescription ?? null,
    ...NO_CORRECTION,
    unbilledActualId: null,
    milestoneId: null,
    retainerId: null,
    retainerUse: null,
  };
}

function refusalsOfKind({ classification, billingType }: ManualDetail, includes: LineIncludes | null, path: string[]): Refusal[] {
  return [
    ...refusalsOfClass(classification, includes, [...path, 'classification']),
    ...(billingType === BillingType.NOT_AVAILABLE
      ? [invalid('INVALID_INPUT', 'A line detail is chargeable, non-chargeable or complimentary.', [...path, 'billingType'])]
      : []),
  ];
}

function refusalsOfClass(classification: TransactionClassification, includes: LineIncludes | null, path: string[]): Refusal[] {
  const included = INCLUDED_BY[classification];
  if (!included) return [invalid('INVALID_INPUT', 'Only time, expense, material and fee can be added by hand.', path)];
  if (!includes || includes[included]) return [];
  const kind = TransactionClassification[classification].toLowerCase();
  return [invalid('NOT_INCLUDED', `The contract line ${includes.name ?? ''} does not include ${kind}.`, path)];
}
