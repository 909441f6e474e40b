import { CustomerInvoice, CustomerInvoiceLine, CustomerTransaction, InvoiceCredit, TaxTransaction } from '../../entities/finance';
import { insertRows, updateRows } from '../bulk';
import { inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** Opens a customer invoice, so that its lines have a header; the totals follow when the lines are known. */
export async function insertCustomerInvoice(work: UnitOfWork, invoice: Partial<CustomerInvoice>): Promise<void> {
  await insertRows(work, CustomerInvoice, [invoice]);
}

export async function insertCustomerInvoiceLines(
  work: UnitOfWork,
  lines: readonly Partial<CustomerInvoiceLine>[],
  taxes: readonly Partial<TaxTransaction>[],
): Promise<void> {
  await insertRows(work, CustomerInvoiceLine, lines);
  await insertRows(work, TaxTransaction, taxes);
}

/** The customer invoice that each of the given invoice lines is on. */
export async function invoicesOfLines(session: Session, invoiceLineIds: readonly string[]): Promise<Map<string, string>> {
  if (invoiceLineIds.length === 0) return new Map();
  const rows = await query<{ line: string; invoice: string }>(
    session,
    sql`SELECT t."gw_id" AS "line", t."gw_projinvoicejour" AS "invoice" FROM "gw_ProjInvoiceTrans" t
    WHERE ${inList(session, raw('t."gw_id"'), invoiceLineIds)}`,
  );
  return new Map(rows.map((row) => [row.line, row.invoice]));
}

/** Stores which earlier invoices a customer invoice credits, and what of each. */
export async function insertInvoiceCredits(work: UnitOfWork, credits: readonly Partial<InvoiceCredit>[]): Promise<void> {
  await insertRows(work, InvoiceCredit, credits);
}

type InvoiceTotalColumns = Pick<CustomerInvoice, 'id' | 'netAmount' | 'taxAmount' | 'invoiceAmount' | 'accountingInvoiceAmount'>;

/** Completes a customer invoice with its totals and enters what the customer owes in the customer subledger. */
export async function completeCustomerInvoice(
  work: UnitOfWork,
  totals: InvoiceTotalColumns,
  customerTransaction: Partial<CustomerTransaction>,
): Promise<void> {
  await updateRows(work, CustomerInvoice, [totals]);
  await insertRows(work, CustomerTransaction, [customerTransaction]);
}
