import { sum } from '../../kernel/decimal';
import type { DocumentFacts } from './document-facts';
import type { DocumentLayout } from './document-layout';
import type { Column, InvoiceDocument, LabelledText } from './invoice-document.model';
import { printedAmount, printedDate, printedPercent, printedQuantity } from './printed-values';

const left = (title: string, share: number): Column => ({ title, share, align: 'left' });
const right = (title: string, share: number): Column => ({ title, share, align: 'right' });

/** Lists what the customer pays, before and after sales tax, and who asks for it; the lines are drawn from elsewhere. */
export function decideInvoiceDocument(facts: DocumentFacts, layout: DocumentLayout): InvoiceDocument {
  const { currencyCode, taxes } = facts;
  const isProforma = facts.kind !== 'CustomerInvoice';
  const title = titleOf(facts);
  const amount = (value: DocumentFacts['netAmount']) => printedAmount(value, facts.currencyDecimals);
  // Where the set-up was changed since the lines were taxed, the lines are right, and the tax is shown as one figure.
  const isTaxKnownByCode = sum(taxes.map((tax) => tax.taxAmount)).eq(facts.taxAmount);
  return {
    title,
    mark: isProforma ? 'PRO FORMA' : null,
    seller: [facts.sellerName, ...(facts.sellerAddress ?? '').split('\n').filter(Boolean)],
    customer: [facts.customerName, ...facts.customerAddress],
    facts: headFacts(facts),
    runningTitle: `${title} ${facts.number}`,
    textBefore: facts.textBefore,
    columns: columnsOf(layout),
    taxes: {
      columns: [left('Sales tax', 0.4), right('Rate', 0.15), right('Net amount', 0.225), right('Tax', 0.225)],
      rows: isTaxKnownByCode
        ? taxes.map((tax) => [tax.name ?? tax.taxCode, printedPercent(tax.ratePercent), amount(tax.baseAmount), amount(tax.taxAmount)])
        : [],
    },
    totals: [
      { label: 'Net amount', text: amount(facts.netAmount) },
      { label: facts.kind === 'ProformaInvoice' ? 'Sales tax (estimate)' : 'Sales tax', text: amount(facts.taxAmount) },
      { label: `Total ${currencyCode}`, text: amount(facts.totalAmount) },
    ],
    notes: notesOf(facts),
    textAfter: facts.textAfter,
    madeOn: facts.madeOn,
  };
}

function titleOf({ kind, totalAmount }: DocumentFacts): string {
  const name = totalAmount.isNegative() ? 'credit note' : 'invoice';
  return kind === 'CustomerInvoice' ? name.replace(/^./, (letter) => letter.toUpperCase()) : `Pro forma ${name}`;
}

const NUMBER_LABELS: Readonly<Record<DocumentFacts['kind'], string>> = {
  CustomerInvoice: 'Number', InvoiceProposal: 'Invoice proposal', ProformaInvoice: 'Proforma',
};

function headFacts(facts: DocumentFacts): LabelledText[] {
  const fact = (label: string, text: string | null): LabelledText[] => (text === null || text === '' ? [] : [{ label, text }]);
  const contract = facts.contractName ? `${facts.contractNumber} ${facts.contractName}` : facts.contractNumber;
  return [
    ...fact(NUMBER_LABELS[facts.kind], facts.number),
    ...fact('Date', facts.invoiceDate && printedDate(facts.invoiceDate)),
    ...fact('Due date', facts.dueDate && printedDate(facts.dueDate)),
    ...fact('Terms of payment', facts.paymentTerms),
    ...fact('Customer account', facts.customerAccount),
    ...fact('Project contract', contract),
    ...fact('Our reference', facts.proposalNumber),
    ...fact('Credits', facts.creditedInvoices.length === 0 ? null : facts.creditedInvoices.join(', ')),
    ...fact('Currency', facts.currencyCode),
  ];
}

function columnsOf({ groupBy, showsLines }: DocumentLayout): Column[] {
  if (groupBy.length > 0 && !showsLines) {
    return [left('Description', 0.5), right('Lines', 0.09), right('Quantity', 0.12), right('Amount', 0.16), right('Sales tax', 0.13)];
  }
  return [
    right('No.', 0.07), left('Date', 0.12), left('Description', 0.37), right('Quantity', 0.1), right('Price', 0.12), right('Amount', 0.13),
    right('Tax', 0.09),
  ];
}

function notesOf({ kind, accounting, currencyCode }: DocumentFacts): string[] {
  const notes: string[] = [];
  if (kind !== 'CustomerInvoice') notes.push('This pro forma is not an invoice and does not ask for payment.');
  if (accounting) {
    notes.push(`Total in ${accounting.currencyCode}: ${printedAmount(accounting.total, accounting.decimals)}, at ${printedQuantity(accounting.exchangeRate)} `
      + `${accounting.currencyCode} for 1 ${currencyCode}.`);
  }
  return notes;
}
