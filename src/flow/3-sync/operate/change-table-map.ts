import { TableMap } from '../../../entities/dual-write';
import { InternalError } from '../../../kernel/refusal';
import { changeRow } from '../../../stores/change-row';
import type { UnitOfWork } from '../../../stores/session';
import { TABLE_MAP_STATES, type TableMapAction } from './table-map.states';

/** Moves a locked map on by an action that its state allows. */
export async function changeTableMap(
  work: UnitOfWork, map: TableMap, action: TableMapAction, changes: Partial<Pick<TableMap, 'catchUpTo'>>,
): Promise<void> {
  const status = TABLE_MAP_STATES.table[map.status][action];
  if (status === undefined) throw new InternalError(`The table map ${map.name} cannot ${action}`);
  const { id, version } = map;
  const isChanged = await changeRow(work, TableMap, { id, status: map.status, version }, { ...changes, status, version: version + 1 });
  if (!isChanged) throw new InternalError(`The table map ${map.name} was changed under its lock`);
}
