import type { ProjectContract, ProjectContractCustomer } from '../../../entities/dataverse';
import { decimal, sum, type Decimal } from '../../../kernel/decimal';
import { allocate } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';

/** Who pays which part of a contract line. */
export interface Share {
  readonly customerId: string;
  /** Above zero; the shares of a line sum to 100. */
  readonly percent: Decimal;
}

const WHOLE = decimal(100);

/** The shares of a contract line in the order of its customers, or why it cannot be shared (domain facts 1.9). */
export function sharesOf(
  contract: Pick<ProjectContract, 'number' | 'customerId'>,
  contractLineId: string,
  customers: readonly Pick<ProjectContractCustomer, 'customerId' | 'contractLineId' | 'splitPercent'>[],
): readonly Share[] | Refusal {
  const own = customers.filter((customer) => customer.contractLineId === contractLineId);
  const sharing = own.length > 0 ? own : customers.filter((customer) => customer.contractLineId === null);
  if (sharing.length === 0) return [{ customerId: contract.customerId, percent: WHOLE }];
  const total = sum(sharing.map(({ splitPercent }) => splitPercent));
  if (!total.eq(WHOLE)) {
    const sentence = `The customers of the contract ${contract.number} share ${total.toFixed()} percent of the contract line, not 100.`;
    return invalid('SPLIT_NOT_WHOLE', sentence);
  }
  return sharing
    .filter(({ splitPercent }) => splitPercent.gt(0))
    .map(({ customerId, splitPercent }) => ({ customerId, percent: splitPercent }));
}

/** A quantity or an amount in as many parts as there are shares; what rounding leaves over goes to the parts that it cut most. */
export function partsOf(whole: Decimal, shares: readonly Share[], decimals: number): Decimal[] {
  return allocate(whole, shares.map(({ percent }) => percent), decimals);
}
