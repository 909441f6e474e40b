import { InvoiceFormat, InvoiceGroupField } from '../entities/finance';

const FIELDS: readonly string[] = Object.values(InvoiceGroupField);

/** The fields of a stored list, such as `PROJECT,CATEGORY`. */
export function groupFieldsOf(stored: string): InvoiceGroupField[] {
  return stored.split(',').filter((field) => field !== '') as InvoiceGroupField[];
}

/** What is wrong with the fields that a managed format is to group by; null when nothing is. */
export function problemOfGroupFields(fields: readonly string[]): string | null {
  if (fields.length === 0) return 'names nothing to group by';
  const unknown = fields.find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return `names ${unknown}, which is none of ${FIELDS.join(', ')}`;
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  return twice === undefined ? null : `names ${twice} twice`;
}

/** *Manage invoice* and a managed format go together; null when they do. */
export function problemOfFormatChoice(format: InvoiceFormat | null, managedFormatId: string | null): string | null {
  if (format === InvoiceFormat.MANAGE_INVOICE) return managedFormatId === null ? 'MANAGE_INVOICE needs a managed invoice format' : null;
  return managedFormatId === null ? null : 'a managed invoice format goes with MANAGE_INVOICE only';
}
