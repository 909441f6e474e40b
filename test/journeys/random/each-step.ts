import { AdjustmentStatus, BillingStatus, BillingType, ProformaInvoiceStatus, RetainerInvoiceStatus, TransactionClassification, TransactionType } from '../../../src/entities/dataverse';
import { PostingType } from '../../../src/entities/finance';
import { inList, query, sql, type Session, type Sql } from '../../../src/stores/session';

/** Each query finds what does not hold: a few sums over whole tables, cheap enough to be asked after every step. */
const RULES: Readonly<Record<string, (session: Session) => Sql>> = {
  'a proforma\'s total is that of its details': () => sql`SELECT i."invoicenumber" AS "which" FROM "invoice" i
    WHERE i."totalamount" <> i."totallineitemamount" + i."totaltax" OR i."totallineitemamount" <> COALESCE((
      SELECT SUM(d."msdyn_amount" - d."msdyn_previousamount") FROM "msdyn_invoicelinetransaction" d
      WHERE d."msdyn_invoice" = i."invoiceid" AND d."msdyn_billingtype" = ${BillingType.CHARGEABLE}), 0)`,

  'a proforma bills what it charges, and a draft bills nothing': (session) => sql`SELECT i."invoicenumber" AS "which" FROM "invoice" i
    WHERE COALESCE((SELECT SUM(a."msdyn_amount") FROM "msdyn_actual" a WHERE a."msdyn_invoice" = i."invoiceid"
      AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} AND a."msdyn_billingtype" = ${BillingType.CHARGEABLE}), 0)
    <> CASE WHEN ${inList(session, sql`i."msdyn_projectinvoicestatus"`, [ProformaInvoiceStatus.DRAFT, ProformaInvoiceStatus.IN_REVIEW])} THEN 0 ELSE i."totallineitemamount" END`,

  'what is unbilled on a contract is open': (session) => {
    const isOpen = sql`"msdyn_adjustmentstatus" IS NULL AND ${inList(session, sql`"msdyn_billingstatus"`, [
      BillingStatus.UNBILLED_SALES_CREATED, BillingStatus.READY_TO_INVOICE, BillingStatus.CUSTOMER_INVOICE_CREATED,
    ])}`;
    return sql`SELECT "msdyn_salescontract" AS "which" FROM "msdyn_actual"
      WHERE "msdyn_transactiontypecode" = ${TransactionType.UNBILLED_SALES} AND "msdyn_transactionclassification" <> ${TransactionClassification.RETAINER}
      GROUP BY "msdyn_salescontract" HAVING SUM("msdyn_amount") <> SUM(CASE WHEN ${isOpen} THEN "msdyn_amount" ELSE 0 END)
      OR SUM("msdyn_quantity") <> SUM(CASE WHEN ${isOpen} THEN "msdyn_quantity" ELSE 0 END)`;
  },

  'no actual that was replaced is billed': () => sql`SELECT d."msdyn_invoicelinetransactionid" AS "which" FROM "msdyn_invoicelinetransaction" d
    JOIN "msdyn_actual" a ON a."msdyn_actualid" = d."gw_unbilledactual" JOIN "invoice" i ON i."invoiceid" = d."msdyn_invoice"
    WHERE i."msdyn_projectinvoicestatus" = ${ProformaInvoiceStatus.DRAFT} AND a."msdyn_adjustmentstatus" = ${AdjustmentStatus.ADJUSTED}`,

  'a retainer has what was neither used nor refunded': () => sql`SELECT "gw_retainerid" AS "which" FROM "gw_retainer" WHERE "gw_availableamount" < 0
    OR "gw_availableamount" <> CASE WHEN "gw_invoicestatus" = ${RetainerInvoiceStatus.INVOICED} THEN "gw_amount" - "gw_usedamount" - "gw_refundedamount" ELSE 0 END`,

  'a voucher balances in accounting currency': () => sql`SELECT "GeneralJournalEntry" AS "which" FROM "GeneralJournalAccountEntry"
    GROUP BY "GeneralJournalEntry" HAVING SUM("AccountingCurrencyAmount") <> 0`,

  'a voucher balances in each transaction currency': () => sql`SELECT "GeneralJournalEntry" AS "which" FROM "GeneralJournalAccountEntry"
    GROUP BY "GeneralJournalEntry", "TransactionCurrencyCode" HAVING SUM("TransactionCurrencyAmount") <> 0`,

  'the customer subledger is the ledger\'s receivables': () => sql`SELECT 'receivables' AS "which" WHERE
    COALESCE((SELECT SUM("AmountMST") FROM "CustTrans"), 0) <> COALESCE((
      SELECT SUM("AccountingCurrencyAmount") FROM "GeneralJournalAccountEntry" WHERE "PostingType" = ${PostingType.CUSTOMER_BALANCE}), 0)`,

  'finance invoiced what Dataverse billed': () => sql`SELECT j."ProposalId" AS "which" FROM "ProjInvoiceJour" j
    JOIN "invoice" i ON i."invoicenumber" = j."ProposalId" WHERE j."SalesOrderbalance" <> i."totallineitemamount"`,
};

/** What does not hold now, as sentences; empty when everything does. */
export async function brokenNow(session: Session): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, statement] of Object.entries(RULES)) {
    for (const { which } of await query<{ which: string }>(session, statement(session))) found.push(`${rule}: ${which}`);
  }
  return found;
}
