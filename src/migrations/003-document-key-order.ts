import { StatementMigration } from './statement-migration';

/** A document is read, checked and deleted in key order, a chunk at a time: without these indexes every chunk would sort the whole document. */
export class DocumentKeyOrder extends StatementMigration {
  readonly name = 'DocumentKeyOrder1795473074610';
  protected readonly sqlite = [
    "DROP INDEX \"IDX_521d611e5ddbf3f14e72da9272\"",
    "DROP INDEX \"IDX_953d719adca650c4db49c1fec6\"",
    "DROP INDEX \"IDX_35f8b16e5c243192af9ccc4e7f\"",
    "CREATE INDEX \"IDX_f8c5f1b0f50c847cd432e8a244\" ON \"msdyn_invoicelinetransaction\" (\"msdyn_originalinvoicelinedetail\") ",
    "CREATE INDEX \"IDX_1aebcc58d623b12ae94e2264d7\" ON \"msdyn_invoicelinetransaction\" (\"msdyn_invoice\", \"msdyn_invoicelinetransactionid\") ",
    "CREATE INDEX \"IDX_051b43ac38818f0441ca0ca799\" ON \"msdyn_actual\" (\"msdyn_invoice\", \"msdyn_actualid\") ",
    "CREATE INDEX \"IDX_ba072677b6d96d34e8e037dd67\" ON \"msdyn_actual\" (\"msdyn_salescontract\", \"msdyn_billingstatus\", \"msdyn_actualid\") ",
  ];
  protected readonly postgres = [
    "DROP INDEX \"IDX_521d611e5ddbf3f14e72da9272\"",
    "DROP INDEX \"IDX_35f8b16e5c243192af9ccc4e7f\"",
    "DROP INDEX \"IDX_953d719adca650c4db49c1fec6\"",
    "CREATE INDEX \"IDX_f8c5f1b0f50c847cd432e8a244\" ON \"msdyn_invoicelinetransaction\"  (\"msdyn_originalinvoicelinedetail\") ",
    "CREATE INDEX \"IDX_1aebcc58d623b12ae94e2264d7\" ON \"msdyn_invoicelinetransaction\"  (\"msdyn_invoice\", \"msdyn_invoicelinetransactionid\") ",
    "CREATE INDEX \"IDX_051b43ac38818f0441ca0ca799\" ON \"msdyn_actual\"  (\"msdyn_invoice\", \"msdyn_actualid\") ",
    "CREATE INDEX \"IDX_ba072677b6d96d34e8e037dd67\" ON \"msdyn_actual\"  (\"msdyn_salescontract\", \"msdyn_billingstatus\", \"msdyn_actualid\") ",
  ];
}
