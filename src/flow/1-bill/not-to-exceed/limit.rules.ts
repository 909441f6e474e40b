import {
  NotToExceedLevel,
  type Account,
  type ProjectContract,
  type ProjectContractCustomer,
  type ProjectContractLine,
} from '../../../entities/dataverse';
import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { fitsMoney } from '../../../kernel/money';
import { invalid, notFound, type Refusal } from '../../../kernel/refusal';

/** What a limit covers: the contract, and perhaps only one line of it, one customer, or both. */
export interface LimitScope {
  readonly contractId: string;
  readonly contractLineId: string | null;
  readonly customerId: string | null;
}

export interface LimitFacts {
  readonly contract: Pick<ProjectContract, 'number' | 'customerId'>;
  readonly lines: readonly Pick<ProjectContractLine, 'id'>[];
  readonly customers: readonly Pick<ProjectContractCustomer, 'customerId' | 'contractLineId'>[];
  /** The named customer; null when none is named, or nobody has the id. */
  readonly customer: Pick<Account, 'name'> | null;
  readonly currencyDecimals: number;
}

export function levelOf({ contractLineId, customerId }: LimitScope): NotToExceedLevel {
  if (contractLineId === null) return customerId === null ? NotToExceedLevel.CONTRACT : NotToExceedLevel.CUSTOMER;
  return customerId === null ? NotToExceedLevel.CONTRACT_LINE : NotToExceedLevel.CONTRACT_LINE_CUSTOMER;
}

/** The scope as one text, by which a limit is found again. */
export function scopeKeyOf({ contractId, contractLineId, customerId }: LimitScope): string {
  return [contractId, contractLineId ?? '', customerId ?? ''].join('|');
}

/** What is wrong with the limit that is asked for. */
export function refusalsOfLimit(scope: LimitScope, amount: Decimal, facts: LimitFacts): Refusal[] {
  const { contract, lines, customers, customer: named, currencyDecimals } = facts;
  const refusals: Refusal[] = [];
  if (amount.isNegative() || decimalsOf(amount) > currencyDecimals) {
    const sentence = `The limit ${amount.toFixed()} has to be at least zero, with at most ${currencyDecimals} decimals.`;
    refusals.push(invalid('INVALID_INPUT', sentence, ['input', 'amount']));
  } else if (!fitsMoney(amount)) {
    refusals.push(invalid('AMOUNT_OUT_OF_RANGE', `The limit ${amount.toFixed()} is larger than the system can hold.`, ['input', 'amount']));
  }
  const { contractLineId, customerId } = scope;
  if (contractLineId !== null && !lines.some(({ id }) => id === contractLineId)) {
    refusals.push(notFound('contract line', contractLineId, ['input', 'contractLineId']));
  }
  const isPayer = customers.some(
    (customer) =>
      customer.customerId === customerId &&
      (contractLineId === null || customer.contractLineId === null || customer.contractLineId === contractLineId),
  );
  if (customerId !== null && customerId !== contract.customerId && !isPayer) {
    refusals.push(invalid('INVALID_INPUT', `The customer ${named?.name ?? customerId} pays nothing of the contract ${contract.number}.`, ['input', 'customerId']));
  }
  return refusals;
}
