import { StatementMigration } from './statement-migration';

/** Numbers in the view: transaction type unbilled sales 192350005; billing status created 192350000, ready 192350004;
 * milestone not ready 192350000, ready 192350001; class milestone 192350003; chargeable 192350001; quantity 1 at scale 6. */
const VIEW = `
CREATE VIEW "gw_billingbacklog" AS
SELECT a."msdyn_actualid" AS "gw_id", a."msdyn_actualid" AS "gw_actual", NULL AS "gw_milestone",
  a."msdyn_transactionclassification" AS "gw_classification", a."msdyn_billingtype" AS "gw_billingtype",
  a."gw_nottoexceedstatus" AS "gw_nottoexceedstatus", a."msdyn_billingstatus" = 192350004 AS "gw_isready",
  a."msdyn_salescontract" AS "gw_contract", a."msdyn_salescontractlineid" AS "gw_contractline",
  a."msdyn_project" AS "gw_project", a."msdyn_accountcustomer" AS "gw_customer", a."transactioncurrencyid" AS "gw_currency",
  a."msdyn_description" AS "gw_description", a."msdyn_transactiondate" AS "gw_transactiondate",
  a."msdyn_quantity" AS "gw_quantity", a."msdyn_price" AS "gw_price", a."msdyn_amount" AS "gw_amount"
FROM "msdyn_actual" a
WHERE a."msdyn_transactiontypecode" = 192350005 AND a."msdyn_adjustmentstatus" IS NULL
  AND a."msdyn_billingstatus" IN (192350000, 192350004)
UNION ALL
SELECT m."msdyn_contractlinescheduleofvalueid", NULL, m."msdyn_contractlinescheduleofvalueid",
  192350003, 192350001, 0, m."msdyn_invoicestatus" = 192350001,
  m."msdyn_contract", m."msdyn_contractlineid", m."msdyn_project", m."msdyn_accountcustomer", m."transactioncurrencyid",
  m."msdyn_name", m."msdyn_milestonedate", 1000000, m."msdyn_amount", m."msdyn_amount"
FROM "msdyn_contractlinescheduleofvalue" m
WHERE m."msdyn_invoicestatus" IN (192350000, 192350001) AND (m."gw_progressmilestone" IS NULL OR m."msdyn_amount" <> 0)`;

export class BillingBacklog extends StatementMigration {
  readonly name = 'BillingBacklog1790000000002';
  protected readonly sqlite = [VIEW];
  protected readonly postgres = [VIEW];
}
