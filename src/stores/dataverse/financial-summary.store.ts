import { moneyFromSum } from '../../entities/columns';
import {
  type BillingType, ProformaInvoiceStatus, RetainerInvoiceStatus, RetainerUse, TransactionClassification, TransactionType,
} from '../../entities/dataverse';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { inList, query, raw, sql, type Session } from '../session';

/** Amounts of a contract's transactions by how far they have come, retainers left out. */
export interface StageAmounts {
  readonly openAmount: Decimal;
  readonly readyAmount: Decimal;
  readonly draftAmount: Decimal;
  readonly confirmedAmount: Decimal;
  readonly invoicedAmount: Decimal;
}

/** Amounts of a contract's retainers by how far they have come, and what was done with those that are invoiced. */
export interface RetainerAmounts {
  readonly openAmount: Decimal;
  readonly readyAmount: Decimal;
  readonly draftAmount: Decimal;
  readonly invoicedAmount: Decimal;
  readonly usedAmount: Decimal;
  readonly refundedAmount: Decimal;
  readonly availableAmount: Decimal;
  readonly appliedOnDraftsAmount: Decimal;
}

export interface FinancialSummary {
  readonly currencyCode: string;
  /** Sum over the contract lines; null when none of them says what it is worth. */
  readonly contractedAmount: Decimal | null;
  readonly byBillingType: ReadonlyMap<BillingType, StageAmounts>;
  readonly retainers: RetainerAmounts;
}

const NO_AMOUNTS: StageAmounts = { openAmount: ZERO, readyAmount: ZERO, draftAmount: ZERO, confirmedAmount: ZERO, invoicedAmount: ZERO };
const UNCONFIRMED = [ProformaInvoiceStatus.DRAFT, ProformaInvoiceStatus.IN_REVIEW];

/** Where each contract stands, in its own currency: four statements for all of them. */
export async function financialSummariesOf(session: Session, contractIds: readonly string[]): Promise<Map<string, FinancialSummary>> {
  const [contracts, stages, retainers, applied] = [
    await contractedAmountsOf(session, contractIds),
    await stageAmountsOf(session, contractIds),
    await retainerAmountsOf(session, contractIds),
    await appliedOnDraftsOf(session, contractIds),
  ];
  return new Map(contracts.map(({ id, code, contracted }) => [id, {
    currencyCode: code,
    contractedAmount: contracted === null ? null : moneyFromSum(contracted),
    byBillingType: stages.get(id) ?? new Map(),
    retainers: { ...retainersOf(retainers.get(id) ?? []), appliedOnDraftsAmount: applied.get(id) ?? ZERO },
  }]));
}

/** A sum as the engines give it. */
type Summed = string | number;

async function contractedAmountsOf(session: Session, contractIds: readonly string[]) {
  return query<{ id: string; code: string; contracted: Summed | null }>(session, sql`
    SELECT t."salesorderid" AS "id", c."isocurrencycode" AS "code",
      (SELECT SUM(l."extendedamount") FROM "salesorderdetail" l WHERE l."salesorderid" = t."salesorderid") AS "contracted"
    FROM "salesorder" t JOIN "transactioncurrency" c ON c."transactioncurrencyid" = t."transactioncurrencyid"
    WHERE ${inList(session, raw('t."salesorderid"'), contractIds)}`);
}

/**
 * The backlog, what drafts bill (of corrections the difference), and the billed actuals: those of a proforma count as invoiced from
 * the moment when finance has posted its customer invoice, written back or not.
 */
async function stageAmountsOf(session: Session, contractIds: readonly string[]): Promise<Map<string, Map<BillingType, StageAmounts>>> {
  const { RETAINER } = TransactionClassification;
  const rows = await query<{ contract: string; billing: Summed; stage: keyof StageAmounts; amount: Summed }>(session, sql`
    SELECT t."gw_contract" AS "contract", t."gw_billingtype" AS "billing",
      CASE WHEN t."gw_isready" THEN 'readyAmount' ELSE 'openAmount' END AS "stage", SUM(t."gw_amount") AS "amount"
    FROM "gw_billingbacklog" t
    WHERE ${inList(session, raw('t."gw_contract"'), contractIds)} AND t."gw_classification" <> ${RETAINER} GROUP BY 1, 2, 3
    UNION ALL SELECT i."salesorderid", d."msdyn_billingtype", 'draftAmount', SUM(d."msdyn_amount" - d."msdyn_previousamount")
    FROM "invoice" i JOIN "msdyn_invoicelinetransaction" d ON d."msdyn_invoice" = i."invoiceid"
    WHERE ${inList(session, raw('i."salesorderid"'), contractIds)} AND ${inList(session, raw('i."msdyn_projectinvoicestatus"'), UNCONFIRMED)}
      AND d."gw_retainer" IS NULL
    GROUP BY 1, 2, 3
    UNION ALL SELECT a."msdyn_salescontract", a."msdyn_billingtype",
      CASE WHEN EXISTS (SELECT 1 FROM "ProjInvoiceJour" j WHERE j."ProposalId" = i."invoicenumber") THEN 'invoicedAmount' ELSE 'confirmedAmount' END,
      SUM(a."msdyn_amount")
    FROM "msdyn_actual" a JOIN "invoice" i ON i."invoiceid" = a."msdyn_invoice"
    WHERE ${inList(session, raw('a."msdyn_salescontract"'), contractIds)} AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
      AND a."gw_retainer" IS NULL
    GROUP BY 1, 2, 3`);
  const found = new Map<string, Map<BillingType, StageAmounts>>();
  for (const { contract, billing, stage, amount } of rows) {
    const own = found.get(contract) ?? new Map<BillingType, StageAmounts>();
    const billingType = Number(billing) as BillingType;
    found.set(contract, own.set(billingType, { ...(own.get(billingType) ?? NO_AMOUNTS), [stage]: moneyFromSum(amount) }));
  }
  return found;
}

interface RetainerSums {
  readonly contract: string;
  readonly status: Summed;
  readonly amount: Summed;
  readonly used: Summed;
  readonly refunded: Summed;
  readonly available: Summed;
}

async function retainerAmountsOf(session: Session, contractIds: readonly string[]): Promise<Map<string, RetainerSums[]>> {
  const rows = await query<RetainerSums>(session, sql`
    SELECT t."gw_contract" AS "contract", t."gw_invoicestatus" AS "status", SUM(t."gw_amount") AS "amount", SUM(t."gw_usedamount") AS "used",
      SUM(t."gw_refundedamount") AS "refunded", SUM(t."gw_availableamount") AS "available"
    FROM "gw_retainer" t WHERE ${inList(session, raw('t."gw_contract"'), contractIds)} GROUP BY 1, 2`);
  const found = new Map<string, RetainerSums[]>();
  for (const row of rows) found.set(row.contract, [...(found.get(row.contract) ?? []), row]);
  return found;
}

function retainersOf(sums: readonly RetainerSums[]): Omit<RetainerAmounts, 'appliedOnDraftsAmount'> {
  const amountIn = (status: RetainerInvoiceStatus, of: keyof RetainerSums = 'amount') =>
    moneyFromSum(sums.find((row) => Number(row.status) === status)?.[of] ?? 0);
  return {
    openAmount: amountIn(RetainerInvoiceStatus.NOT_READY),
    readyAmount: amountIn(RetainerInvoiceStatus.READY_TO_INVOICE),
    draftAmount: amountIn(RetainerInvoiceStatus.CUSTOMER_INVOICE_CREATED),
    invoicedAmount: amountIn(RetainerInvoiceStatus.INVOICED),
    usedAmount: amountIn(RetainerInvoiceStatus.INVOICED, 'used'),
    refundedAmount: amountIn(RetainerInvoiceStatus.INVOICED, 'refunded'),
    availableAmount: amountIn(RetainerInvoiceStatus.INVOICED, 'available'),
  };
}

/** What unconfirmed proformas pay out of the retainers of each contract: their details are negative. */
async function appliedOnDraftsOf(session: Session, contractIds: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await query<{ contract: string; amount: Summed }>(session, sql`
    SELECT i."salesorderid" AS "contract", SUM(d."msdyn_amount") AS "amount"
    FROM "invoice" i JOIN "msdyn_invoicelinetransaction" d ON d."msdyn_invoice" = i."invoiceid"
    WHERE ${inList(session, raw('i."salesorderid"'), contractIds)} AND ${inList(session, raw('i."msdyn_projectinvoicestatus"'), UNCONFIRMED)}
      AND d."gw_retaineruse" = ${RetainerUse.APPLICATION} GROUP BY 1`);
  return new Map(rows.map(({ contract, amount }) => [contract, moneyFromSum(amount).neg()]));
}
