import { BillingStatus, BillingType, TransactionClassification, TransactionType, type AdjustmentStatus } from '../../../src/entities/dataverse';
import { query, sql, type Session } from '../../../src/stores/session';
import { groupBy } from '../../../src/kernel/group-by';

/** A sales actual as it is stored; quantities and amounts are whole numbers of the smallest part that their columns hold. */
interface SalesActual {
  readonly id: string;
  readonly type: TransactionType;
  readonly billingType: BillingType;
  readonly billingStatus: BillingStatus | null;
  readonly adjustmentStatus: AdjustmentStatus | null;
  readonly quantity: number | string;
  readonly amount: number | string;
  readonly detailId: string | null;
}

type Detail = Pick<SalesActual, 'id' | 'billingType' | 'quantity' | 'amount'>;

interface Connection {
  readonly one: string;
  readonly other: string;
}

const salesActuals = (session: Session) => query<SalesActual>(session, sql`SELECT "msdyn_actualid" AS "id", "msdyn_transactiontypecode" AS "type",
  "msdyn_billingtype" AS "billingType", "msdyn_billingstatus" AS "billingStatus", "msdyn_adjustmentstatus" AS "adjustmentStatus",
  "msdyn_quantity" AS "quantity", "msdyn_amount" AS "amount", "gw_invoicelinetransaction" AS "detailId" FROM "msdyn_actual"
  WHERE "msdyn_transactiontypecode" <> ${TransactionType.COST} AND "msdyn_transactionclassification" <> ${TransactionClassification.RETAINER}`);

const detailsOf = (session: Session) => query<Detail>(session, sql`SELECT "msdyn_invoicelinetransactionid" AS "id", "msdyn_billingtype" AS "billingType",
  "msdyn_quantity" AS "quantity", "msdyn_amount" AS "amount" FROM "msdyn_invoicelinetransaction"`);

const connectionsOf = (session: Session) => query<Connection>(session, sql`SELECT "msdyn_transaction1" AS "one", "msdyn_transaction2" AS "other" FROM "msdyn_transactionconnection"`);

/** Actuals that came of one source transaction: connected with each other, directly or through others (domain facts 1.6). */
function familiesOf(actuals: readonly SalesActual[], connections: readonly Connection[]): Iterable<SalesActual[]> {
  const parents = new Map(actuals.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id)!;
    return parent === id ? id : rootOf(parent);
  };
  for (const { one, other } of connections) if (parents.has(one) && parents.has(other)) parents.set(rootOf(one), rootOf(other));
  return groupBy(actuals, ({ id }) => rootOf(id)).values();
}

const OPEN_STATUSES: readonly (BillingStatus | null)[] = [BillingStatus.UNBILLED_SALES_CREATED, BillingStatus.READY_TO_INVOICE, BillingStatus.CUSTOMER_INVOICE_CREATED];
/** In the backlog, or on a draft. */
const isOpen = ({ adjustmentStatus, billingStatus }: SalesActual) => adjustmentStatus === null && OPEN_STATUSES.includes(billingStatus);
const isChargeable = ({ billingType }: Pick<SalesActual, 'billingType'>) => billingType === BillingType.CHARGEABLE;

const sumOf = (rows: readonly Detail[], measure: 'quantity' | 'amount') => rows.reduce((sum, row) => sum + BigInt(row[measure]), 0n);

/**
 * The sums of domain facts 6.9, whatever was done, per source transaction: what is unbilled is what still waits in the backlog or on
 * a draft, and what is billed and charged is what the confirmed details say that no correction has replaced.
 */
export async function familiesOutOfBalance(session: Session): Promise<string[]> {
  const detailOf = new Map((await detailsOf(session)).map((detail) => [detail.id, detail]));
  const found: string[] = [];
  for (const family of familiesOf(await salesActuals(session), await connectionsOf(session))) {
    const unbilled = family.filter(({ type }) => type === TransactionType.UNBILLED_SALES);
    const charged = family.filter((actual) => actual.type === TransactionType.BILLED_SALES && isChargeable(actual));
    const standing = new Set(charged.filter(({ adjustmentStatus }) => adjustmentStatus === null).map(({ detailId }) => detailId!));
    const details = [...standing].map((id) => detailOf.get(id)!).filter(isChargeable);
    for (const measure of ['quantity', 'amount'] as const) {
      const same = (what: string, one: bigint, other: bigint) => {
        if (one !== other) found.push(`${what} ${measure} of ${family.map(({ type, quantity }) => `${TransactionType[type]} ${quantity}`).join(', ')}: ${one} is not ${other}`);
      };
      same('Unbilled', sumOf(unbilled, measure), sumOf(unbilled.filter(isOpen), measure));
      same('Charged', sumOf(charged, measure), sumOf(details, measure));
    }
  }
  return found;
}
