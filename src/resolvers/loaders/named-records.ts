import { invalid, notFound, refuse, refuseAny } from '../../kernel/refusal';
import { keyOf } from '../../stores/reading/global-id';
import { readByKeys } from '../../stores/reading/reader';
import type { Source } from '../../stores/reading/source';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { keysOf } from '../mutation';

/** Records that an input names by id or by number, so that people and tests need not look ids up first. */

export const CONTRACT_FIELDS = { id: 'contractId', number: 'contractNumber' };
export const PROFORMA_FIELDS = { id: 'proformaInvoiceId', number: 'proformaInvoiceNumber' };
export const CONTRACT_LIST_FIELDS = { ids: 'contractIds', numbers: 'contractNumbers' };
export const JOURNAL_FIELDS = { id: 'journalId', number: 'journalNumber' };
export const PROPOSAL_FIELDS = { id: 'proposalId', number: 'proposalNumber' };

const KEYS_ONLY = { properties: new Set<string>(), relations: new Map() };

/** Keys of the records with these numbers, in their order; refuses each number that nothing has. */
async function keysOfNumbers(session: Session, source: Source, numbers: readonly string[], path: (index: number) => string[]): Promise<string[]> {
  const keys = await keysOfKnownNumbers(session, source, numbers);
  refuseAny(numbers.flatMap((number, index) => (keys[index] === null ? [notFound(source.name, number, path(index))] : [])));
  return keys.map((key) => key!);
}

/** Keys of the records with these numbers, in their order; null for each number that nothing has. */
export async function keysOfKnownNumbers(session: Session, source: Source, numbers: readonly string[]): Promise<(string | null)[]> {
  const rows = await readByKeys(session, source, KEYS_ONLY, numbers, 'number');
  return numbers.map((_number, index) => rows[index]?.['#'] ?? null);
}

/** The key of the one record that an input names, by id or by number. */
export async function namedRecord(
  session: Session, source: Source, named: { readonly id?: string | null; readonly number?: string | null }, fields: { id: string; number: string },
): Promise<string> {
  const key = await optionalNamedRecord(session, source, named, fields);
  if (key === null) refuse(invalid('INVALID_INPUT', `Give ${fields.id} or ${fields.number}.`, ['input']));
  return key;
}

export async function optionalNamedRecord(
  session: Session, source: Source, { id, number }: { readonly id?: string | null; readonly number?: string | null }, fields: { id: string; number: string },
): Promise<string | null> {
  if (id && number) refuse(invalid('INVALID_INPUT', `Give ${fields.id} or ${fields.number}, not both.`, ['input', fields.number]));
  if (id) return keyOf(source.name, id, ['input', fields.id]);
  if (!number) return null;
  return (await keysOfNumbers(session, source, [number], () => ['input', fields.number]))[0]!;
}

/** Keys of all records, `max` at the most, that an input names by ids and by numbers; null when it names none either way. Nothing is read for too many. */
export async function namedRecords(
  session: Session, source: Source, { ids, numbers }: { readonly ids?: readonly string[] | null; readonly numbers?: readonly string[] | null },
  fields: { ids: string; numbers: string }, max: number,
): Promise<string[] | null> {
  if (!ids && !numbers) return null;
  const count = (ids?.length ?? 0) + (numbers?.length ?? 0);
  if (count > max) refuse(invalid('INVALID_INPUT', `${fields.ids} and ${fields.numbers} name at most ${max} records, not ${count}.`, ['input', fields.ids]));
  const byNumber = await keysOfNumbers(session, source, numbers ?? [], (index) => ['input', fields.numbers, String(index)]);
  return [...(keysOf(source.name, ids, fields.ids) ?? []), ...byNumber];
}

interface ByIdOrNumber {
  readonly proformaInvoiceId?: string | null;
  readonly proformaInvoiceNumber?: string | null;
}

/** An input with its proforma named by key, whichever way the caller named it. */
export async function namedProforma<Input extends ByIdOrNumber>(
  session: Session, input: Input,
): Promise<Omit<Input, keyof ByIdOrNumber> & { readonly proformaInvoiceId: string }> {
  const { proformaInvoiceNumber: number, proformaInvoiceId: id, ...rest } = input;
  return { ...rest, proformaInvoiceId: await namedRecord(session, proformaInvoiceSource, { id, number }, PROFORMA_FIELDS) };
}
