import { AdjustmentStatus, BillingType, ProformaInvoiceStatus, RetainerInvoiceStatus, TransactionType } from '../../../src/entities/dataverse';
import { PostingType, ProjCdsTransType, ProjTransStatus } from '../../../src/entities/finance';
import { inList, query, sql, type Session, type Sql } from '../../../src/stores/session';
import { familiesOutOfBalance } from './families';

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

  'no actual that was replaced is billed': () => sql`SELECT d."msdyn_invoicelinetransactionid" AS "which" FROM "msdyn_invoicelinetransaction" d
    JOIN "msdyn_actual" a ON a."msdyn_actualid" = d."gw_unbilledactual" JOIN "invoice" i ON i."invoiceid" = d."msdyn_invoice"
    WHERE i."msdyn_projectinvoicestatus" = ${ProformaInvoiceStatus.DRAFT} AND a."msdyn_adjustmentstatus" = ${AdjustmentStatus.ADJUSTED}`,

  'a retainer has what was neither used nor refunded': () => sql`SELECT "gw_retainerid" AS "which" FROM "gw_retainer" WHERE "gw_availableamount" < 0
    OR "gw_availableamount" <> CASE WHEN "gw_invoicestatus" = ${RetainerInvoiceStatus.INVOICED} THEN "gw_amount" - "gw_usedamount" - "gw_refundedamount" ELSE 0 END`,

  'a voucher balances in accounting currency': () => sql`SELECT "GeneralJournalEntry" AS "which" FROM "GeneralJournalAccountEntry"
    GROUP BY "GeneralJournalEntry" HAVING SUM("AccountingCurrencyAmount") <> 0`,

  'a voucher balances in each transaction currency': () => sql`SELECT "GeneralJournalEntry" AS "which" FROM "GeneralJournalAccountEntry"
    GROUP BY "GeneralJournalEntry", "TransactionCurrencyCode" HAVING SUM("TransactionCurrencyAmount") <> 0`,

  'the customer subledger is the ledger\'s receivables': () => sql`SELECT "currency" AS "which" FROM (
      SELECT "CurrencyCode" AS "currency", "AmountCur" AS "amount", "AmountMST" AS "accountingAmount" FROM "CustTrans"
      UNION ALL SELECT "TransactionCurrencyCode", -"TransactionCurrencyAmount", -"AccountingCurrencyAmount"
      FROM "GeneralJournalAccountEntry" WHERE "PostingType" = ${PostingType.CUSTOMER_BALANCE}) AS owed
    GROUP BY "currency" HAVING SUM("amount") <> 0 OR SUM("accountingAmount") <> 0`,

  'WIP is what was accrued and is not invoiced, and zero when all is': () => sql`SELECT "project" AS "which" FROM (
      SELECT "ProjId" AS "project", "AmountMst" AS "amount" FROM "ProjTransPosting" WHERE "PostingType" = ${PostingType.WIP_SALES_VALUE}
      UNION ALL SELECT t."ProjId", -t."AmountMST" FROM "gw_ProjTrans" t JOIN "ProjAdvancedJournalLine" l ON l."gw_id" = t."gw_projadvancedjournalline"
      WHERE t."gw_transtype" = ${ProjCdsTransType.SALES} AND t."TransStatus" = ${ProjTransStatus.POSTED} AND l."gw_accruerevenue") AS wip
    GROUP BY "project" HAVING SUM("amount") <> 0`,

  'finance invoiced what Dataverse billed': () => sql`SELECT j."ProposalId" AS "which" FROM "ProjInvoiceJour" j
    JOIN "invoice" i ON i."invoicenumber" = j."ProposalId" WHERE j."SalesOrderbalance" <> i."totallineitemamount"`,
};

/** What does not hold now, as sentences; empty when everything does. */
export async function brokenNow(session: Session): Promise<string[]> {
  const found = await familiesOutOfBalance(session);
  for (const [rule, statement] of Object.entries(RULES)) {
    for (const { which } of await query<{ which: string }>(session, statement(session))) found.push(`${rule}: ${which}`);
  }
  return found;
}
