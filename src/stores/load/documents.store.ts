import { inList, query, raw, sql, type UnitOfWork } from '../session';

/** What a row can be a part of: a proforma itself, or a line of one. */
export type DocumentPart = 'invoice' | 'invoicedetail';

/** Which of the ids name a proforma, or a line of one, that was there before the load with the change set. */
export async function earlierDocuments(work: UnitOfWork, part: DocumentPart, ids: readonly string[], changeSetId: string): Promise<Set<string>> {
  const id = raw(part === 'invoice' ? 'i."invoiceid"' : 'l."invoicedetailid"');
  const from = raw(part === 'invoice' ? '"invoice" i' : '"invoicedetail" l JOIN "invoice" i ON i."invoiceid" = l."invoiceid"');
  const rows = await query<{ id: string }>(work, sql`SELECT ${id} AS id FROM ${from}
    WHERE ${inList(work, id, ids)} AND (i."gw_changesetid" IS NULL OR i."gw_changesetid" <> ${changeSetId})`);
  return new Set(rows.map((row) => row.id));
}
