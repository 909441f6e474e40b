import { RECORD_TYPES } from '../../entities/dataverse';
import { chunksOf } from '../bulk';
import { inList, name, query, raw, sql, type Session, type Sql } from '../session';

/** Ids that one statement looks up. */
const IDS_PER_STATEMENT = 5_000;

/** Whether this proforma exists. */
export async function hasProforma(session: Session, proformaId: string): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "found" FROM "invoice" WHERE "invoiceid" = ${proformaId}`)).length > 0;
}

/**
 * Finds the source records that belong to one proforma, by the table that they are in: its header; its actuals and those that they
 * are connected to; the connections among these; the milestones that it bills; and what finance holds of all that. Ids only,
 * looked up by index and in bounded lists, because a planner that does not know the data yet joins large documents badly.
 */
export class ProformaRecords {
  private actualIds: Promise<string[]> | undefined;

  constructor(private readonly session: Session, private readonly proformaId: string) {}

  /** The ids of a source table's records in key order; none where the table has nothing to do with proformas. */
  async keysOf(table: string): Promise<string[]> {
    const keysOf = this.finders[table];
    return keysOf ? [...new Set(await keysOf())].sort() : [];
  }

  private readonly finders: Readonly<Record<string, () => Promise<string[]>>> = {
    invoice: async () => [this.proformaId],
    msdyn_actual: () => this.actuals(),
    msdyn_contractlinescheduleofvalue: () => this.milestones(),
    msdyn_transactionconnection: () => this.connections(),
    ProjCDSActualsImport: async () => this.lookUp('ProjCDSActualsImport', 'gw_id', 'ActualId', await this.actuals()),
    ProjInvoiceJour: () => this.customerInvoices(),
  };

  private actuals(): Promise<string[]> {
    this.actualIds ??= this.findActuals();
    return this.actualIds;
  }

  private async findActuals(): Promise<string[]> {
    const own = await this.keys(sql`SELECT "msdyn_actualid" AS "key" FROM "msdyn_actual" WHERE "msdyn_invoice" = ${this.proformaId}`);
    const isActual = (end: 1 | 2) => sql` AND ${name(`msdyn_transaction${end}type`)} = ${RECORD_TYPES.actual}`;
    const second = await this.lookUp('msdyn_transactionconnection', 'msdyn_transaction2', 'msdyn_transaction1', own, isActual(2));
    const first = await this.lookUp('msdyn_transactionconnection', 'msdyn_transaction1', 'msdyn_transaction2', own, isActual(1));
    return [...new Set([...own, ...second, ...first])];
  }

  private milestones(): Promise<string[]> {
    return this.keys(sql`SELECT DISTINCT "gw_milestone" AS "key" FROM "msdyn_invoicelinetransaction"
      WHERE "msdyn_invoice" = ${this.proformaId} AND "gw_milestone" IS NOT NULL`);
  }

  private async connections(): Promise<string[]> {
    const actuals = await this.actuals();
    const known = new Set(actuals);
    const found: string[] = [];
    for (const ids of chunksOf(actuals, IDS_PER_STATEMENT)) {
      const rows = await query<{ key: string; other: string }>(this.session, sql`
        SELECT "msdyn_transactionconnectionid" AS "key", "msdyn_transaction2" AS "other" FROM "msdyn_transactionconnection"
        WHERE ${inList(this.session, raw('"msdyn_transaction1"'), ids)}`);
      found.push(...rows.filter((row) => known.has(row.other)).map((row) => row.key));
    }
    return found;
  }

  private customerInvoices(): Promise<string[]> {
    return this.keys(sql`SELECT j."gw_id" AS "key" FROM "ProjInvoiceJour" j JOIN "ProjProposalJour" p ON p."gw_id" = j."gw_projproposaljour"
      WHERE p."gw_invoiceid" = ${this.proformaId}`);
  }

  private async lookUp(table: string, keyColumn: string, column: string, ids: readonly string[], condition: Sql = raw('')): Promise<string[]> {
    const found: string[] = [];
    for (const chunk of chunksOf(ids, IDS_PER_STATEMENT)) {
      found.push(...await this.keys(sql`SELECT ${name(keyColumn)} AS "key" FROM ${name(table)}
        WHERE ${inList(this.session, name(column), chunk)}${condition}`));
    }
    return found;
  }

  private async keys(statement: Sql): Promise<string[]> {
    return (await query<{ key: string }>(this.session, statement)).map((row) => row.key);
  }
}
