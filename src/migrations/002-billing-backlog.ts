import { StatementMigration } from './statement-migration';

/** Whose proforma takes a row: its customer, or the contract's. */
const payer = (row: string, contract: string, customer: string) => `
  COALESCE(${row}."${customer}", (SELECT o."customerid" FROM "salesorder" o WHERE o."salesorderid" = ${row}."${contract}"))`;

/** Numbers in the view: transaction type unbilled sales 192350005; billing status created 192350000, ready 192350004;
 * not-to-exceed failed 3; milestone not ready 192350000, ready 192350001, and a retainer the same; class milestone 192350003,
 * retainer 690970003; chargeable 192350001; quantity 1 at scale 6; not marked 0, limit failed 1, no contract line 2. */
const VIEW = `
CREATE VIEW "gw_billingbacklog" AS
SELECT a."msdyn_actualid" AS "gw_id", a."msdyn_actualid" AS "gw_actual", NULL AS "gw_milestone", NULL AS "gw_retainer",
  a."msdyn_transactionclassification" AS "gw_classification", a."msdyn_billingtype" AS "gw_billingtype",
  a."gw_nottoexceedstatus" AS "gw_nottoexceedstatus",
  a."msdyn_billingstatus" = 192350004 AND a."gw_nottoexceedstatus" <> 3 AS "gw_isready",
  CASE WHEN a."gw_nottoexceedstatus" = 3 THEN 1 WHEN a."msdyn_billingstatus" = 192350004 THEN NULL
    WHEN a."msdyn_salescontractlineid" IS NULL THEN 2 ELSE 0 END AS "gw_notreadyreason",
  a."msdyn_salescontract" AS "gw_contract", a."msdyn_salescontractlineid" AS "gw_contractline",
  a."msdyn_project" AS "gw_project", a."msdyn_accountcustomer" AS "gw_customer",${payer('a', 'msdyn_salescontract', 'msdyn_accountcustomer')} AS "gw_payer",
  a."transactioncurrencyid" AS "gw_currency", a."msdyn_description" AS "gw_description", a."msdyn_transactiondate" AS "gw_transactiondate",
  a."msdyn_quantity" AS "gw_quantity", a."msdyn_price" AS "gw_price", a."msdyn_amount" AS "gw_amount"
FROM "msdyn_actual" a
WHERE a."msdyn_transactiontypecode" = 192350005 AND a."msdyn_adjustmentstatus" IS NULL
  AND a."msdyn_billingstatus" IN (192350000, 192350004)
UNION ALL
SELECT m."msdyn_contractlinescheduleofvalueid", NULL, m."msdyn_contractlinescheduleofvalueid", NULL,
  192350003, 192350001, 0, m."msdyn_invoicestatus" = 192350001, CASE WHEN m."msdyn_invoicestatus" = 192350001 THEN NULL ELSE 0 END,
  m."msdyn_contract", m."msdyn_contractlineid", m."msdyn_project",
  m."msdyn_accountcustomer",${payer('m', 'msdyn_contract', 'msdyn_accountcustomer')}, m."transactioncurrencyid",
  m."msdyn_name", m."msdyn_milestonedate", 1000000, m."msdyn_amount", m."msdyn_amount"
FROM "msdyn_contractlinescheduleofvalue" m
WHERE m."msdyn_invoicestatus" IN (192350000, 192350001) AND (m."gw_progressmilestone" IS NULL OR m."msdyn_amount" <> 0)
UNION ALL
SELECT r."gw_retainerid", NULL, NULL, r."gw_retainerid",
  690970003, 192350001, 0, r."gw_invoicestatus" = 192350001, CASE WHEN r."gw_invoicestatus" = 192350001 THEN NULL ELSE 0 END,
  r."gw_contract", r."gw_contractline", r."gw_project", r."gw_customer", r."gw_customer", r."gw_currency",
  r."gw_description", r."gw_retainerdate", 1000000, r."gw_amount", r."gw_amount"
FROM "gw_retainer" r
WHERE r."gw_invoicestatus" IN (192350000, 192350001)`;

export class BillingBacklog extends StatementMigration {
  readonly name = 'BillingBacklog1790000000002';
  protected readonly sqlite = [VIEW];
  protected readonly postgres = [VIEW];
}
