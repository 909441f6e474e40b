import { InvoiceFormat, InvoiceGroupField, ProjTransType, type ManagedInvoiceFormat } from '../../entities/finance';
import { TransactionClassification } from '../../entities/dataverse';
import { groupFieldsOf } from '../managed-format.rules';
import type { DocumentKind } from '../../stores/documents/document-lines.store';

/** What the table of lines shows. */
export interface DocumentLayout {
  /** The outermost first; empty shows the lines one after the other. */
  readonly groupBy: readonly InvoiceGroupField[];
  readonly showsLines: boolean;
}

type ManagedFormat = Pick<ManagedInvoiceFormat, 'groupBy' | 'showsLines'>;

/** The layout of a format (PsaInvoiceFormats, domain facts 2.4); null when *Manage invoice* lacks its managed format. */
export function layoutOf(format: InvoiceFormat | null, managed: ManagedFormat | null): DocumentLayout | null {
  switch (format ?? InvoiceFormat.DETAIL_INVOICE) {
    case InvoiceFormat.DETAIL_INVOICE: return { groupBy: [], showsLines: true };
    case InvoiceFormat.SUMMARY_INVOICE: return { groupBy: [InvoiceGroupField.CONTRACT_LINE, InvoiceGroupField.PROJECT], showsLines: false };
    case InvoiceFormat.SUMMARY_BY_CATEGORY: return { groupBy: [InvoiceGroupField.CATEGORY], showsLines: false };
    case InvoiceFormat.MANAGE_INVOICE: return managed && { groupBy: groupFieldsOf(managed.groupBy), showsLines: managed.showsLines };
  }
}

const FINANCE_CLASSIFICATIONS: Readonly<Record<ProjTransType, string>> = {
  [ProjTransType.NONE]: 'Other',
  [ProjTransType.REVENUE]: 'Fees',
  [ProjTransType.HOUR]: 'Hours',
  [ProjTransType.COST]: 'Expenses',
  [ProjTransType.ITEM]: 'Materials',
  [ProjTransType.ON_ACCOUNT]: 'On account',
};

const DATAVERSE_CLASSIFICATIONS: Readonly<Record<TransactionClassification, string>> = {
  [TransactionClassification.TIME]: 'Hours',
  [TransactionClassification.EXPENSE]: 'Expenses',
  [TransactionClassification.MATERIAL]: 'Materials',
  [TransactionClassification.MILESTONE]: 'Milestones',
  [TransactionClassification.FEE]: 'Fees',
  [TransactionClassification.COMMISSION]: 'Commission',
  [TransactionClassification.ADDITIONAL]: 'Additional',
  [TransactionClassification.TAX]: 'Tax',
  [TransactionClassification.RETAINER]: 'Retainers',
};

/** The heading of a classification, in the option set of the document's own system. */
export function classificationText(kind: DocumentKind, classification: number): string {
  const texts: Readonly<Record<number, string>> = kind === 'ProformaInvoice' ? DATAVERSE_CLASSIFICATIONS : FINANCE_CLASSIFICATIONS;
  return texts[classification] ?? 'Other';
}

const WITHOUT: Readonly<Record<InvoiceGroupField, string>> = {
  [InvoiceGroupField.CONTRACT_LINE]: 'Without contract line',
  [InvoiceGroupField.PROJECT]: 'Without project',
  [InvoiceGroupField.CATEGORY]: 'Without category',
  [InvoiceGroupField.CLASSIFICATION]: 'Other',
  [InvoiceGroupField.RESOURCE]: 'Without resource',
};

/** What a group is called: the values of its fields, such as `Consulting · PRJ-1 Website`. */
export function groupText(kind: DocumentKind, groupBy: readonly InvoiceGroupField[], values: readonly (readonly (string | null)[])[]): string {
  return groupBy.map((field, index) => fieldText(kind, field, values[index] ?? [])).join(' · ');
}

function fieldText(kind: DocumentKind, field: InvoiceGroupField, [first = null, second = null]: readonly (string | null)[]): string {
  if (field === InvoiceGroupField.CLASSIFICATION) return first === null ? WITHOUT[field] : classificationText(kind, Number(first));
  if (field === InvoiceGroupField.CONTRACT_LINE) return second ?? (first === null ? WITHOUT[field] : `Contract line ${first}`);
  return first === null ? WITHOUT[field] : projectText(first, second);
}

/** A project by number and name; the name once where both are the same. */
export function projectText(number: string, name: string | null): string {
  return name && name !== number ? `${number} ${name}` : number;
}
