import { RetainerInvoiceStatus, type Retainer } from '../../../entities/dataverse';
import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { invalid, wrongStateTo, type Refusal, type RefusalCode } from '../../../kernel/refusal';
import { RETAINER_AMOUNT_MAX, RETAINER_DESCRIPTION_LENGTH_MAX } from '../bill.limits';
import { freeAmountOf, type RetainerBalance } from './retainer-detail.decision';

/** The statuses in which a retainer is nobody's yet, so that it can be changed. */
const CHANGEABLE: readonly RetainerInvoiceStatus[] = [RetainerInvoiceStatus.NOT_READY, RetainerInvoiceStatus.READY_TO_INVOICE];

/** What somebody enters of a retainer. */
export interface RetainerEntries {
  readonly amount?: Decimal;
  readonly tax?: Decimal;
  readonly description?: string | null;
}

/** What is wrong with the entered values: an amount of nothing, more decimals than the currency has, too long a text. */
export function refusalsOfEntries({ amount, tax, description }: RetainerEntries, currencyDecimals: number): Refusal[] {
  const refusals: Refusal[] = [];
  const refuseField = (field: keyof RetainerEntries, message: string, code: RefusalCode = 'INVALID_INPUT') => {
    refusals.push(invalid(code, message, ['input', field]));
  };
  if (amount !== undefined && amount.lte(0)) refuseField('amount', `The amount of a retainer is more than zero, not ${amount.toFixed()}.`);
  if (tax?.isNegative()) refuseField('tax', `The tax of a retainer is not negative, as ${tax.toFixed()} is.`);
  for (const [field, value] of [['amount', amount], ['tax', tax]] as const) {
    if (value === undefined) continue;
    if (value.gt(RETAINER_AMOUNT_MAX)) refuseField(field, `${value.toFixed()} is more than ${RETAINER_AMOUNT_MAX}.`, 'AMOUNT_OUT_OF_RANGE');
    if (decimalsOf(value) > currencyDecimals) refuseField(field, tooManyDecimals(value, currencyDecimals), 'TOO_MANY_DECIMALS');
  }
  if (description && description.length > RETAINER_DESCRIPTION_LENGTH_MAX) {
    refuseField('description', `A description has at most ${RETAINER_DESCRIPTION_LENGTH_MAX} characters.`);
  }
  return refusals;
}

function tooManyDecimals(value: Decimal, currencyDecimals: number): string {
  return `${value.toFixed()} has more than the ${currencyDecimals} decimals of its currency.`;
}

/** Why a retainer cannot be changed or deleted; null when it can. */
export function refusalOfChange({ id, invoiceStatus }: Retainer, done: 'changed' | 'deleted'): Refusal | null {
  const allowed = done === 'deleted' ? [RetainerInvoiceStatus.NOT_READY] : CHANGEABLE;
  if (allowed.includes(invoiceStatus)) return null;
  return wrongStateTo({
    what: `The retainer ${id}`,
    from: RetainerInvoiceStatus[invoiceStatus],
    done,
    allowed: allowed.map((status) => RetainerInvoiceStatus[status]),
    path: ['input', 'retainerId'],
  });
}

/** Why this much of a retainer cannot be refunded; null when it can. */
export function refusalOfRefundAmount(balance: RetainerBalance, amount: Decimal, currencyDecimals: number): Refusal | null {
  const path = ['input', 'amount'];
  const free = freeAmountOf(balance);
  if (amount.gt(free)) return invalid('RETAINER_EXCEEDED', notFree(balance, free, amount), path);
  if (amount.lte(0)) return invalid('INVALID_INPUT', `A refund is more than zero, not ${amount.toFixed()}.`, path);
  return decimalsOf(amount) > currencyDecimals ? invalid('TOO_MANY_DECIMALS', tooManyDecimals(amount, currencyDecimals), path) : null;
}

/** The sentence of RETAINER_EXCEEDED: what is left, and who holds the rest. */
export function notFree({ retainer, appliedOnDrafts }: RetainerBalance, free: Decimal, wanted: Decimal): string {
  const { id, availableAmount, refundAmount } = retainer;
  return `The retainer ${id} has ${free.toFixed()} left, not ${wanted.toFixed()}: ${availableAmount.toFixed()} are available, `
    + `of which drafts apply ${appliedOnDrafts.toFixed()} and a refund takes ${refundAmount.toFixed()}.`;
}
