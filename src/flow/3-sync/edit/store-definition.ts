import type { CommandContext } from '../../../context';
import { tableOf } from '../../../entities/columns';
import { TableMap, TableMapStatus, TableMapVersion, type TableMapActivityKind } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { InternalError, invalid, refuse } from '../../../kernel/refusal';
import { changeRow } from '../../../stores/change-row';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { resolveErrors, tryWaitingAgain } from '../../../stores/dual-write/sync-error.store';
import { addTableMap, addVersion, readVersions, replaceFields, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import type { FieldPairDefinition } from '../table-maps';
import type { MapContent } from '../run/table-map-finder';
import { draftOf, droppedFlows } from './map-draft';

/** The number of the first version of a map that the product does not ship. */
export const FIRST_VERSION = '1.0.0.0';

/** Who makes a version, and what for. */
export interface VersionNote {
  readonly author: string;
  readonly comment: string | null;
}

export const VERSION_NUMBER_CHARACTERS_MAX = tableOf(TableMapVersion).property('number').length!;

/** Counts the last part on: 1.0.0.22 is followed by 1.0.0.23. Refuses a number that is longer than the longest. */
export function numberAfter(versions: readonly Pick<TableMapVersion, 'number'>[], current: string): string {
  const last = (number: string) => Number(number.split('.').at(-1));
  const highest = Math.max(last(current), ...versions.map((version) => last(version.number)));
  const number = [...current.split('.').slice(0, -1), String(highest + 1)].join('.');
  if (number.length <= VERSION_NUMBER_CHARACTERS_MAX) return number;
  const message = `No version counts on from ${current}: a number has at most ${VERSION_NUMBER_CHARACTERS_MAX} characters. Import the definition under a higher number, such as one with a higher first part.`;
  return refuse(invalid('INVALID_INPUT', message, ['input']));
}

/** Field pairs as rows, in the order of the list. */
export function fieldRows({ ids }: Pick<CommandContext, 'ids'>, tableMapId: string, fields: readonly FieldPairDefinition[]) {
  return fields.map((field, index) => ({ ...field, id: ids.next(), tableMapId, sequence: index + 1 }));
}

/** Keeps a definition as a version of its map. */
export async function keepVersion(
  work: UnitOfWork, { clock }: Pick<CommandContext, 'clock'>, version: Pick<TableMapVersion, 'id' | 'tableMapId' | 'number' | 'sequence'>,
  content: MapContent, note: VersionNote,
): Promise<void> {
  await addVersion(work, { ...version, ...note, on: timestampOf(clock), definition: { ...draftOf(content) } });
}

/** What the activity log says of a definition that is stored. */
export interface DefinitionNote {
  readonly kind: TableMapActivityKind;
  readonly comment: string | null;
  /** The first word of its sentence. */
  readonly done: string;
}

const sentenceOf = (first: string, comment: string | null): string => `${first}.${comment ? ` ${comment}` : ''}`;

/** Gives a locked map another definition as a new version, which becomes the active one; it has the next number unless one is given. Says its number. */
export async function storeDefinition(
  work: UnitOfWork, context: CommandContext, map: StoredTableMap, content: MapContent, note: DefinitionNote & { readonly number?: string },
): Promise<string> {
  const versions = await readVersions(work, [map.id]);
  const { comment, number = numberAfter(versions, map.mapVersion) } = note;
  await keepVersion(work, context, { id: context.ids.next(), tableMapId: map.id, number, sequence: versions.length + 1 }, content, { author: context.actor, comment });
  await activateDefinition(work, context, map, content, { ...note, number });
  return number;
}

/** Makes a definition that is kept as a version of a locked map the active one. */
export async function activateDefinition(
  work: UnitOfWork, context: CommandContext, map: StoredTableMap, content: MapContent, { kind, comment, done, number }: DefinitionNote & { readonly number: string },
): Promise<void> {
  await putDefinition(work, context, map, content, number);
  const sentence = sentenceOf(`${done}: version ${map.mapVersion} became ${number}`, comment);
  await recordActivity(work, context, { kind, mapName: map.name, sentence, facts: { from: map.mapVersion, to: number, comment } });
}

/** Adds a map, stopped, with its first version. Gives its id; null when one of its name has just been added. */
export async function addDefinition(
  work: UnitOfWork, context: CommandContext, content: MapContent, { kind, comment, done, number }: DefinitionNote & { readonly number: string },
): Promise<string | null> {
  const id = context.ids.next();
  const { fields, ...columns } = content;
  const isAdded = await addTableMap(work, { ...columns, id, mapVersion: number, status: TableMapStatus.STOPPED }, fieldRows(context, id, fields));
  if (!isAdded) return null;
  await keepVersion(work, context, { id: context.ids.next(), tableMapId: id, number, sequence: 1 }, content, { author: context.actor, comment });
  await recordActivity(work, context, { kind, mapName: content.name, sentence: sentenceOf(`${done} in version ${number}, stopped`, comment), facts: { to: number, comment } });
  return id;
}

/** Puts a definition in the place of a locked map's own. */
export async function putDefinition(work: UnitOfWork, context: CommandContext, map: StoredTableMap, content: MapContent, number: string): Promise<void> {
  const { fields, name: _name, ...columns } = content;
  const { id, version, status } = map;
  const isChanged = await changeRow(work, TableMap, { id, version, status }, { ...columns, mapVersion: number, version: version + 1 });
  if (!isChanged) throw new InternalError(`The table map ${map.name} was changed under its lock`);
  await replaceFields(work, id, fieldRows(context, id, fields));
  // What kept the map from running in a direction that it has no more.
  for (const flow of droppedFlows(map, content)) await resolveErrors(work, flow, [id], timestampOf(context.clock));
  // Also those of maps that refer to this one: what they wait for may be left out by now.
  await tryWaitingAgain(work, timestampOf(context.clock));
}
