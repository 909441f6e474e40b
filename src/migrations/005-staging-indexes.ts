import { StatementMigration } from './statement-migration';

/** Import reads what is unprocessed, and the rows of one invoice, in key order: without these indexes every chunk would sort them all. */
export class StagingIndexes extends StatementMigration {
  readonly name = 'StagingIndexes1795473189199';
  protected readonly sqlite = [
    "DROP INDEX \"IDX_a3f2a76596499492f298bdf5df\"",
    "DROP INDEX \"IDX_d558f60e1c6d85c9e7c919b345\"",
    "CREATE INDEX \"IDX_4432c27441d4d08224ababb9c4\" ON \"ProjCDSActualsImport\" (\"dataAreaId\", \"IsProcessed\", \"gw_id\") ",
    "CREATE INDEX \"IDX_52c7f41504901fd4fd04a0f6f9\" ON \"ProjCDSActualsImport\" (\"InvoiceId\", \"ActualId\") ",
  ];
  protected readonly postgres = [
    "DROP INDEX \"IDX_d558f60e1c6d85c9e7c919b345\"",
    "DROP INDEX \"IDX_a3f2a76596499492f298bdf5df\"",
    "CREATE INDEX \"IDX_4432c27441d4d08224ababb9c4\" ON \"ProjCDSActualsImport\"  (\"dataAreaId\", \"IsProcessed\", \"gw_id\") ",
    "CREATE INDEX \"IDX_52c7f41504901fd4fd04a0f6f9\" ON \"ProjCDSActualsImport\"  (\"InvoiceId\", \"ActualId\") ",
  ];
}
