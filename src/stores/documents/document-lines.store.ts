import { fromStored, moneyFromSum } from '../../entities/columns';
import { BillingType } from '../../entities/dataverse';
import { InvoiceGroupField, ProjBillingType } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { inList, join, query, raw, sql, type Session, type Sql } from '../session';

/** Records that a person can have as a document, by their names in the graph. */
export const DOCUMENT_KINDS = ['CustomerInvoice', 'InvoiceProposal', 'ProformaInvoice'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A line of a document, the same for all three kinds; amounts are in the document's currency. */
export interface DocumentLine {
  readonly date: string;
  readonly description: string | null;
  /** ProjTransType on finance's documents, TransactionClassification on a proforma. */
  readonly classification: number;
  readonly contractLineName: string | null;
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly category: string | null;
  readonly resource: string | null;
  readonly quantity: Decimal;
  readonly price: Decimal | null;
  /** What the customer pays, before tax; zero where nothing is charged. */
  readonly amount: Decimal;
  readonly tax: Decimal;
  readonly isCharged: boolean;
}

/** Lines with the same values of what a document is grouped by. */
export interface DocumentGroup {
  /** The values, in the order of the fields: of a contract line its number and name, of a project its number and name. */
  readonly values: readonly (readonly (string | null)[])[];
  readonly lineCount: number;
  /** Null when the group mixes hours, expenses and the like, whose quantities cannot be added. */
  readonly quantity: Decimal | null;
  readonly amount: Decimal;
  readonly tax: Decimal;
}

/** Where the lines of a kind of document are, in the tables' own names. */
interface LineTable {
  readonly from: Sql;
  readonly condition: Sql;
  readonly key: Sql;
  /** What the lines of a group are ordered by, before their key. */
  readonly order: readonly Sql[];
  readonly columns: Readonly<Record<keyof DocumentLine, Sql>>;
  readonly groups: Readonly<Record<InvoiceGroupField, readonly Sql[]>>;
}

type Columns = Readonly<Record<keyof DocumentLine, Sql>>;

function tableOf(from: Sql, condition: Sql, order: readonly Sql[], key: Sql, columns: Columns, contractLineNumber: Sql): LineTable {
  return {
    from, condition, key, columns, order,
    groups: {
      [InvoiceGroupField.CONTRACT_LINE]: [contractLineNumber, columns.contractLineName],
      [InvoiceGroupField.PROJECT]: [columns.projectId, columns.projectName],
      [InvoiceGroupField.CATEGORY]: [columns.category],
      [InvoiceGroupField.CLASSIFICATION]: [columns.classification],
      [InvoiceGroupField.RESOURCE]: [columns.resource],
    },
  };
}

/** Lines of finance: `l` is the line itself, `p` the proposal line that knows who worked and for which contract line. */
function financeTable(lines: Sql, condition: Sql, proposalLine: 'l' | 'p'): LineTable {
  const p = raw(proposalLine);
  const from = sql`${lines}
    LEFT JOIN "Projects" j ON j."dataAreaId" = l."dataAreaId" AND j."ProjectId" = l."ProjId"
    LEFT JOIN "salesorderdetail" d ON d."salesorderdetailid" = ${p}."PSAContractLineNum"`;
  return tableOf(from, condition, [raw('l."LineNumber"')], raw('l."gw_id"'), {
    date: raw('l."ProjTransDate"'),
    description: raw('l."Txt"'),
    classification: raw('l."TransType"'),
    contractLineName: raw('d."salesorderdetailname"'),
    projectId: raw('l."ProjId"'),
    projectName: raw('j."ProjectName"'),
    category: raw('l."CategoryId"'),
    resource: sql`${p}."BookableResourceName"`,
    quantity: raw('l."Qty"'),
    price: raw('l."SalesPrice"'),
    amount: raw('l."LineAmount"'),
    tax: raw('l."TaxAmount"'),
    isCharged: sql`CASE WHEN ${p}."gw_billingtype" = ${raw(String(ProjBillingType.CHARGEABLE))} OR l."LineAmount" <> 0 THEN 1 ELSE 0 END`,
  }, raw('d."lineitemnumber"'));
}

const CHARGEABLE = raw(`l."msdyn_billingtype" = ${BillingType.CHARGEABLE}`);

/** A correction is asked for with the difference to what was billed before (`b`); its price is shown where that did not change. */
function proformaTable(id: string): LineTable {
  const from = raw(`"msdyn_invoicelinetransaction" l
    LEFT JOIN "salesorderdetail" d ON d."salesorderdetailid" = l."msdyn_salescontractlineid"
    LEFT JOIN "msdyn_project" j ON j."msdyn_projectid" = l."msdyn_project"
    LEFT JOIN "msdyn_transactioncategory" c ON c."msdyn_transactioncategoryid" = l."msdyn_transactioncategory"
    LEFT JOIN "bookableresource" r ON r."bookableresourceid" = l."msdyn_bookableresource"
    LEFT JOIN "msdyn_actual" b ON b."msdyn_actualid" = l."gw_originalbilledactual"`);
  const order = [raw('d."lineitemnumber"'), raw('l."gw_transactiondate"')];
  return tableOf(from, sql`l."msdyn_invoice" = ${id}`, order, raw('l."msdyn_invoicelinetransactionid"'), {
    date: raw('l."gw_transactiondate"'),
    description: raw('coalesce(l."msdyn_externaldescription", l."msdyn_description")'),
    classification: raw('l."msdyn_transactionclassification"'),
    contractLineName: raw('d."salesorderdetailname"'),
    projectId: raw('j."msdynce_projectnumber"'),
    projectName: raw('j."msdyn_subject"'),
    category: raw('c."msdyn_name"'),
    resource: raw('r."name"'),
    quantity: raw('l."msdyn_quantity" - coalesce(b."msdyn_quantity", 0)'),
    price: raw('CASE WHEN b."msdyn_price" IS NULL OR b."msdyn_price" = l."msdyn_price" THEN l."msdyn_price" END'),
    amount: sql`CASE WHEN ${CHARGEABLE} THEN l."msdyn_amount" - l."msdyn_previousamount" ELSE 0 END`,
    tax: sql`CASE WHEN ${CHARGEABLE} THEN l."msdyn_tax" - l."gw_previoustax" ELSE 0 END`,
    isCharged: sql`CASE WHEN ${CHARGEABLE} THEN 1 ELSE 0 END`,
  }, raw('d."lineitemnumber"'));
}

function lineTableOf(kind: DocumentKind, id: string): LineTable {
  switch (kind) {
    case 'CustomerInvoice':
      return financeTable(
        raw('"gw_ProjInvoiceTrans" l JOIN "gw_ProjProposalTrans" p ON p."gw_id" = l."gw_projproposaltrans"'),
        sql`l."gw_projinvoicejour" = ${id}`, 'p',
      );
    case 'InvoiceProposal':
      return financeTable(raw('"gw_ProjProposalTrans" l'), sql`l."gw_projproposaljour" = ${id}`, 'l');
    case 'ProformaInvoice':
      return proformaTable(id);
  }
}

const NULLS_FIRST = (part: Sql): Sql => sql`${part} NULLS FIRST`;

function groupParts(table: LineTable, groupBy: readonly InvoiceGroupField[]): Sql[] {
  return groupBy.flatMap((field) => [...table.groups[field]]);
}

/** Keys that are held at a time: a page costs a look at all lines of the document, and ten thousand keys a megabyte or two. */
const KEYS_ROWS = 10_000;

/** Keys of a document's lines in the order in which they are printed, page by page: group by group, then in line order. */
export async function* documentLineKeys(
  session: Session, kind: DocumentKind, id: string, groupBy: readonly InvoiceGroupField[], pageRows = KEYS_ROWS,
): AsyncGenerator<string[]> {
  const table = lineTableOf(kind, id);
  const parts = [...groupParts(table, groupBy), ...table.order, table.key];
  const named = join(parts.map((part, index) => sql`${part} AS ${raw(`"part${index}"`)}`), ', ');
  const order = join(parts.map(NULLS_FIRST), ', ');
  for (let last: Record<string, unknown> | undefined; ;) {
    const behind = last ? sql` AND ${isBehind(parts, partsOf(parts, last))}` : raw('');
    const rows: Record<string, unknown>[] = await query(session, sql`SELECT ${named} FROM ${table.from}
      WHERE ${table.condition}${behind} ORDER BY ${order} LIMIT ${pageRows}`);
    if (rows.length > 0) yield rows.map((row) => String(row[`part${parts.length - 1}`]));
    if (rows.length < pageRows) return;
    last = rows.at(-1);
  }
}

function partsOf(parts: readonly Sql[], row: Record<string, unknown>): unknown[] {
  return parts.map((_part, index) => row[`part${index}`]);
}

/** Whether a row comes after the one with these values, in an order by the parts in which nulls come first. */
function isBehind(parts: readonly Sql[], values: readonly unknown[]): Sql {
  const isSame = (index: number) => (values[index] === null ? sql`${parts[index]} IS NULL` : sql`${parts[index]} = ${values[index]}`);
  const isGreater = (index: number) => (values[index] === null ? sql`${parts[index]} IS NOT NULL` : sql`${parts[index]} > ${values[index]}`);
  const cases = parts.map((_part, index) => join([...parts.slice(0, index).map((_before, before) => isSame(before)), isGreater(index)], ' AND '));
  return sql`((${join(cases, ') OR (')}))`;
}

const KINDS_OF_COLUMNS = {
  date: 'date', description: 'text', classification: 'optionSet', contractLineName: 'text', projectId: 'text', projectName: 'text',
  category: 'text', resource: 'text', quantity: 'quantity', price: 'money', amount: 'money', tax: 'money', isCharged: 'boolean',
} as const satisfies Record<keyof DocumentLine, string>;

/** The lines with these keys, in the keys' order; those that are gone by now are left out. */
export async function documentLinesByKey(session: Session, kind: DocumentKind, id: string, keys: readonly string[]): Promise<DocumentLine[]> {
  const table = lineTableOf(kind, id);
  const list = join(Object.entries(table.columns).map(([property, column]) => sql`${column} AS ${raw(`"${property}"`)}`), ', ');
  const rows = await query<Record<string, unknown>>(session, sql`SELECT ${table.key} AS "key", ${list} FROM ${table.from}
    WHERE ${inList(session, table.key, keys)}`);
  const byKey = new Map(rows.map((row) => [String(row.key), lineOf(row)]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

function lineOf(row: Record<string, unknown>): DocumentLine {
  const values = Object.entries(KINDS_OF_COLUMNS).map(([property, kind]) => {
    const value = kind === 'boolean' ? Number(row[property]) === 1 : fromStored({ kind }, row[property]);
    return [property, value];
  });
  return Object.fromEntries(values) as DocumentLine;
}

/** The groups of a document's lines with their sums, in the order in which they are printed. */
export async function documentGroups(
  session: Session, kind: DocumentKind, id: string, groupBy: readonly InvoiceGroupField[],
): Promise<DocumentGroup[]> {
  const table = lineTableOf(kind, id);
  const { classification, quantity, amount, tax } = table.columns;
  const parts = groupParts(table, groupBy);
  const named = join(parts.map((part, index) => sql`${part} AS ${raw(`"part${index}"`)}`), ', ');
  // Sums come as text: they may be larger than a number holds exactly.
  const rows = await query<Record<string, unknown>>(session, sql`SELECT ${named}, count(*) AS "lines",
      min(${classification}) AS "smallest", max(${classification}) AS "largest", CAST(sum(${quantity}) AS text) AS "quantity",
      CAST(sum(${amount}) AS text) AS "amount", CAST(sum(${tax}) AS text) AS "tax"
    FROM ${table.from} WHERE ${table.condition}
    GROUP BY ${join(parts, ', ')} ORDER BY ${join(parts.map(NULLS_FIRST), ', ')}`);
  return rows.map((row) => ({
    values: valuesOf(table, groupBy, row),
    lineCount: Number(row.lines),
    quantity: Number(row.smallest) === Number(row.largest) ? (fromStored({ kind: 'quantity' }, row.quantity) as Decimal) : null,
    amount: moneyFromSum(row.amount),
    tax: moneyFromSum(row.tax),
  }));
}

function valuesOf(table: LineTable, groupBy: readonly InvoiceGroupField[], row: Record<string, unknown>): (string | null)[][] {
  let index = 0;
  return groupBy.map((field) => table.groups[field].map(() => {
    const value = row[`part${index++}`];
    return value === null || value === undefined ? null : String(value);
  }));
}
