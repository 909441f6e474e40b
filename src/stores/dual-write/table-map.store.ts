import { TableMap, TableMapField, TableMapStatus, TableMapVersion } from '../../entities/dual-write';
import { insertRows, selectRows } from '../bulk';
import { execute, forShare, forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** A table map with its field pairs, as the database holds it. */
export interface StoredTableMap extends TableMap {
  readonly fields: readonly TableMapField[];
}

/** Every table map in the order in which they run, its field pairs in their sequence. */
export async function readTableMaps(session: Session): Promise<StoredTableMap[]> {
  const maps = await selectRows(session, TableMap, raw('ORDER BY t."gw_sequence", t."gw_id"'));
  const fields = await selectRows(session, TableMapField, raw('ORDER BY t."gw_dualwriteprojectconfiguration", t."gw_sequence"'));
  return maps.map((map) => ({ ...map, fields: fields.filter((field) => field.tableMapId === map.id) }));
}

/** A table map that carries nothing, until somebody resumes or runs it. */
export type HaltedTableMap = Pick<TableMap, 'id' | 'name' | 'status'>;

export async function haltedTableMaps(session: Session): Promise<HaltedTableMap[]> {
  return query<HaltedTableMap>(session, sql`SELECT "gw_id" AS "id", "ProjectName" AS "name", "Status" AS "status" FROM "DualWriteProjectConfiguration"
    WHERE "Status" IN (${TableMapStatus.PAUSED}, ${TableMapStatus.STOPPED}) ORDER BY "gw_sequence"`);
}

/** A table map that is added; it runs unless it says otherwise. */
export type NewTableMap = Omit<TableMap, 'status' | 'version' | 'catchUpTo'> & Partial<Pick<TableMap, 'status'>>;

/** Adds a table map unless one of its name is there, perhaps just added by another process. Says whether it did. */
export async function addTableMap(work: UnitOfWork, map: NewTableMap, fields: readonly TableMapField[]): Promise<boolean> {
  if (await insertRows(work, TableMap, [map], { ifAbsent: true }) === 0) return false;
  await insertRows(work, TableMapField, fields);
  return true;
}

/** Table maps by id, locked in key order until the unit of work ends. */
export async function lockTableMaps(work: UnitOfWork, ids: readonly string[]): Promise<TableMap[]> {
  return selectRows(work, TableMap, sql`WHERE ${inList(work, raw('t."gw_id"'), ids)} ORDER BY t."gw_id"${forUpdate(work)}`);
}

/** The state and the version of a map's row: every change of its definition or of its state raises the version. */
export type MapState = Pick<TableMap, 'name' | 'status' | 'version'>;

/** The states of maps, which nobody changes until the unit of work ends; many may hold them so at once. A map that is gone is missing. */
export async function holdTableMaps(work: UnitOfWork, names: readonly string[]): Promise<MapState[]> {
  const rows = await query<MapState & { version: number | string }>(work, sql`
    SELECT "ProjectName" AS "name", "Status" AS "status", "gw_rowversion" AS "version" FROM "DualWriteProjectConfiguration"
    WHERE ${inList(work, raw('"ProjectName"'), names)} ORDER BY "gw_id"${forShare(work)}`);
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

/** The same of one map; null when it is gone. */
export async function holdStatus(work: UnitOfWork, mapName: string): Promise<TableMapStatus | null> {
  return (await holdTableMaps(work, [mapName]))[0]?.status ?? null;
}

/** Puts other field pairs in the place of a map's own. */
export async function replaceFields(work: UnitOfWork, tableMapId: string, fields: readonly TableMapField[]): Promise<void> {
  await execute(work, sql`DELETE FROM "DualWriteProjectFieldConfiguration" WHERE "gw_dualwriteprojectconfiguration" = ${tableMapId}`);
  await insertRows(work, TableMapField, fields);
}

/** The versions of these maps, each map's in the order in which they came. */
export async function readVersions(session: Session, tableMapIds: readonly string[]): Promise<TableMapVersion[]> {
  return selectRows(session, TableMapVersion, sql`WHERE ${inList(session, raw('t."gw_dualwriteprojectconfiguration"'), tableMapIds)}
    ORDER BY t."gw_dualwriteprojectconfiguration", t."gw_sequence"`);
}

export async function addVersion(work: UnitOfWork, version: TableMapVersion): Promise<void> {
  await insertRows(work, TableMapVersion, [version]);
}
