import { fromStored, tableOf } from '../../entities/columns';
import { Actual, BillingType, ProformaInvoiceLineDetail } from '../../entities/dataverse';
import { Decimal } from '../../kernel/decimal';
import { inList, join, name, query, raw, sql, type Session } from '../session';

/** Edited details that one proforma lists; the details themselves say how many there are in all. */
export const EDITED_DETAILS_MAX = 500;

/** What an edit can make differ from the unbilled actual. */
const COMPARED = ['quantity', 'price', 'amount', 'tax', 'billingType', 'description', 'externalDescription'] as const;

export interface EditedField {
  readonly field: string;
  readonly original: string | null;
  readonly value: string | null;
}

export interface EditedDetail {
  readonly detailId: string;
  readonly changes: readonly EditedField[];
}

/** The details of each proforma that say something else than their unbilled actuals, in one statement for all of them. */
export async function editedDetailsOf(session: Session, proformaIds: readonly string[]): Promise<Map<string, EditedDetail[]>> {
  const [details, actuals] = [tableOf(ProformaInvoiceLineDetail), tableOf(Actual)];
  const columns = COMPARED.map((field) => ({ field, detail: details.property(field), actual: actuals.property(field) }));
  const list = join(columns.flatMap(({ field, detail, actual }) => [
    sql`d.${name(detail.column)} AS ${name(`new ${field}`)}`, sql`a.${name(actual.column)} AS ${name(`old ${field}`)}`,
  ]), ', ');
  const differs = join(columns.map(({ detail, actual }) => sql`d.${name(detail.column)} IS DISTINCT FROM a.${name(actual.column)}`), ' OR ');
  const rows = await query<Record<string, unknown> & { proforma: string; detailId: string }>(session, sql`SELECT * FROM (
      SELECT d."msdyn_invoice" AS "proforma", d."msdyn_invoicelinetransactionid" AS "detailId", ${list},
        ROW_NUMBER() OVER (PARTITION BY d."msdyn_invoice" ORDER BY d."msdyn_invoicelinetransactionid") AS "place"
      FROM "msdyn_invoicelinetransaction" d JOIN "msdyn_actual" a ON a."msdyn_actualid" = d."gw_unbilledactual"
      WHERE ${inList(session, raw('d."msdyn_invoice"'), proformaIds)} AND (${differs})
    ) AS edited WHERE "place" <= ${EDITED_DETAILS_MAX} ORDER BY "proforma", "place"`);
  const found = new Map<string, EditedDetail[]>();
  for (const row of rows) {
    const changes = columns.flatMap(({ field, detail, actual }) => {
      const [value, original] = [textOf(detail, row[`new ${field}`]), textOf(actual, row[`old ${field}`])];
      return value === original ? [] : [{ field, original, value }];
    });
    found.set(row.proforma, [...(found.get(row.proforma) ?? []), { detailId: row.detailId, changes }]);
  }
  return found;
}

function textOf(column: Parameters<typeof fromStored>[0], stored: unknown): string | null {
  const value = fromStored(column, stored);
  if (value === null) return null;
  if (value instanceof Decimal) return value.toFixed();
  return column.kind === 'optionSet' ? BillingType[value as BillingType] : String(value);
}
