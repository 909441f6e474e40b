import { BillingMethod, BillingStatus, BillingType, TransactionType, type Actual, type TimeEntry } from '../../../entities/dataverse';
import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { fitsMoney, QUANTITY_SCALE } from '../../../kernel/money';
import { invalid, notFound, type Refusal } from '../../../kernel/refusal';
import type { NamedList } from '../../named-list';
import { TIME_ENTRIES_MAX } from '../bill.limits';
import { BILLING_STATES } from '../billing-status.states';
import { refusalOf } from '../transition';
import { hoursOf, type ApprovalLine } from './approval.decision';
import { TIME_ENTRY_STATES, type TimeEntryAction } from './time-entry.states';

/** How one time entry is approved. */
export interface ApproveTimeEntry {
  readonly timeEntryId: string;
  /** Per hour, in the currency of the contracting unit. */
  readonly costPrice: Decimal;
  /** Per hour, in the contract's currency; not needed on a fixed-price line. */
  readonly salesPrice?: Decimal | null;
  /** The hours worked unless given. */
  readonly billableHours?: Decimal | null;
  /** Chargeable unless given. */
  readonly billingType?: BillingType | null;
  readonly categoryId?: string | null;
}

/** Hours of one entry that anybody would bill; what is above is a slip of the keyboard. */
const BILLABLE_HOURS_MAX = 1_000_000;

/** A list of time entries that an input names. */
export function namedTimeEntries(pathOf: NamedList['pathOf']): NamedList {
  return { noun: ['time entry', 'time entries'], max: TIME_ENTRIES_MAX, pathOf };
}

/** Why an entry cannot be approved or cancelled as it stands. */
export function refusalOfEntry(action: TimeEntryAction, id: string, entry: TimeEntry | undefined, path: string[]): Refusal | null {
  if (!entry) return notFound('time entry', id, path);
  return refusalOf(TIME_ENTRY_STATES, `The time entry ${id}`, entry.status, action, path);
}

/** What is wrong with the figures under which an entry is approved. */
export function refusalsOfFigures(asked: ApproveTimeEntry, entry: TimeEntry, to: ApprovalLine, path: string[]): Refusal[] {
  const { costPrice, salesPrice = null, billableHours = null, billingType = null } = asked;
  const isFixedPrice = to.line.billingMethod === BillingMethod.FIXED_PRICE;
  const refusals: (Refusal | null)[] = [refusalOfPrice(costPrice, to.costDecimals, [...path, 'costPrice'])];
  if (salesPrice !== null) refusals.push(refusalOfPrice(salesPrice, to.salesDecimals, [...path, 'salesPrice']));
  else if (!isFixedPrice) refusals.push(invalid('INVALID_INPUT', 'Time on this contract line is sold, so it needs a sales price.', [...path, 'salesPrice']));
  if (entry.durationMinutes <= 0) refusals.push(invalid('INVALID_INPUT', `The time entry ${entry.id} has no hours.`, [...path, 'timeEntryId']));
  if (billingType === BillingType.NOT_AVAILABLE) refusals.push(invalid('INVALID_INPUT', 'Time is chargeable, non-chargeable or complimentary.', [...path, 'billingType']));
  if (billableHours !== null) refusals.push(refusalOfHours(billableHours, billingType ?? BillingType.CHARGEABLE, [...path, 'billableHours']));
  const found = refusals.flatMap((refusal) => refusal ?? []);
  return found.length > 0 ? found : [refusalOfAmounts(asked, entry, path) ?? []].flat();
}

function refusalOfPrice(price: Decimal, decimals: number, path: string[]): Refusal | null {
  if (!price.isNegative() && decimalsOf(price) <= decimals && fitsMoney(price)) return null;
  return invalid('INVALID_INPUT', `The price ${price.toFixed()} has to be at least zero, with at most ${decimals} decimals.`, path);
}

function refusalOfHours(hours: Decimal, billingType: BillingType, path: string[]): Refusal | null {
  if (hours.isNegative() || hours.gt(BILLABLE_HOURS_MAX) || decimalsOf(hours) > QUANTITY_SCALE) {
    return invalid('INVALID_INPUT', `${hours.toFixed()} billable hours are below zero, too many, or have more than ${QUANTITY_SCALE} decimals.`, path);
  }
  return billingType === BillingType.CHARGEABLE ? null : invalid('INVALID_INPUT', 'Only chargeable time has billable hours.', path);
}

function refusalOfAmounts({ costPrice, salesPrice, billableHours }: ApproveTimeEntry, entry: TimeEntry, path: string[]): Refusal | null {
  const hours = hoursOf(entry);
  const amounts = [hours.times(costPrice), (billableHours ?? hours).times(salesPrice ?? 0), hours.times(salesPrice ?? 0)];
  if (amounts.every(fitsMoney)) return null;
  return invalid('AMOUNT_OUT_OF_RANGE', `An amount of the time entry ${entry.id} is larger than the system can hold.`, path);
}

/** Why the approval of time cannot be cancelled with these actuals; null when all of them are still open (domain facts 6.8 F). */
export function refusalOfInvoiced(timeEntryId: string, live: readonly Actual[], path: string[]): Refusal | null {
  const isInvoiced = live.some(
    ({ transactionType, billingStatus }) =>
      transactionType === TransactionType.BILLED_SALES || billingStatus === BillingStatus.CUSTOMER_INVOICE_CREATED,
  );
  if (!isInvoiced) return null;
  const sentence = `The time entry ${timeEntryId} is on a proforma or invoiced; delete the draft or correct the invoice first.`;
  return invalid('TIME_INVOICED', sentence, path);
}

/** Whether cancelling reverses this actual: what was billed and credited meanwhile has its reversal already. */
export function isOpen({ billingStatus }: Pick<Actual, 'billingStatus'>): boolean {
  return billingStatus === null || BILLING_STATES.table[billingStatus].cancel !== undefined;
}
