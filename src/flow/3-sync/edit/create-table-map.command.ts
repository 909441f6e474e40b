import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { invalid, refuse, refuseAny } from '../../../kernel/refusal';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfComment, refusalsOfDraft } from './editable-map';
import type { MapDraft } from './map-draft';
import { addDefinition, FIRST_VERSION } from './store-definition';

/** The definition of a new map. Without a place it runs after all others. */
export interface CreateTableMapInput extends Omit<MapDraft, 'sequence'> {
  readonly sequence: number | null;
  readonly comment: string | null;
}

/**
 * Makes a table map that the product does not ship, validated like an edited one. It is stopped: changes of its tables are queued for
 * it from now on, and it is run, perhaps with an initial sync, like any other. Refuses a name that is taken. Gives the map's id.
 */
export async function createTableMap(context: CommandContext, input: CreateTableMapInput, request: CommandRequest): Promise<{ tableMapId: string }> {
  return runCommand(context, request, (work) => createInUnitOfWork(work, context, input));
}

async function createInUnitOfWork(work: UnitOfWork, context: CommandContext, { comment, ...input }: CreateTableMapInput): Promise<{ tableMapId: string }> {
  const all = await readTableMaps(work);
  const sequence = input.sequence ?? Math.max(0, ...all.map((map) => map.sequence)) + 1;
  const { content, refusals } = refusalsOfDraft(work, { ...input, sequence }, all, (path) => ['input', ...path]);
  const isNamed = input.name !== '' && input.name === input.name.trim();
  refuseAny([
    ...(isNamed ? [] : [invalid('INVALID_INPUT', 'A name neither is empty nor begins or ends with a space.', ['input', 'name'])]),
    ...refusals,
    ...refusalsOfComment(comment),
  ]);
  const tableMapId = await addDefinition(work, context, content, { kind: TableMapActivityKind.CREATED, comment, done: 'Created', number: FIRST_VERSION });
  return tableMapId === null ? refuse(mapExists(input.name, ['input', 'name'])) : { tableMapId };
}

/** A name that another map has, perhaps since a moment ago. */
export const mapExists = (name: string, path: string[]) => invalid('MAP_EXISTS', `There is a table map "${name}" already.`, path);
