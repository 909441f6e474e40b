import {
  BillingType,
  RetainerUse,
  TransactionClassification,
  type ProformaInvoiceLineDetail,
  type Retainer,
} from '../../../entities/dataverse';
import { Decimal, ONE, ZERO } from '../../../kernel/decimal';
import { roundMoney } from '../../../kernel/money';
import type { Refusal } from '../../../kernel/refusal';
import { type DetailFacts, type DraftDetail, lineOf, type NewRow, NO_CORRECTION, NO_WORK } from '../draft/draft.decision';

/** What no detail of an application or refund has taken of a retainer yet. */
export interface RetainerRest {
  readonly amount: Decimal;
  readonly tax: Decimal;
}

/** An invoiced retainer, what drafts apply of it, and what is left beside all its shares. */
export interface RetainerBalance {
  readonly retainer: Retainer;
  readonly appliedOnDrafts: Decimal;
  readonly left: RetainerRest;
}

/** What nobody has claimed yet: neither a draft nor a refund that was asked for (domain facts 6.5). */
export function freeAmountOf({ retainer, appliedOnDrafts }: RetainerBalance): Decimal {
  return retainer.availableAmount.minus(retainer.refundAmount).minus(appliedOnDrafts);
}

/** Retainer details on top of a draft: the day that applications and refunds carry, and the decimals of their currency. */
export interface RetainerDetailFacts extends DetailFacts {
  readonly today: string;
  readonly currencyDecimals: number;
}

/** D1: the detail that invoices a retainer, whole and chargeable. */
export function decideDetailOfRetainer(facts: RetainerDetailFacts, retainer: Retainer): DraftDetail | Refusal {
  const { amount, tax, date } = retainer;
  return detailOf(facts, retainer, { retainerUse: RetainerUse.INVOICE, quantity: ONE, price: amount, amount, tax, day: date });
}

/** The detail that gives the asked amount of a retainer back. */
export function decideRefund(facts: RetainerDetailFacts, balance: RetainerBalance): DraftDetail | Refusal {
  return detailOf(facts, balance.retainer, {
    retainerUse: RetainerUse.REFUND,
    ...lessBy(facts, balance.left, balance.retainer.refundAmount),
    day: facts.today,
  });
}

/**
 * D2 and D3: what the retainers pay of a draft, the oldest first, until its chargeable transactions or the retainers are used up.
 */
export function decideApplications(
  facts: RetainerDetailFacts,
  balances: readonly RetainerBalance[],
  chargeable: Decimal,
): (DraftDetail | Refusal)[] {
  let unpaid = chargeable;
  const details: (DraftDetail | Refusal)[] = [];
  for (const balance of [...balances].sort(byAge)) {
    const free = freeAmountOf(balance);
    const applied = Decimal.min(free, unpaid);
    if (applied.lte(0)) continue;
    const { retainer } = balance;
    const amounts = lessBy(facts, balance.left, applied);
    details.push(detailOf(facts, retainer, { retainerUse: RetainerUse.APPLICATION, ...amounts, day: facts.today }));
    unpaid = unpaid.minus(applied);
  }
  return details;
}

function byAge(one: RetainerBalance, other: RetainerBalance): number {
  const [a, b] = [`${one.retainer.date} ${one.retainer.id}`, `${other.retainer.date} ${other.retainer.id}`];
  return a < b ? -1 : 1;
}

/**
 * The figures of a detail that takes an amount off the customer's total. Its tax is its part of the tax that is left of the retainer, and
 * what uses the retainer up takes all of that: in whatever order shares are taken and given up, together they are the whole.
 */
export function lessBy(
  { currencyDecimals }: Pick<RetainerDetailFacts, 'currencyDecimals'>,
  left: RetainerRest,
  amount: Decimal,
): Pick<ProformaInvoiceLineDetail, 'quantity' | 'price' | 'amount' | 'tax'> {
  const tax = amount.isZero() ? ZERO : roundMoney(left.tax.times(amount).div(left.amount), currencyDecimals);
  return { quantity: ONE.neg(), price: amount, amount: amount.neg(), tax: tax.neg() };
}

type Own = Pick<ProformaInvoiceLineDetail, 'retainerUse' | 'quantity' | 'price' | 'amount' | 'tax'> & { readonly day: string };

function detailOf(facts: RetainerDetailFacts, retainer: Retainer, { day, ...own }: Own): DraftDetail | Refusal {
  const line = lineOf(facts, `The retainer ${retainer.id}`, retainer);
  if ('kind' in line) return line;
  const detail: NewRow<ProformaInvoiceLineDetail> = {
    ...line,
    ...own,
    id: facts.newId(),
    proformaInvoiceId: facts.proformaInvoiceId,
    contractId: facts.contract.id,
    projectId: retainer.projectId,
    taskId: null,
    ...NO_WORK,
    customerId: facts.payerId,
    currencyId: retainer.currencyId,
    classification: TransactionClassification.RETAINER,
    billingType: BillingType.CHARGEABLE,
    documentDate: day,
    transactionDate: day,
    description: retainer.description,
    externalDescription: null,
    ...NO_CORRECTION,
    unbilledActualId: null,
    milestoneId: null,
    retainerId: retainer.id,
    changeSetId: null,
  };
  return { detail, connection: null };
}
