import { type Decimal } from 'decimal.js';
import { groupBy, sumOf, type BookedActual, type Books } from '../books';

/** Sales actuals that came of one source transaction: connected with each other, directly or through others (domain facts 1.6). */
function familiesOf({ actuals, connections }: Books): BookedActual[][] {
  const sales = new Map(actuals.filter((actual) => actual.transactionType !== 'COST' && actual.classification !== 'RETAINER').map((actual) => [actual.id, actual]));
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent === undefined ? id : rootOf(parent);
  };
  for (const { transaction1, transaction2 } of connections) {
    if (!transaction1 || !transaction2 || !sales.has(transaction1.id) || !sales.has(transaction2.id)) continue;
    const [one, other] = [rootOf(transaction1.id), rootOf(transaction2.id)];
    if (one !== other) parents.set(one, other);
  }
  return [...groupBy([...sales.values()], (actual) => rootOf(actual.id)).values()];
}

const OPEN_STATUSES = ['UNBILLED_SALES_CREATED', 'READY_TO_INVOICE', 'CUSTOMER_INVOICE_CREATED'];
/** In the backlog, or on a draft. */
const isOpen = ({ adjustmentStatus, billingStatus }: BookedActual) => adjustmentStatus === null && OPEN_STATUSES.includes(billingStatus ?? '');
const isChargeable = ({ billingType }: { readonly billingType: string }) => billingType === 'CHARGEABLE';

/**
 * The sums of domain facts 6.9, whatever was done, per source transaction: what is unbilled is what still waits in the backlog or on
 * a draft, and what is billed and charged is what the confirmed details say that no correction has replaced.
 */
export function familiesOutOfBalance(books: Books): string[] {
  const found: string[] = [];
  const same = (what: string, one: Decimal, other: Decimal) => {
    if (!one.eq(other)) found.push(`${what}: ${one.toFixed()} is not ${other.toFixed()}`);
  };
  const detailOf = new Map(books.details.map((detail) => [detail.id, detail]));
  for (const family of familiesOf(books)) {
    const what = family.map((actual) => `${actual.transactionType} ${actual.quantity}`).join(', ');
    const unbilled = family.filter((actual) => actual.transactionType === 'UNBILLED_SALES');
    const open = unbilled.filter(isOpen);
    same(`Unbilled quantity of ${what}`, sumOf(unbilled, (row) => row.quantity), sumOf(open, (row) => row.quantity));
    same(`Unbilled amount of ${what}`, sumOf(unbilled, (row) => row.amount), sumOf(open, (row) => row.amount));
    const charged = family.filter((actual) => actual.transactionType === 'BILLED_SALES' && isChargeable(actual));
    const standing = new Set(charged.filter((actual) => actual.adjustmentStatus === null).map((actual) => actual.lineDetail!.id));
    const details = [...standing].map((id) => detailOf.get(id)!).filter(isChargeable);
    same(`Charged quantity of ${what}`, sumOf(charged, (row) => row.quantity), sumOf(details, (row) => row.quantity));
    same(`Charged amount of ${what}`, sumOf(charged, (row) => row.amount), sumOf(details, (row) => row.amount));
  }
  return found;
}
