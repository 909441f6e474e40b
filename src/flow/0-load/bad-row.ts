import { invalid, refuseAny, type Refusal } from '../../kernel/refusal';
import { ExactNumber } from './read-rows';

/** What can be wrong with a row of a load. */
export const BAD_ROW_CODES = {
  UNKNOWN_ENTITY_SET: 'The entity set is not one that the gateway loads, or lies in the other side\'s folder.',
  INVALID_JSON: 'The file is not JSON, or not an object with the rows in "value".',
  NOT_A_RECORD: 'The row is not a JSON object.',
  MANDATORY_COLUMN_MISSING: 'A mandatory column has no value.',
  WRONG_TYPE: 'The value has another type than the column.',
  INVALID_GUID: 'The value is not a GUID.',
  INVALID_DATE: 'The value is not a day of the calendar or not an instant.',
  UNKNOWN_OPTION: 'The option set has no such value.',
  TEXT_TOO_LONG: 'The text is longer than its column.',
  INVALID_TEXT: 'The text holds NUL or half a character.',
  OUT_OF_RANGE: 'The number is outside the limits of its column.',
  TOO_MANY_DECIMALS: 'The number has more decimals than its currency or its column keeps.',
  DANGLING_LOOKUP: 'The record that the row refers to does not exist.',
  DUPLICATE_KEY: 'Another row or record has this key, with another content.',
  CHANGED_SOURCE: 'The record was loaded before from another source.',
  BILLED_WITHOUT_INVOICE: 'A billed sales actual names no proforma invoice.',
  DOCUMENT_CLOSED: 'The row is part of a proforma that was there before the load; a document is loaded whole.',
  ALREADY_INVOICED: 'The proforma is posted or paid, and finance would invoice it again.',
} as const satisfies Record<string, string>;

export type BadRowCode = keyof typeof BAD_ROW_CODES;

/** One thing wrong with one column of one row. */
export interface Problem {
  readonly code: BadRowCode;
  /** The column as the input spells it; empty when the whole row is meant. */
  readonly column: string;
  readonly sentence: string;
}

export interface BadRow extends Problem {
  readonly file: string;
  /** From 1; 0 when the whole file is meant. */
  readonly row: number;
}

export function describeBadRow({ file, row, column, sentence, code }: BadRow): string {
  const place = [file, ...(row > 0 ? [`row ${row}`] : []), ...(column ? [`column ${column}`] : [])].join(', ');
  return `${place}: ${sentence} (${code})`;
}

export function refusalOf(bad: BadRow): Refusal {
  return invalid('RECORDS_REFUSED', describeBadRow(bad), [bad.file, String(bad.row), bad.column]);
}

/** Throws one refusal per problem when there is any. */
export function refuseBadRows(bad: readonly BadRow[]): void {
  refuseAny(bad.map(refusalOf));
}

const QUOTED_CHARACTERS_MAX = 60;

/** A value as a message shows it: JSON, cut where it is long. */
export function quoted(value: unknown): string {
  const text = value instanceof ExactNumber ? value.text : JSON.stringify(value) ?? String(value);
  return text.length > QUOTED_CHARACTERS_MAX ? `${text.slice(0, QUOTED_CHARACTERS_MAX)}...` : text;
}
