import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { invalid, refuseAny, type Refusal } from '../../../kernel/refusal';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import type { NamedTableMap } from '../operate/named-table-maps';
import { lockEditable, refusalsOfComment, refusalsOfDraft, refusalsOfDroppedFlows } from './editable-map';
import { draftOf, type FieldDraft, type MapDraft } from './map-draft';
import { storeDefinition } from './store-definition';

/** What is to be different; what is not given stays. Of the pairs either all are given, or some are changed, removed and added. */
export interface UpdateTableMapInput extends NamedTableMap {
  readonly filter?: string | null;
  readonly financeFilter?: string | null;
  readonly references?: MapDraft['references'] | null;
  readonly fields?: readonly FieldDraft[] | null;
  readonly changeFields?: readonly { readonly sequence: number; readonly field: FieldDraft }[] | null;
  readonly removeFields?: readonly number[] | null;
  readonly addFields?: readonly FieldDraft[] | null;
  readonly comment?: string | null;
}

/** A pair, and where in the input it stands; null for one that stays as it was. */
interface PlacedField {
  readonly field: FieldDraft;
  readonly at: readonly string[] | null;
}

/**
 * Changes the definition of a stopped table map: validated as a whole against both sides' columns, and stored as a new version, which
 * is the active one from then on. What is queued goes by it once the map runs again. Gives the map's id.
 */
export async function updateTableMap(context: CommandContext, input: UpdateTableMapInput, request: CommandRequest): Promise<{ tableMapId: string }> {
  return runCommand(context, request, (work) => updateInUnitOfWork(work, context, input));
}

async function updateInUnitOfWork(work: UnitOfWork, context: CommandContext, input: UpdateTableMapInput): Promise<{ tableMapId: string }> {
  const { map, all } = await lockEditable(work, input);
  const before = draftOf(map);
  const placed = placedFields(before.fields, input);
  const draft: MapDraft = {
    ...before, filter: input.filter ?? before.filter, financeFilter: input.financeFilter ?? before.financeFilter,
    references: input.references ?? before.references, fields: placed.map(({ field }) => field),
  };
  const { content, refusals } = refusalsOfDraft(work, draft, all, (path) => placeInInput(path, placed));
  refuseAny([...refusals, ...refusalsOfComment(input.comment)]);
  refuseAny(await refusalsOfDroppedFlows(work, map, content, ['input', 'fields']));
  await storeDefinition(work, context, map, content, { kind: TableMapActivityKind.EDITED, comment: input.comment ?? null, done: 'Changed' });
  return { tableMapId: map.id };
}

function placedFields(before: readonly FieldDraft[], { fields, changeFields, removeFields, addFields }: UpdateTableMapInput): PlacedField[] {
  const parts = [changeFields, removeFields, addFields].some((part) => (part ?? []).length > 0);
  if (fields && parts) refuseAny([invalid('INVALID_INPUT', 'Give all field pairs, or those that change: not both.', ['input', 'fields'])]);
  if (fields) return fields.map((field, index) => ({ field, at: ['input', 'fields', String(index)] }));
  const changed = new Map((changeFields ?? []).map(({ sequence, field }, index) => [sequence, { field, at: ['input', 'changeFields', String(index), 'field'] }]));
  refuseAny([
    ...unknownPlaces(before.length, (changeFields ?? []).map(({ sequence }) => sequence), (index) => ['input', 'changeFields', index, 'sequence']),
    ...unknownPlaces(before.length, [...(removeFields ?? [])], (index) => ['input', 'removeFields', index]),
  ]);
  const kept = before.map((field, index): PlacedField => changed.get(index + 1) ?? { field, at: null }).filter((_field, index) => !removeFields?.includes(index + 1));
  return [...kept, ...(addFields ?? []).map((field, index) => ({ field, at: ['input', 'addFields', String(index)] }))];
}

/** Refuses places at which the map has no pair, and places that are named twice. */
function unknownPlaces(count: number, sequences: readonly number[], at: (index: string) => string[]): Refusal[] {
  return sequences.flatMap((sequence, index) => {
    const path = at(String(index));
    if (sequences.indexOf(sequence) < index) return [invalid('INVALID_INPUT', `Field pair ${sequence} is named twice.`, path)];
    return sequence >= 1 && sequence <= count ? [] : [invalid('INVALID_INPUT', `The map has no field pair ${sequence}; it has ${count}.`, path)];
  });
}

/** Where in the input the cause of a finding stands; a pair that was not sent makes it about the whole input. */
function placeInInput([part, index, ...rest]: readonly string[], placed: readonly PlacedField[]): string[] {
  if (part !== 'fields' || index === undefined) return ['input', ...(part ? [part] : []), ...(index ? [index, ...rest] : [])];
  const at = placed[Number(index)]?.at;
  return at ? [...at, ...rest] : ['input'];
}
