import type { EntityClass } from '../../entities/columns';
import {
  Actual, Milestone, ProformaInvoice, ProformaInvoiceLineDetail, RECORD_TYPES, Retainer, TimeEntry, TransactionConnection, TransactionCurrency, TransactionOrigin,
} from '../../entities/dataverse';
import {
  CustomerInvoice, CustomerInvoiceLine, IntegrationJournal, IntegrationJournalLine, InvoiceProposalLine, OnAccountTransaction, ProjectPosting, StagedActual, StagedMilestone,
} from '../../entities/finance';
import { selectRows } from '../bulk';
import { inList, query, raw, sql, type Session } from '../session';
import { accountingCurrenciesOf } from './stage-sums.store';
import { TRACED_DETAILS_MAX, type TraceBeginnings } from './trace-seeds.store';

/** Actuals that one trace follows at the most. */
export const TRACED_ACTUALS_MAX = 300;
/** Connections that are followed one behind the other: a chain of corrections is two for each. */
const CONNECTION_STEPS_MAX = 40;

/** Everything that is known of some actuals and of those that they are connected with. */
export interface TraceFacts {
  readonly actuals: readonly Actual[];
  readonly connections: readonly TransactionConnection[];
  readonly origins: readonly TransactionOrigin[];
  readonly timeEntries: readonly TimeEntry[];
  readonly details: readonly ProformaInvoiceLineDetail[];
  readonly milestones: readonly Milestone[];
  readonly retainers: readonly Retainer[];
  readonly stagedMilestones: readonly StagedMilestone[];
  readonly onAccount: readonly OnAccountTransaction[];
  /** The proformas of the details, the journals of the journal lines and the invoices of the invoice lines, by id. */
  readonly proformas: ReadonlyMap<string, ProformaInvoice>;
  readonly journals: ReadonlyMap<string, IntegrationJournal>;
  readonly invoices: ReadonlyMap<string, CustomerInvoice>;
  readonly staged: readonly StagedActual[];
  readonly journalLines: readonly IntegrationJournalLine[];
  readonly proposalLines: readonly InvoiceProposalLine[];
  readonly invoiceLines: readonly CustomerInvoiceLine[];
  readonly postings: readonly ProjectPosting[];
  /** Transaction currencies by id. */
  readonly currencyCodes: ReadonlyMap<string, string>;
  /** Accounting currencies by legal entity, and the legal entity of each contract. */
  readonly accountingCurrencyCodes: ReadonlyMap<string, string>;
  readonly legalEntityIds: ReadonlyMap<string, string>;
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

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> => new Map(rows.map((row) => [row.id, row]));
const distinct = (keys: readonly (string | null)[]): string[] => [...new Set(keys)].filter((key) => key !== null);

/** Details of milestones and retainers that have no actual yet: those of drafts. */
async function detailsOnDrafts(session: Session, column: 'gw_milestone' | 'gw_retainer', keys: readonly string[]): Promise<ProformaInvoiceLineDetail[]> {
  return selectRows(session, ProformaInvoiceLineDetail, sql`WHERE ${inList(session, raw(`t."${column}"`), keys)}
    AND NOT EXISTS (SELECT 1 FROM "msdyn_actual" b WHERE b."gw_invoicelinetransaction" = t."msdyn_invoicelinetransactionid")
    ORDER BY t."msdyn_invoicelinetransactionid" LIMIT ${TRACED_DETAILS_MAX}`);
}

/** The legal entity of each of these contracts. */
async function legalEntitiesOf(session: Session, contractIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; entity: string }>(session, sql`SELECT o."salesorderid" AS "id", y."cdm_companycode" AS "entity"
    FROM "salesorder" o JOIN "cdm_company" y ON y."cdm_companyid" = o."msdyn_company" WHERE ${inList(session, raw('o."salesorderid"'), contractIds)}`);
  return new Map(rows.map(({ id, entity }) => [id, entity]));
}

/** Reads the whole life of some actuals, and what begins it: the number of statements follows the length of the chains and never their number. */
export async function readTraceFacts(session: Session, seeds: readonly string[], beginnings: TraceBeginnings): Promise<TraceFacts> {
  const { ids, connections, isComplete } = await connectedWith(session, seeds);
  const read = <Row>(entity: EntityClass<Row>, column: string, keys: readonly string[], order: string): Promise<Row[]> =>
    selectRows(session, entity, sql`WHERE ${inList(session, raw(`t."${column}"`), keys)} ORDER BY ${raw(`t."${order}"`)}`);
  const detailsBy = (column: string, keys: readonly string[]) => read(ProformaInvoiceLineDetail, column, keys, 'msdyn_invoicelinetransactionid');

  const actuals = await read(Actual, 'msdyn_actualid', ids, 'msdyn_actualid');
  const origins = await read(TransactionOrigin, 'msdyn_transaction', ids, 'msdyn_transactionoriginid');
  const named = await detailsBy('msdyn_invoicelinetransactionid', distinct([...beginnings.detailIds, ...actuals.map((actual) => actual.lineDetailId)]));
  const milestoneIds = distinct([...beginnings.milestoneIds, ...named.map((detail) => detail.milestoneId)]);
  const retainerIds = distinct([...beginnings.retainerIds, ...named.map((detail) => detail.retainerId)]);
  const details = [...byId([
    ...named, ...await detailsBy('gw_unbilledactual', ids), ...await detailsBy('gw_originalbilledactual', ids),
    ...await detailsOnDrafts(session, 'gw_milestone', milestoneIds), ...await detailsOnDrafts(session, 'gw_retainer', retainerIds),
  ]).values()];
  const milestones = await read(Milestone, 'msdyn_contractlinescheduleofvalueid', milestoneIds, 'msdyn_contractlinescheduleofvalueid');
  const retainers = await read(Retainer, 'gw_retainerid', retainerIds, 'gw_retainerid');
  const entryIds = origins.filter((origin) => origin.originType === RECORD_TYPES.timeEntry).map((origin) => origin.originId);
  const journalLines = await read(IntegrationJournalLine, 'gw_actualid', ids, 'gw_id');
  const invoiceLines = await read(CustomerInvoiceLine, 'gw_actualid', ids, 'gw_id');
  const legalEntityIds = await legalEntitiesOf(session, distinct(actuals.map((actual) => actual.contractId)));
  const currencyIds = distinct([...actuals, ...details, ...milestones, ...retainers].map(({ currencyId }) => currencyId));
  return {
    actuals, connections, origins, details, milestones, retainers, journalLines, invoiceLines, legalEntityIds,
    isComplete: isComplete && beginnings.isComplete,
    timeEntries: await read(TimeEntry, 'msdyn_timeentryid', distinct([...beginnings.timeEntryIds, ...entryIds]), 'msdyn_timeentryid'),
    stagedMilestones: await read(StagedMilestone, 'TransactionId', milestoneIds, 'gw_id'),
    onAccount: await read(OnAccountTransaction, 'gw_milestoneid', milestoneIds, 'gw_id'),
    proformas: byId(await read(ProformaInvoice, 'invoiceid', distinct(details.map((detail) => detail.proformaInvoiceId)), 'invoiceid')),
    journals: byId(await read(IntegrationJournal, 'gw_id', distinct(journalLines.map((line) => line.journalId)), 'gw_id')),
    invoices: byId(await read(CustomerInvoice, 'gw_id', distinct(invoiceLines.map((line) => line.customerInvoiceId)), 'gw_id')),
    staged: await read(StagedActual, 'ActualId', ids, 'gw_id'),
    proposalLines: await read(InvoiceProposalLine, 'gw_actualid', ids, 'gw_id'),
    postings: [
      ...await read(ProjectPosting, 'gw_projadvancedjournalline', journalLines.map((line) => line.id), 'gw_id'),
      ...await read(ProjectPosting, 'gw_projinvoicetrans', invoiceLines.map((line) => line.id), 'gw_id'),
    ],
    currencyCodes: new Map((await read(TransactionCurrency, 'transactioncurrencyid', currencyIds, 'transactioncurrencyid')).map((currency) => [currency.id, currency.code])),
    accountingCurrencyCodes: await accountingCurrenciesOf(session, distinct([...legalEntityIds.values(), ...journalLines.map((line) => line.legalEntityId)])),
  };
}
