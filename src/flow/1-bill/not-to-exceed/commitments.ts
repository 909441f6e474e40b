import { BillingType, NotToExceedStatus, TransactionClassification, type Actual } from '../../../entities/dataverse';
import type { Decimal } from '../../../kernel/decimal';

/** What is left under a limit before a transaction is evaluated. */
export interface LimitBalance {
  /** Null covers every line of the contract. */
  readonly contractLineId: string | null;
  /** Null covers every customer. */
  readonly customerId: string | null;
  /** In the contract's currency, before tax; negative when more is committed than the limit allows. */
  readonly remaining: Decimal;
}

export type EvaluatedTransaction = Pick<
  Actual,
  'id' | 'transactionDate' | 'billingType' | 'classification' | 'contractLineId' | 'customerId' | 'amount'
>;

/** Fixed prices and advances have limits of their own: the contract line's amount, and what was paid. */
const NOT_LIMITED: readonly TransactionClassification[] = [TransactionClassification.MILESTONE, TransactionClassification.RETAINER];

/**
 * The limits of one contract while transactions are evaluated one after the other: each that is within takes its amount, so
 * the next one finds less. Who evaluates brings them in the order of `inOrder`.
 */
export class Commitments {
  private readonly balances: { limit: LimitBalance; remaining: Decimal }[];

  constructor(
    limits: readonly LimitBalance[],
    /** Pays the transactions that name nobody. */
    private readonly contractCustomerAccountId: string,
  ) {
    this.balances = limits.map((limit) => ({ limit, remaining: limit.remaining }));
  }

  /** Commits the transaction when all limits that cover it leave room for it. A negative amount gives room back. */
  evaluate(transaction: EvaluatedTransaction): NotToExceedStatus {
    const customerId = transaction.customerId ?? this.contractCustomerAccountId;
    const covering = this.balances.filter(({ limit }) => covers(limit, { ...transaction, customerId }));
    if (covering.length === 0) return NotToExceedStatus.NOT_APPLICABLE;
    const { amount } = transaction;
    if (amount.gt(0) && covering.some(({ remaining }) => amount.gt(remaining))) return NotToExceedStatus.FAILED;
    for (const balance of covering) balance.remaining = balance.remaining.minus(amount);
    return NotToExceedStatus.COMMITTED;
  }
}

/** Whether what somebody pays for counts under a limit. */
export function covers(
  limit: Omit<LimitBalance, 'remaining'>,
  { billingType, classification, contractLineId, customerId }: Omit<EvaluatedTransaction, 'id' | 'transactionDate' | 'amount'>,
): boolean {
  if (billingType !== BillingType.CHARGEABLE || NOT_LIMITED.includes(classification)) return false;
  if (limit.contractLineId !== null && limit.contractLineId !== contractLineId) return false;
  return limit.customerId === null || limit.customerId === customerId;
}

/** The order in which transactions are evaluated: by transaction date, then by id. */
export function inOrder<T extends Pick<EvaluatedTransaction, 'id' | 'transactionDate'>>(transactions: Iterable<T>): T[] {
  const keyOf = ({ transactionDate, id }: T) => `${transactionDate} ${id}`;
  return [...transactions].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
