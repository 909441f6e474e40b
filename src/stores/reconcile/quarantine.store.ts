import { TABLE_MAPS } from '../../entities/dual-write/map-names';
import type { OrphanKind } from '../../entities/finance/enums';
import { executeReturning, forUpdate, inList, join, name, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';
import { WHY_ACTUAL, WHY_MILESTONE } from './orphan-conditions';

/** What quarantine needs to know of a staging table whose rows import takes up. */
interface StagingTable {
  readonly table: string;
  readonly noun: string;
  /** The table map that fills it. */
  readonly mapName: string;
  /** Column of the source's id. */
  readonly source: string;
  /** Column that says whether import has taken a row up. */
  readonly takenUp: string;
  /** SQL of the instant at which a row `t` arrived; null where nothing says so. */
  readonly arrived: string;
  /** SQL of the kind of orphan that a row `t` is; null when it is none. */
  readonly why: string;
}

/** The staging tables whose rows can be in quarantine, by the type of their rows. A connection is in quarantine with the actual that it begins at. */
export const STAGING_TABLES = {
  StagedActual: {
    table: 'ProjCDSActualsImport', noun: 'staged actual', mapName: TABLE_MAPS.actuals, source: 'ActualId', takenUp: 'IsProcessed', arrived: 't."CreatedDateTime"', why: WHY_ACTUAL,
  },
  StagedMilestone: {
    table: 'ProjCDSContractLineMilestoneImport', noun: 'staged milestone', mapName: TABLE_MAPS.milestones, source: 'TransactionId',
    takenUp: 'gw_isprocessed', arrived: 'CAST(NULL AS VARCHAR)', why: WHY_MILESTONE,
  },
} as const satisfies Record<string, StagingTable>;

export type StagedType = keyof typeof STAGING_TABLES;
export const STAGED_TYPES = Object.keys(STAGING_TABLES) as StagedType[];

/** Which rows of a staging table are meant; what is left out does not matter. */
export interface RowsWanted {
  readonly ids?: readonly string[] | null;
  readonly kinds?: readonly OrphanKind[] | null;
  /** Only rows that arrived at this instant or before, and those of which nothing says when. */
  readonly arrivedUpTo?: string | null;
}

/** A staged row with what decides whether it can go into quarantine, or come out. */
export interface StagedStanding {
  readonly id: string;
  readonly sourceId: string;
  readonly isTakenUp: boolean;
  readonly quarantinedOn: string | null;
  /** The kind of orphan that it is now; null when its sources are there. */
  readonly why: OrphanKind | null;
}

function wantedOf(session: Session, { arrived, why }: StagingTable, { ids, kinds, arrivedUpTo }: RowsWanted): Sql {
  return join([
    raw('1 = 1'),
    ...(ids ? [inList(session, raw('t."gw_id"'), ids)] : []),
    ...(kinds ? [inList(session, raw(`(${why})`), kinds)] : []),
    ...(arrivedUpTo ? [sql`(${raw(arrived)} IS NULL OR ${raw(arrived)} <= ${arrivedUpTo})`] : []),
  ], ' AND ');
}

/** A row that could go into quarantine: nobody has taken it up, and something of it is gone. */
const isFreeOrphan = ({ takenUp, why }: StagingTable): Sql => sql`t.${name(takenUp)} = false AND t."gw_quarantinedon" IS NULL AND (${raw(why)}) IS NOT NULL`;

/** The next orphans behind a key that can go into quarantine, in key order. */
export async function freeOrphanIds(session: Session, type: StagedType, wanted: RowsWanted, after: string, limit: number): Promise<string[]> {
  const staging = STAGING_TABLES[type];
  const rows = await query<{ id: string }>(session, sql`SELECT t."gw_id" AS "id" FROM ${name(staging.table)} t
    WHERE ${isFreeOrphan(staging)} AND ${wantedOf(session, staging, wanted)} AND t."gw_id" > ${after} ORDER BY t."gw_id" LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/** The next rows in quarantine behind a key, in key order: all of them, or only those whose sources are there again. */
export async function quarantinedIds(
  session: Session, type: StagedType, { ids, returnedOnly }: { ids?: readonly string[] | null; returnedOnly: boolean }, after: string, limit: number,
): Promise<string[]> {
  const staging = STAGING_TABLES[type];
  const rows = await query<{ id: string }>(session, sql`SELECT t."gw_id" AS "id" FROM ${name(staging.table)} t
    WHERE t."gw_quarantinedon" IS NOT NULL AND ${returnedOnly ? sql`(${raw(staging.why)}) IS NULL` : raw('1 = 1')}
      AND ${wantedOf(session, staging, { ids: ids ?? null })} AND t."gw_id" > ${after} ORDER BY t."gw_id" LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/** Locks staged rows in key order, as import and the sync do, so that what follows sees how they have left them. */
async function lockRows(work: UnitOfWork, { table }: StagingTable, ids: readonly string[]): Promise<void> {
  await query(work, sql`SELECT "gw_id" FROM ${name(table)} WHERE ${inList(work, raw('"gw_id"'), ids)} ORDER BY "gw_id"${forUpdate(work)}`);
}

/** A row that went into quarantine, or came out. */
export interface MovedRow {
  readonly id: string;
  readonly sourceId: string;
}

/**
 * Puts rows into quarantine. What is taken up, or has its source back, when the row is locked, stays as it is: the answer holds those
 * that went. The source is looked for behind the lock, by a statement of its own.
 */
export async function quarantineRows(
  work: UnitOfWork, type: StagedType, ids: readonly string[], { on, by, wanted }: { on: string; by: string; wanted: RowsWanted },
): Promise<MovedRow[]> {
  const staging = STAGING_TABLES[type];
  await lockRows(work, staging, ids);
  return executeReturning<MovedRow>(work, sql`UPDATE ${name(staging.table)} AS t
    SET "gw_quarantinedon" = ${on}, "gw_quarantinedby" = ${by}, "gw_quarantinereason" = ${raw(staging.why)}, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('t."gw_id"'), ids)} AND ${isFreeOrphan(staging)} AND ${wantedOf(work, staging, { ...wanted, ids: null })}
    RETURNING "gw_id" AS "id", ${name(staging.source)} AS "sourceId"`);
}

/** Takes rows out of quarantine: all that are in it, or only those whose sources are there again. The answer holds those that came out. */
export async function releaseRows(work: UnitOfWork, type: StagedType, ids: readonly string[], returnedOnly: boolean): Promise<MovedRow[]> {
  const staging = STAGING_TABLES[type];
  await lockRows(work, staging, ids);
  return executeReturning<MovedRow>(work, sql`UPDATE ${name(staging.table)} AS t
    SET "gw_quarantinedon" = NULL, "gw_quarantinedby" = NULL, "gw_quarantinereason" = NULL, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('t."gw_id"'), ids)} AND t."gw_quarantinedon" IS NOT NULL AND ${returnedOnly ? sql`(${raw(staging.why)}) IS NULL` : raw('1 = 1')}
    RETURNING "gw_id" AS "id", ${name(staging.source)} AS "sourceId"`);
}

/** How staged rows stand, by id; those that do not exist are left out. */
export async function standingOf(session: Session, type: StagedType, ids: readonly string[]): Promise<Map<string, StagedStanding>> {
  const { table, source, takenUp, why } = STAGING_TABLES[type];
  const rows = await query<Omit<StagedStanding, 'isTakenUp'> & { isTakenUp: unknown }>(session, sql`SELECT t."gw_id" AS "id", t.${name(source)} AS "sourceId",
      t.${name(takenUp)} AS "isTakenUp", t."gw_quarantinedon" AS "quarantinedOn", ${raw(why)} AS "why"
    FROM ${name(table)} t WHERE ${inList(session, raw('t."gw_id"'), ids)}`);
  return new Map(rows.map((row) => [row.id, { ...row, isTakenUp: row.isTakenUp === true || row.isTakenUp === 1 }]));
}

/** What may be in quarantine for want of records that a table map carries to a table, by its name: the type, and the condition on a row `t`. */
const MISSED_BY: Readonly<Record<string, { type: StagedType; key: string; condition: (session: Session, keys: readonly string[]) => Sql }>> = {
  ProjCDSActualsImport: {
    type: 'StagedActual', key: 'ActualId',
    condition: (session, keys) => sql`(${inList(session, raw('t."ActualId"'), keys)}
      OR ${beginsConnection(inList(session, raw('c."Transaction2Id"'), keys))})`,
  },
  ProjCDSTransactionRelationshipImport: {
    type: 'StagedActual', key: 'ConnectionId',
    condition: (session, keys) => beginsConnection(inList(session, raw('c."ConnectionId"'), keys)),
  },
  ProjCDSContractLineMilestoneImport: {
    type: 'StagedMilestone', key: 'TransactionId', condition: (session, keys) => inList(session, raw('t."TransactionId"'), keys),
  },
};

function beginsConnection(condition: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM "ProjCDSTransactionRelationshipImport" c WHERE c."Transaction1Id" = t."ActualId" AND ${condition})`;
}

/** Rows in quarantine to which records that were carried to a table have given back all that was missing; null where a table has none to do with it. */
export async function returnedWith(
  session: Session, { table, keyColumn }: { table: string; keyColumn: string }, keys: readonly string[],
): Promise<{ type: StagedType; ids: readonly string[] } | null> {
  const missed = MISSED_BY[table];
  if (missed?.key !== keyColumn) return null;
  const staging = STAGING_TABLES[missed.type];
  const rows = await query<{ id: string }>(session, sql`SELECT t."gw_id" AS "id" FROM ${name(staging.table)} t
    WHERE t."gw_quarantinedon" IS NOT NULL AND ${missed.condition(session, keys)} AND (${raw(staging.why)}) IS NULL`);
  return { type: missed.type, ids: rows.map((row) => row.id) };
}

/** The staged actuals that staged connections begin at, by the connection's id; a connection without one is left out. */
export async function beginningsOf(session: Session, connectionIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ connection: string; actual: string }>(session, sql`SELECT c."gw_id" AS "connection", a."gw_id" AS "actual"
    FROM "ProjCDSTransactionRelationshipImport" c JOIN "ProjCDSActualsImport" a ON a."ActualId" = c."Transaction1Id"
    WHERE ${inList(session, raw('c."gw_id"'), connectionIds)}`);
  return new Map(rows.map((row) => [row.connection, row.actual]));
}
