import { SyncDirection } from '../../../entities/dual-write';
import { TABLE_MAP_DEFINITIONS } from '../table-maps';

/** Columns that each system keeps for itself in every one of its tables: keys, versions, the legal entity, when a row came. */
export const SYSTEM_COLUMNS: readonly string[] = ['gw_id', 'dataAreaId', 'RecVersion', 'versionnumber', 'gw_changesetid', 'gw_sourceversion', 'CreatedDateTime'];

/** What the quarantine of orphans sets in a staged row. */
const QUARANTINE_COLUMNS = ['gw_quarantinedon', 'gw_quarantinedby', 'gw_quarantinereason'];

/**
 * What finance owns in the tables that Dataverse fills: the columns that import and posting set (domain facts 3). A table that is
 * not here is finance's as a whole: journals, vouchers, invoices, set-up.
 */
const FINANCE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ProjProposalJour: ['LineProperty', 'gw_haslines', 'InvoiceDate', 'DueDate', 'SalesOrderbalance', 'SumTax', 'InvoiceAmount'],
  ProjCDSActualsImport: [
    'IsProcessed', 'gw_importerrorcode', 'gw_importerror', 'VoucherNumber', 'SalesTaxAmount', 'AccountingAmount', 'ExchangeRate', ...QUARANTINE_COLUMNS,
  ],
  ProjCDSContractLineMilestoneImport: ['gw_isprocessed', ...QUARANTINE_COLUMNS],
  ProjCDSTransactionRelationshipImport: [],
};

/** What finance may write in Dataverse: what the shipped maps write back, and nothing else. */
const WRITTEN_BACK: ReadonlyMap<string, ReadonlySet<string>> = new Map(TABLE_MAP_DEFINITIONS.map(({ dataverseTable }) => [dataverseTable, new Set(
  TABLE_MAP_DEFINITIONS.filter((map) => map.dataverseTable === dataverseTable).flatMap((map) =>
    map.fields.filter((field) => field.direction === SyncDirection.FINANCE_TO_DATAVERSE).map((field) => field.target)),
)]));

/** The system that owns a target column, so that the other one may not write it; null where it may. */
export function ownerAgainst(direction: SyncDirection, table: string, column: string): 'finance' | 'Dataverse' | null {
  if (direction === SyncDirection.FINANCE_TO_DATAVERSE) return WRITTEN_BACK.get(table)?.has(column) ? null : 'Dataverse';
  const owned = FINANCE_COLUMNS[table];
  return !owned || owned.includes(column) ? 'finance' : null;
}
