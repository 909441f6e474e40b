import { TABLE_MAPS, TableMapStatus } from '../../entities/dual-write';
import type { HaltedTableMap } from '../../stores/dual-write/table-map.store';
import { blocker, inProcessOrder, type Blocker } from '../blockers/blocker';
import type { BlockerCode } from '../blockers/blockers';

/** The table maps that have to run before a blocker can go. */
const MAPS_OF: Readonly<Partial<Record<BlockerCode, readonly string[]>>> = {
  HEADER_NOT_SYNCED: [TABLE_MAPS.invoices],
  ACTUALS_NOT_SYNCED: [TABLE_MAPS.actuals],
  UNBILLED_NOT_SYNCED: [TABLE_MAPS.actuals],
  CONNECTION_NOT_SYNCED: [TABLE_MAPS.connections],
  MILESTONE_NOT_SYNCED: [TABLE_MAPS.milestones],
  WRITE_BACK_PENDING: [TABLE_MAPS.actuals, TABLE_MAPS.customerInvoices],
};

/** Adds to what waits for a sync the table maps that are paused or stopped, before which no sync helps. */
export function withHaltedMaps(blockers: readonly Blocker[], halted: readonly HaltedTableMap[]): readonly Blocker[] {
  const needed = new Set(blockers.flatMap(({ code }) => MAPS_OF[code] ?? []));
  const holding = (status: TableMapStatus, code: BlockerCode): Blocker[] => {
    const maps = halted.filter((map) => map.status === status && needed.has(map.name));
    return maps.length === 0 ? [] : [blocker(code, { count: maps.length, details: maps.map(({ name }) => name), recordIds: maps.map(({ id }) => id) })];
  };
  const found = [...holding(TableMapStatus.PAUSED, 'TABLE_MAP_PAUSED'), ...holding(TableMapStatus.STOPPED, 'TABLE_MAP_STOPPED')];
  return found.length === 0 ? blockers : inProcessOrder([...found, ...blockers]);
}
