import type { EntityClass } from '../../entities/columns';
import { DATAVERSE_SETS } from './dataverse-sets';
import type { EntitySet } from './entity-set';
import { FINANCE_SETS } from './finance-sets';
import { tableOf } from '../../entities/columns';

/** Every entity set that can be loaded, in load order. */
export const ENTITY_SETS: readonly EntitySet[] = [...FINANCE_SETS, ...DATAVERSE_SETS];

const byName = new Map(ENTITY_SETS.map((set) => [set.name, set]));
const byEntity = new Map<EntityClass, EntitySet>(ENTITY_SETS.map((set) => [set.entity, set]));
const byTable = new Map(ENTITY_SETS.map((set) => [tableOf(set.entity).table, set]));

export function entitySetNamed(name: string): EntitySet | undefined {
  return byName.get(name);
}

export function entitySetOf(entity: EntityClass): EntitySet | undefined {
  return byEntity.get(entity);
}

/** The set of a table by its logical name (`msdyn_actual`), as connections and origins name it. */
export function entitySetOfTable(table: string): EntitySet | undefined {
  return byTable.get(table);
}
