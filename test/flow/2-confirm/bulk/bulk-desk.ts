import { query, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import type { World } from '../../../support/builders';
import type { TestGateway } from '../../../support/engines';
import { ERRORS, type AnsweredError } from '../../../support/process';

/** What a bulk confirmation answers about one proforma. */
export interface AnsweredItem {
  readonly position: number;
  readonly status: string;
  readonly proformaInvoiceNumber: string | null;
  readonly proformaInvoice: { readonly id: string; readonly status: string; readonly bulkConfirmationStatus: string | null } | null;
  readonly errors: readonly AnsweredError[];
}

export interface AnsweredTotals {
  readonly total: number;
  readonly scheduled: number;
  readonly processing: number;
  readonly complete: number;
  readonly failed: number;
}

export interface AnsweredBulkRun {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly message: string | null;
  readonly bulkConfirmationTotals: AnsweredTotals | null;
  readonly errors: readonly AnsweredError[];
}

const ITEM = `position status proformaInvoiceNumber proformaInvoice { id status bulkConfirmationStatus } ${ERRORS}`;
const RUN = `id kind status message bulkConfirmationTotals { total scheduled processing complete failed } ${ERRORS}`;

export const CONFIRM_IN_BULK = `mutation ($input: ConfirmProformaInvoicesInput!) {
  confirmProformaInvoices(input: $input) { run { ${RUN} } results { ${ITEM} } ${ERRORS} }
}`;

export interface BulkAnswer {
  readonly run: AnsweredBulkRun | null;
  readonly results: readonly AnsweredItem[];
  readonly errors: readonly AnsweredError[];
}

export async function confirmInBulk(gateway: TestGateway, input: object): Promise<BulkAnswer> {
  return (await ask(gateway, CONFIRM_IN_BULK, { input })).confirmProformaInvoices;
}

export const RUN_QUERY = `query ($id: ID!) { run(id: $id) { ${RUN} bulkConfirmationItems { nodes { ${ITEM} } } } }`;

/** A run as whoever did not wait reads it. */
export async function readBulkRun(gateway: TestGateway, id: string): Promise<AnsweredBulkRun & { bulkConfirmationItems: { nodes: AnsweredItem[] } }> {
  return (await ask(gateway, RUN_QUERY, { id })).run;
}

/** Drafts of one contract, each with its own transactions. Their ids. */
export async function draftsOf(world: World, count: number, details = 2): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await world.unbilledMany(details);
    ids.push(await world.proforma());
  }
  return ids;
}

/** How many billed actuals each of these proformas has: by the database, not by what the run says. */
export async function billedCounts({ database }: { readonly database: Pick<TestGateway['database'], 'reader'> }, contractId: string): Promise<number[]> {
  const rows = await query<{ billed: number | string }>(database.reader, sql`SELECT COUNT(a."msdyn_actualid") AS "billed" FROM "invoice" i
    LEFT JOIN "msdyn_actual" a ON a."msdyn_invoice" = i."invoiceid" AND a."msdyn_transactiontypecode" = 192350006
    WHERE i."salesorderid" = ${contractId} GROUP BY i."invoiceid" ORDER BY i."invoiceid"`);
  return rows.map((row) => Number(row.billed));
}
