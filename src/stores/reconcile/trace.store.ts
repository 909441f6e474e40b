import { moneyFromSum, type EntityClass } from '../../entities/columns';
import {
  Actual, Milestone, ProformaInvoiceLineDetail, RECORD_TYPES, Retainer, TimeEntry, TransactionConnection, TransactionCurrency, TransactionOrigin, TransactionType,
} from '../../entities/dataverse';
import { CustomerInvoiceLine, IntegrationJournalLine, InvoiceProposalLine, ProjectPosting, StagedActual } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { selectRows } from '../bulk';
import { inList, query, raw, sql, type Session, type Sql } from '../session';

/** Actuals that one trace follows at the most. */
export const TRACED_ACTUALS_MAX = 300;
/** Connections that are followed one behind the other: a chain of corrections is two for each. */
const CONNECTION_STEPS_MAX = 40;

/** How the actuals of a record are found, by the type of the record. */
const SEEDS: Readonly<Record<string, (key: string) => Sql>> = {
  TimeEntry: (key) => sql`SELECT "msdyn_transaction" AS "id" FROM "msdyn_transactionorigin" WHERE "msdyn_origin" = ${key} AND "msdyn_transactiontype" = ${RECORD_TYPES.actual}`,
  Actual: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "msdyn_actualid" = ${key}`,
  TransactionConnection: (key) => sql`SELECT "msdyn_transaction1" AS "id" FROM "msdyn_transactionconnection" WHERE "msdyn_transactionconnectionid" = ${key}`,
  Milestone: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_milestone" = ${key}`,
  Retainer: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_retainer" = ${key}`,
  ProformaInvoice: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "msdyn_invoice" = ${key} AND "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
    UNION SELECT "gw_unbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoice" = ${key} AND "gw_unbilledactual" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "msdyn_actual" b WHERE b."gw_invoicelinetransaction" = "msdyn_invoicelinetransactionid")
    UNION SELECT "gw_originalbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoice" = ${key} AND "gw_originalbilledactual" IS NOT NULL`,
  ProformaInvoiceLineDetail: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_invoicelinetransaction" = ${key}
    UNION SELECT "gw_unbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoicelinetransactionid" = ${key} AND "gw_unbilledactual" IS NOT NULL
    UNION SELECT "gw_originalbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoicelinetransactionid" = ${key} AND "gw_originalbilledactual" IS NOT NULL`,
  StagedActual: (key) => sql`SELECT "ActualId" AS "id" FROM "ProjCDSActualsImport" WHERE "gw_id" = ${key}`,
  IntegrationJournalLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjAdvancedJournalLine" WHERE "gw_id" = ${key}`,
  InvoiceProposalLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjProposalTrans" WHERE "gw_id" = ${key}`,
  CustomerInvoiceLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjInvoiceTrans" WHERE "gw_id" = ${key}`,
  InvoiceProposal: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjProposalTrans" WHERE "gw_projproposaljour" = ${key}`,
  CustomerInvoice: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjInvoiceTrans" WHERE "gw_projinvoicejour" = ${key}`,
  Voucher: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjTransPosting" WHERE "gw_generaljournalentry" = ${key}`,
  ProjectPosting: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjTransPosting" WHERE "gw_id" = ${key}`,
};

/** The types of records that can be traced. */
export const TRACEABLE_TYPES = Object.keys(SEEDS);

/** The actuals of a record behind `after`, in key order, and how many there are in all. */
export async function readSeeds(session: Session, type: string, key: string, after: string, limit: number): Promise<{ ids: string[]; total: number }> {
  const seeds = SEEDS[type]!(key);
  const rows = await query<{ id: string }>(session, sql`SELECT DISTINCT "id" FROM (${seeds}) AS seeds WHERE "id" > ${after} ORDER BY "id" LIMIT ${limit}`);
  const [counted] = await query<{ total: string | number }>(session, sql`SELECT COUNT(DISTINCT "id") AS "total" FROM (${seeds}) AS seeds`);
  return { ids: rows.map((row) => row.id), total: Number(counted!.total) };
}

/** What the actuals of a record behind one of them add up to, by type and currency. */
export interface LaterSum {
  readonly transactionType: TransactionType;
  readonly currencyCode: string;
  readonly count: number;
  readonly amount: Decimal;
}

export async function readLaterSums(session: Session, type: string, key: string, after: string): Promise<LaterSum[]> {
  const rows = await query<{ type: string | number; currency: string; count: string | number; amount: string }>(session, sql`
    SELECT a."msdyn_transactiontypecode" AS "type", c."isocurrencycode" AS "currency", COUNT(*) AS "count", CAST(SUM(a."msdyn_amount") AS TEXT) AS "amount"
    FROM "msdyn_actual" a JOIN "transactioncurrency" c ON c."transactioncurrencyid" = a."transactioncurrencyid"
    WHERE a."msdyn_actualid" IN (SELECT "id" FROM (${SEEDS[type]!(key)}) AS seeds WHERE "id" > ${after}) GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows.map((row) => ({ transactionType: Number(row.type), currencyCode: row.currency, count: Number(row.count), amount: moneyFromSum(row.amount) }));
}

/** Everything that is known of some actuals and of those that they are connected with. */
export interface TraceFacts {
  readonly actuals: readonly Actual[];
  readonly connections: readonly TransactionConnection[];
  readonly origins: readonly TransactionOrigin[];
  readonly timeEntries: readonly TimeEntry[];
  readonly details: readonly ProformaInvoiceLineDetail[];
  readonly milestones: readonly Milestone[];
  readonly retainers: readonly Retainer[];
  readonly staged: readonly StagedActual[];
  readonly journalLines: readonly IntegrationJournalLine[];
  readonly proposalLines: readonly InvoiceProposalLine[];
  readonly invoiceLines: readonly CustomerInvoiceLine[];
  readonly postings: readonly ProjectPosting[];
  readonly currencyCodes: ReadonlyMap<string, string>;
  /** False when the actuals are connected with more than a trace follows. */
  readonly isComplete: boolean;
}

/** The actuals that some are connected with, over any number of steps, within the limit: a statement per step. */
async function connectedWith(session: Session, seeds: readonly string[]): Promise<{ ids: string[]; connections: TransactionConnection[]; isComplete: boolean }> {
  const known = new Set(seeds);
  const connections = new Map<string, TransactionConnection>();
  let edge = [...seeds];
  let isComplete = true;
  for (let step = 0; edge.length > 0 && step < CONNECTION_STEPS_MAX; step += 1) {
    const found = await selectRows(session, TransactionConnection, sql`WHERE t."msdyn_transaction1type" = ${RECORD_TYPES.actual}
      AND t."msdyn_transaction2type" = ${RECORD_TYPES.actual}
      AND (${inList(session, raw('t."msdyn_transaction1"'), edge)} OR ${inList(session, raw('t."msdyn_transaction2"'), edge)})
      ORDER BY t."msdyn_transactionconnectionid" LIMIT ${TRACED_ACTUALS_MAX * 2}`);
    edge = [];
    for (const connection of found) {
      connections.set(connection.id, connection);
      for (const id of [connection.transaction1Id, connection.transaction2Id]) {
        if (known.has(id)) continue;
        if (known.size >= TRACED_ACTUALS_MAX) isComplete = false;
        else { known.add(id); edge.push(id); }
      }
    }
  }
  return { ids: [...known], connections: [...connections.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), isComplete: isComplete && edge.length === 0 };
}

/** Reads the whole life of some actuals: the number of statements follows the length of the chains and never their number. */
export async function readTraceFacts(session: Session, seeds: readonly string[]): Promise<TraceFacts> {
  const { ids, connections, isComplete } = await connectedWith(session, seeds);
  const read = <Row>(entity: EntityClass<Row>, column: string, keys: readonly string[], order: string): Promise<Row[]> =>
    selectRows(session, entity, sql`WHERE ${inList(session, raw(`t."${column}"`), keys)} ORDER BY ${raw(`t."${order}"`)}`);
  const actuals = await read(Actual, 'msdyn_actualid', ids, 'msdyn_actualid');
  const origins = await read(TransactionOrigin, 'msdyn_transaction', ids, 'msdyn_transactionoriginid');
  const billed = await read(ProformaInvoiceLineDetail, 'msdyn_invoicelinetransactionid', actuals.flatMap((actual) => actual.lineDetailId ?? []), 'msdyn_invoicelinetransactionid');
  const billing = await read(ProformaInvoiceLineDetail, 'gw_unbilledactual', ids, 'msdyn_invoicelinetransactionid');
  const correcting = await read(ProformaInvoiceLineDetail, 'gw_originalbilledactual', ids, 'msdyn_invoicelinetransactionid');
  const details = [...new Map([...billed, ...billing, ...correcting].map((detail) => [detail.id, detail])).values()];
  const journalLines = await read(IntegrationJournalLine, 'gw_actualid', ids, 'gw_id');
  const invoiceLines = await read(CustomerInvoiceLine, 'gw_actualid', ids, 'gw_id');
  return {
    actuals, connections, origins, isComplete,
    timeEntries: await read(TimeEntry, 'msdyn_timeentryid', origins.filter((origin) => origin.originType === RECORD_TYPES.timeEntry).map((origin) => origin.originId), 'msdyn_timeentryid'),
    details,
    milestones: await read(Milestone, 'msdyn_contractlinescheduleofvalueid', [...new Set(details.flatMap((detail) => detail.milestoneId ?? []))], 'msdyn_contractlinescheduleofvalueid'),
    retainers: await read(Retainer, 'gw_retainerid', [...new Set(details.flatMap((detail) => detail.retainerId ?? []))], 'gw_retainerid'),
    staged: await read(StagedActual, 'ActualId', ids, 'gw_id'),
    journalLines,
    proposalLines: await read(InvoiceProposalLine, 'gw_actualid', ids, 'gw_id'),
    invoiceLines,
    postings: [
      ...await read(ProjectPosting, 'gw_projadvancedjournalline', journalLines.map((line) => line.id), 'gw_id'),
      ...await read(ProjectPosting, 'gw_projinvoicetrans', invoiceLines.map((line) => line.id), 'gw_id'),
    ],
    currencyCodes: new Map((await read(TransactionCurrency, 'transactioncurrencyid', [...new Set(actuals.map((actual) => actual.currencyId))], 'transactioncurrencyid'))
      .map((currency) => [currency.id, currency.code])),
  };
}
