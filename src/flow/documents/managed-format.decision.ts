import type { InvoiceGroupField, ManagedInvoiceFormat } from '../../entities/finance';
import { invalid, stale, type Refusal } from '../../kernel/refusal';
import { problemOfGroupFields } from '../managed-format.rules';

const FORMAT_ID_LENGTH_MAX = 20;
const DESCRIPTION_LENGTH_MAX = 100;

export interface ManagedFormatInput {
  readonly legalEntityId: string;
  readonly formatId: string;
  readonly description?: string | null;
  /** The outermost first. */
  readonly groupBy: readonly InvoiceGroupField[];
  readonly showsLines?: boolean | null;
  /** Version that a format which exists must still have. */
  readonly expectedVersion?: number | null;
}

export type ManagedFormatDecision =
  | { readonly row: Omit<ManagedInvoiceFormat, 'id'>; readonly refusals?: undefined }
  | { readonly refusals: readonly Refusal[]; readonly row?: undefined };

/** Makes a managed format, or changes the one with the same id in the legal entity. */
export function decideManagedFormat(input: ManagedFormatInput, existing: ManagedInvoiceFormat | null): ManagedFormatDecision {
  const { legalEntityId, groupBy, expectedVersion = null } = input;
  const formatId = input.formatId.trim();
  const description = input.description?.trim() || null;
  const refusals: Refusal[] = [];
  const refuseField = (field: string, message: string) => refusals.push(invalid('INVALID_INPUT', message, ['input', field]));
  if (formatId === '' || formatId.length > FORMAT_ID_LENGTH_MAX) refuseField('formatId', `A format id has 1 to ${FORMAT_ID_LENGTH_MAX} characters.`);
  if (description && description.length > DESCRIPTION_LENGTH_MAX) refuseField('description', `A description has at most ${DESCRIPTION_LENGTH_MAX} characters.`);
  const problem = problemOfGroupFields(groupBy);
  if (problem) refuseField('groupBy', `The format ${problem}.`);
  if (expectedVersion !== null && expectedVersion !== (existing?.version ?? null)) {
    refusals.push(stale(`Invoice format ${formatId}`, expectedVersion, existing?.version ?? null, ['input', 'expectedVersion']));
  }
  if (refusals.length > 0) return { refusals };
  return {
    row: {
      legalEntityId, formatId, description, groupBy: groupBy.join(','), showsLines: input.showsLines ?? false, version: (existing?.version ?? 0) + 1,
    },
  };
}
