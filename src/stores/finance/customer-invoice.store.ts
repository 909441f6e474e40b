import { CustomerInvoice, CustomerInvoiceLine, CustomerTransaction, TaxTransaction } from '../../entities/finance';
import { insertRows, updateRows } from '../bulk';
import type { UnitOfWork } from '../session';

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
