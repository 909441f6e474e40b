import { BillingType, OrderType, ProformaInvoiceStatus, RECORD_TYPES, TransactionType } from '../../entities/dataverse';
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

/** ISO 4217's code where no currency is involved. */
const NO_CURRENCY = `'XXX'`;

/** A record of Dataverse belongs to the legal entity of its contract's company. */
function ofDataverse(rows: string, alias: string, contract: string): Owner {
  return {
    from: `${rows} JOIN "salesorder" o ON o."salesorderid" = ${alias}."${contract}"
      JOIN "cdm_company" y ON y."cdm_companyid" = o."msdyn_company" JOIN "transactioncurrency" c ON c."transactioncurrencyid" = ${alias}."transactioncurrencyid"`,
    entity: 'y."cdm_companycode"', currency: 'c."isocurrencycode"', contract: 'o."ordernumber"',
  };
}

function ofFinance(from: string, alias: string, currency: string, contract: string): Owner {
  return { from, entity: `${alias}."dataAreaId"`, currency: `${alias}."${currency}"`, contract };
}

/** Connections with both ends; they belong to the first one, as the table map has it, and have no amount. The second one may be gone. */
export const CONNECTED = `"msdyn_transactionconnection" x JOIN "msdyn_actual" a ON a."msdyn_actualid" = x."msdyn_transaction1"
  LEFT JOIN "msdyn_actual" b ON b."msdyn_actualid" = x."msdyn_transaction2"`;
const STAGED_CONNECTED = '"ProjCDSTransactionRelationshipImport" s LEFT JOIN "ProjCDSActualsImport" f ON f."ActualId" = s."Transaction1Id"';

/** The tables that are compared. */
export const OWNERS = {
  actual: ofDataverse('"msdyn_actual" a', 'a', 'msdyn_salescontract'),
  proforma: ofDataverse('"invoice" i', 'i', 'salesorderid'),
  milestone: ofDataverse('"msdyn_contractlinescheduleofvalue" m', 'm', 'msdyn_contract'),
  connection: { ...ofDataverse(CONNECTED, 'a', 'msdyn_salescontract'), currency: NO_CURRENCY },
  stagedConnection: { from: STAGED_CONNECTED, entity: 's."dataAreaId"', currency: NO_CURRENCY, contract: 'f."ContractId"' },
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

/** Actuals that go to finance: cost, unbilled and billed sales, and what one unit of the organisation does for another. */
export const FOLLOWED_ACTUAL = `a."msdyn_transactiontypecode" IN (${TransactionType.COST}, ${TransactionType.UNBILLED_SALES}, ${TransactionType.BILLED_SALES},
  ${TransactionType.RESOURCING_UNIT_COST}, ${TransactionType.INTER_ORGANIZATIONAL_SALES})`;
export const FOLLOWED_STAGED = `s."TransType" IN (${ProjCdsTransType.COST}, ${ProjCdsTransType.SALES}, ${ProjCdsTransType.BILLED_SALES},
  ${ProjCdsTransType.RESOURCING_UNIT_COST}, ${ProjCdsTransType.INTER_ORG_SALES})`;

export const FLOW_OF_ACTUAL = `CASE a."msdyn_transactiontypecode" WHEN ${TransactionType.COST} THEN '${ReconciliationFlow.COST}'
  WHEN ${TransactionType.UNBILLED_SALES} THEN '${ReconciliationFlow.UNBILLED_SALES}' WHEN ${TransactionType.BILLED_SALES} THEN '${ReconciliationFlow.BILLED_SALES}'
  ELSE '${ReconciliationFlow.INTER_ORGANIZATIONAL}' END`;
export const flowOfStaged = (alias: string): string => `CASE ${alias}."TransType" WHEN ${ProjCdsTransType.COST} THEN '${ReconciliationFlow.COST}'
  WHEN ${ProjCdsTransType.SALES} THEN '${ReconciliationFlow.UNBILLED_SALES}' WHEN ${ProjCdsTransType.BILLED_SALES} THEN '${ReconciliationFlow.BILLED_SALES}'
  ELSE '${ReconciliationFlow.INTER_ORGANIZATIONAL}' END`;

/** Connections between two actuals; those with an end that has Skip Sync stay in Dataverse with it. */
export const BETWEEN_ACTUALS = `x."msdyn_transaction1type" = '${RECORD_TYPES.actual}' AND x."msdyn_transaction2type" = '${RECORD_TYPES.actual}'`;
export const AN_END_IS_SKIPPED = `(a."gw_skipsync" = true OR COALESCE(b."gw_skipsync", false) = true)`;

/** What the customer is asked for by a billed actual: nothing where it is not charged. Other actuals count with their amount. */
export const AMOUNT_OF_ACTUAL = `CASE WHEN a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
  AND a."msdyn_billingtype" IN (${BillingType.NON_CHARGEABLE}, ${BillingType.COMPLIMENTARY}) THEN 0 ELSE a."msdyn_amount" END`;
export const AMOUNT_OF_STAGED = `CASE WHEN s."TransType" = ${ProjCdsTransType.BILLED_SALES}
  AND s."BillingType" IN (${ProjBillingType.NON_CHARGEABLE}, ${ProjBillingType.COMPLIMENTARY}) THEN 0 ELSE s."Amount" END`;
