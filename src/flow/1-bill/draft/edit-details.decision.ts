import { BillingType, type Actual, type ProformaInvoiceLineDetail, type TransactionClassification } from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { amountOf } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import { refusalsOfAmount, refusalsOfFigures, refusalsOfTexts, refusalsOfUntaxed } from './detail-figures.rules';
import { EDITABLE_FIELDS, KIND_NAMES, kindOf, type DetailField, type DetailLine } from './line-detail.rules';

/** New values of one detail. What is left out, and every null but a description's, stays as it is. */
export interface DetailEdit {
  readonly detailId: string;
  readonly quantity?: Decimal | null;
  readonly price?: Decimal | null;
  readonly tax?: Decimal | null;
  readonly billingType?: BillingType | null;
  readonly description?: string | null;
  readonly externalDescription?: string | null;
  /** Refused on every kind of detail. */
  readonly classification?: TransactionClassification | null;
}

/** What one detail is edited with. */
export interface EditFacts {
  readonly detail: ProformaInvoiceLineDetail;
  readonly line: DetailLine;
  /** The unbilled actual that it bills, or the billed one that it corrects; null on milestones and manual details. */
  readonly source: Pick<Actual, 'quantity' | 'price' | 'amount'> | null;
  readonly currencyDecimals: number;
  /** Place of the edit in the input. */
  readonly path: string[];
}

const TEXTS: readonly DetailField[] = ['description', 'externalDescription'];
const FIELDS: readonly DetailField[] = ['quantity', 'price', 'tax', 'billingType', ...TEXTS, 'classification'];

/** The fields that an edit changes: a description can be emptied, other fields only replaced. */
function fieldsOf(edit: DetailEdit): DetailField[] {
  return FIELDS.filter((field) => edit[field] !== undefined && (edit[field] !== null || TEXTS.includes(field)));
}

/** The detail as the edit leaves it, or everything that is wrong with the edit. */
export function decideEdit(edit: DetailEdit, facts: EditFacts): ProformaInvoiceLineDetail | Refusal[] {
  const { detail, currencyDecimals, path } = facts;
  const fields = fieldsOf(edit);
  const refusals = [
    ...refusalsOfFields(fields, facts),
    ...refusalsOfBillingType(edit, path),
    ...refusalsOfFigures(edit, currencyDecimals, path),
    ...refusalsOfNothing(edit, facts),
    ...refusalsOfUntaxed(edit.quantity ?? detail.quantity, edit.tax, path),
    ...refusalsOfTexts(edit, path),
  ];
  if (refusals.length > 0) return refusals;
  const changes = Object.fromEntries(fields.map((field) => [field, edit[field]])) as Partial<ProformaInvoiceLineDetail>;
  const quantity = changes.quantity ?? detail.quantity;
  const untaxed = quantity.isZero() && { tax: ZERO };
  const edited = { ...detail, ...changes, ...untaxed, version: detail.version + 1 };
  const amount = amountAfter(edited, facts);
  if (amount === null) {
    return [invalid('INVALID_INPUT', `The line detail ${detail.id} has no price; give one with its quantity.`, [...path, 'price'])];
  }
  const tooLarge = refusalsOfAmount(amount, [...path, 'quantity']);
  return tooLarge.length > 0 ? tooLarge : { ...edited, amount };
}

function refusalsOfFields(fields: readonly DetailField[], { detail, line, path }: EditFacts): Refusal[] {
  if (fields.length === 0) return [invalid('INVALID_INPUT', `Nothing of the line detail ${detail.id} is to be changed.`, path)];
  const kind = kindOf(detail, line);
  const editable = EDITABLE_FIELDS[kind];
  return fields
    .filter((field) => !editable.includes(field))
    .map((field) => {
      const allowed = editable.length > 0 ? `only ${editable.join(', ')}` : 'nothing';
      return invalid('NOT_EDITABLE', `The ${field} cannot be edited: the line detail ${detail.id} is ${KIND_NAMES[kind]}, of which ${allowed} can be.`, [...path, field]);
    });
}

/**
 * A quantity of 0 leaves a transaction to be billed as non-chargeable and a correction to be a full credit (domain facts 6.8, A2 and E1).
 * Behind a manual detail there is neither, so that it would bill nothing at all.
 */
function refusalsOfNothing({ quantity }: DetailEdit, { detail, line, path }: EditFacts): Refusal[] {
  if (!quantity?.isZero() || kindOf(detail, line) !== 'manual') return [];
  return [invalid('INVALID_INPUT', 'The quantity is 0: a manual detail bills something; remove it instead.', [...path, 'quantity'])];
}

function refusalsOfBillingType({ billingType }: DetailEdit, path: string[]): Refusal[] {
  if (billingType !== BillingType.NOT_AVAILABLE) return [];
  return [invalid('INVALID_INPUT', 'A line detail is chargeable, non-chargeable or complimentary.', [...path, 'billingType'])];
}

/**
 * Quantity times price, rounded to the currency. A detail that has the figures of its transaction again has its amount too, which
 * may be another one. Null without a price.
 */
function amountAfter(edited: ProformaInvoiceLineDetail, { detail, source, currencyDecimals }: EditFacts): Decimal | null {
  const { quantity, price } = edited;
  const hasFiguresOf = (other: Pick<Actual, 'quantity' | 'price'>) =>
    quantity.eq(other.quantity) && (price === null || other.price === null ? price === other.price : price.eq(other.price));
  if (hasFiguresOf(detail)) return detail.amount;
  if (source && hasFiguresOf(source)) return source.amount;
  return price === null ? null : amountOf(quantity, price, currencyDecimals);
}
