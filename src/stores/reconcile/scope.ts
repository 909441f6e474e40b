import { BillingType, OrderType, ProformaInvoiceStatus, TransactionType } from '../../entities/dataverse';
import { ProjBillingType, ProjCdsTransType } from '../../entities/finance';
import { inList, join, raw, sql, type Session, type Sql } from '../session';
import { ReconciliationFlow } from './reconciliation.enums';

/** Whose records are compared; what is left out does not matter. */
export interface ReconciliationScope {
  readonly legalEntityIds?: readonly string[] | null;
  /** The project contract's number. */
  readonly contractNumber?: string | null;
}

/** Where the rows of a table stand, and the columns (or expressions) that a comparison needs of them. */
export interface Owner {
  /** The rows with everything that is joined to them. */
  readonly from: string;
  readonly entity: string;
  readonly currency: string;
  readonly contract: string;
}

/** A record of Dataverse belongs to the legal entity of its contract's company. */
function ofDataverse(table: string, alias: string, contract: string): Owner {
  return {
    from: `"${table}" ${alias} JOIN "salesorder" o ON o."salesorderid" = ${alias}."${contract}"
      JOIN "cdm_company" y ON y."cdm_companyid" = o."msdyn_company" JOIN "transactioncurrency" c ON c."transactioncurrencyid" = ${alias}."transactioncurrencyid"`,
    entity: 'y."cdm_companycode"', currency: 'c."isocurrencycode"', contract: 'o."ordernumber"',
  };
}

function ofFinance(from: string, alias: string, currency: string, contract: string): Owner {
  return { from, entity: `${alias}."dataAreaId"`, currency: `${alias}."${currency}"`, contract };
}

/** The tables that are compared. */
export const OWNERS = {
  actual: ofDataverse('msdyn_actual', 'a', 'msdyn_salescontract'),
  proforma: ofDataverse('invoice', 'i', 'salesorderid'),
  milestone: ofDataverse('msdyn_contractlinescheduleofvalue', 'm', 'msdyn_contract'),
  stagedActual: ofFinance('"ProjCDSActualsImport" s', 's', 'TransactionCurrencyId', 's."ContractId"'),
  stagedMilestone: ofFinance('"ProjCDSContractLineMilestoneImport" s', 's', 'CurrencyId', 's."ProjectContractId"'),
  onAccount: ofFinance('"ProjOnAccTrans" t', 't', 'CurrencyId', 't."ProjContractId"'),
  journalLine: ofFinance('"ProjAdvancedJournalLine" l', 'l', 'CurrencyId', 'l."gw_contractid"'),
  proposal: ofFinance('"ProjProposalJour" p JOIN "invoice" i ON i."invoiceid" = p."gw_invoiceid"', 'p', 'CurrencyId', 'p."ProjInvoiceProjId"'),
  proposalLine: ofFinance('"gw_ProjProposalTrans" l JOIN "ProjProposalJour" p ON p."gw_id" = l."gw_projproposaljour"', 'l', 'CurrencyId', 'p."ProjInvoiceProjId"'),
  invoice: ofFinance('"ProjInvoiceJour" j', 'j', 'CurrencyId', 'j."ProjInvoiceProjId"'),
  invoiceLine: ofFinance('"gw_ProjInvoiceTrans" l JOIN "ProjInvoiceJour" j ON j."gw_id" = l."gw_projinvoicejour"', 'l', 'CurrencyId', 'j."ProjInvoiceProjId"'),
} as const satisfies Record<string, Owner>;

/** The condition of a scope on the rows of a table. */
export function withinScope(session: Session, { entity, contract }: Owner, { legalEntityIds, contractNumber }: ReconciliationScope): Sql {
  return join([
    raw('1 = 1'),
    ...(legalEntityIds ? [inList(session, raw(entity), legalEntityIds)] : []),
    ...(contractNumber ? [sql`${raw(contract)} = ${contractNumber}`] : []),
  ], ' AND ');
}

/** A proforma that dual-write carries: work-based, and no longer draft or in review. */
export const CONFIRMED_PROFORMA = `i."msdyn_ordertype" = ${OrderType.WORK_BASED}
  AND i."msdyn_projectinvoicestatus" NOT IN (${ProformaInvoiceStatus.DRAFT}, ${ProformaInvoiceStatus.IN_REVIEW})`;

/** Actuals that finance has a process for: cost, unbilled and billed sales. */
export const FOLLOWED_ACTUAL = `a."msdyn_transactiontypecode" IN (${TransactionType.COST}, ${TransactionType.UNBILLED_SALES}, ${TransactionType.BILLED_SALES})`;
export const FOLLOWED_STAGED = `s."TransType" IN (${ProjCdsTransType.COST}, ${ProjCdsTransType.SALES}, ${ProjCdsTransType.BILLED_SALES})`;

export const FLOW_OF_ACTUAL = `CASE a."msdyn_transactiontypecode" WHEN ${TransactionType.COST} THEN '${ReconciliationFlow.COST}'
  WHEN ${TransactionType.UNBILLED_SALES} THEN '${ReconciliationFlow.UNBILLED_SALES}' ELSE '${ReconciliationFlow.BILLED_SALES}' END`;
export const flowOfStaged = (alias: string): string => `CASE ${alias}."TransType" WHEN ${ProjCdsTransType.COST} THEN '${ReconciliationFlow.COST}'
  WHEN ${ProjCdsTransType.SALES} THEN '${ReconciliationFlow.UNBILLED_SALES}' ELSE '${ReconciliationFlow.BILLED_SALES}' END`;

/** What the customer is asked for by a billed actual: nothing where it is not charged. Other actuals count with their amount. */
export const AMOUNT_OF_ACTUAL = `CASE WHEN a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
  AND a."msdyn_billingtype" IN (${BillingType.NON_CHARGEABLE}, ${BillingType.COMPLIMENTARY}) THEN 0 ELSE a."msdyn_amount" END`;
export const AMOUNT_OF_STAGED = `CASE WHEN s."TransType" = ${ProjCdsTransType.BILLED_SALES}
  AND s."BillingType" IN (${ProjBillingType.NON_CHARGEABLE}, ${ProjBillingType.COMPLIMENTARY}) THEN 0 ELSE s."Amount" END`;
