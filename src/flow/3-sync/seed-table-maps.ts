import type { CommandContext } from '../../context';
import type { UnitOfWork } from '../../stores/session';
import { addTableMap, readTableMaps } from '../../stores/dual-write/table-map.store';
import { TABLE_MAP_DEFINITIONS } from './table-maps';

/** Copies the table maps that the product ships into the database, each once: a map that is there stays as it is. */
export async function seedTableMaps(work: UnitOfWork, { ids }: Pick<CommandContext, 'ids'>): Promise<void> {
  const present = new Set((await readTableMaps(work)).map((map) => map.name));
  for (const { fields, ...definition } of TABLE_MAP_DEFINITIONS) {
    if (present.has(definition.name)) continue;
    const id = ids.next();
    await addTableMap(work, { ...definition, id }, fields.map((field, index) => ({ ...field, id: ids.next(), tableMapId: id, sequence: index + 1 })));
  }
}

/** The same in a unit of work of its own, and only when a map is missing. Called when a database is opened. */
export async function ensureTableMaps(context: Pick<CommandContext, 'database' | 'ids'>): Promise<void> {
  const present = new Set((await readTableMaps(context.database.reader)).map((map) => map.name));
  if (TABLE_MAP_DEFINITIONS.every((definition) => present.has(definition.name))) return;
  await context.database.write((work) => seedTableMaps(work, context));
}
