import type { CommandContext } from '../../context';
import type { UnitOfWork } from '../../stores/session';
import { fieldRows, keepVersion } from './edit/store-definition';
import { addTableMap, readTableMaps } from '../../stores/dual-write/table-map.store';
import { TABLE_MAP_DEFINITIONS } from './table-maps';

/** Whose the shipped versions are. */
const PUBLISHER = 'Microsoft Dynamics 365';

/** Copies the table maps that the product ships into the database, each once: a map that is there stays as it is. */
export async function seedTableMaps(work: UnitOfWork, context: Pick<CommandContext, 'ids' | 'clock'>): Promise<void> {
  const { ids } = context;
  const present = new Set((await readTableMaps(work)).map((map) => map.name));
  for (const { fields, ...definition } of TABLE_MAP_DEFINITIONS) {
    if (present.has(definition.name)) continue;
    const id = ids.next();
    if (!await addTableMap(work, { ...definition, id }, fieldRows(context, id, fields))) continue;
    const shipped = { author: PUBLISHER, comment: null };
    // There is one shipped version of a map, which has the map's own id.
    await keepVersion(work, context, { id, tableMapId: id, number: definition.mapVersion, sequence: 1 }, { ...definition, fields }, shipped);
  }
}

/** The same in a unit of work of its own, and only when a map is missing. Called when a database is opened. */
export async function ensureTableMaps(context: Pick<CommandContext, 'database' | 'ids' | 'clock'>): Promise<void> {
  const present = new Set((await readTableMaps(context.database.reader)).map((map) => map.name));
  if (TABLE_MAP_DEFINITIONS.every((definition) => present.has(definition.name))) return;
  await context.database.write((work) => seedTableMaps(work, context));
}
