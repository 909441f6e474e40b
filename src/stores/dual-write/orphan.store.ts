import { Actual } from '../../entities/dataverse';
import { selectRows } from '../bulk';
import { inList, query, raw, sql, type Session, type Sql } from '../session';

/** Which of these ids Dataverse has actuals of. The others are orphans: what was staged of them stands for nothing. */
export async function actualIdsInDataverse(session: Session, actualIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(session, sql`SELECT "msdyn_actualid" AS id FROM "msdyn_actual"
    WHERE ${inList(session, raw('"msdyn_actualid"'), actualIds)}`);
  return new Set(rows.map((row) => row.id));
}

/** What Dataverse holds of actuals now, by id; those that are not there are left out. */
export async function actualsById(session: Session, ids: readonly string[]): Promise<Map<string, Actual>> {
  const rows = await selectRows(session, Actual, sql`WHERE ${inList(session, raw('t."msdyn_actualid"'), ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A staged connection that Dataverse does not have any more, or has between other actuals or in other roles. */
export interface BrokenConnection {
  readonly connectionId: string;
  readonly role1: string;
  readonly role2: string;
  readonly isGone: boolean;
}

/** Staged connections (s) with Dataverse's of the same id (c), where these say something else or are not there. */
const BROKEN_CONNECTIONS = sql`"ProjCDSTransactionRelationshipImport" s
  LEFT JOIN "msdyn_transactionconnection" c ON c."msdyn_transactionconnectionid" = s."ConnectionId"
  WHERE (c."msdyn_transactionconnectionid" IS NULL OR c."msdyn_transaction1" <> s."Transaction1Id" OR c."msdyn_transaction2" <> s."Transaction2Id"
    OR c."msdyn_transaction1role" <> s."Transaction1Role" OR c."msdyn_transaction2role" <> s."Transaction2Role")`;

/** Whether a connection that begins at an actual is broken: the condition of a statement. */
export function hasBrokenConnection(actualId: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM ${BROKEN_CONNECTIONS} AND s."Transaction1Id" = ${actualId})`;
}

/** A broken connection of each of these actuals that begins one, by actual: a sale's to its cost, a billed one's to its unbilled, a reversal's to its original. */
export async function brokenConnectionsOf(session: Session, actualIds: readonly string[]): Promise<Map<string, BrokenConnection>> {
  const rows = await query<{ actual: string; connection: string; role1: string; role2: string; dataverse: string | null }>(session, sql`
    SELECT s."Transaction1Id" AS "actual", s."ConnectionId" AS "connection", s."Transaction1Role" AS "role1", s."Transaction2Role" AS "role2",
      c."msdyn_transactionconnectionid" AS "dataverse"
    FROM ${BROKEN_CONNECTIONS} AND ${inList(session, raw('s."Transaction1Id"'), actualIds)} ORDER BY s."ConnectionId" DESC`);
  return new Map(rows.map(({ actual, connection, role1, role2, dataverse }) => [actual, { connectionId: connection, role1, role2, isGone: dataverse === null }]));
}
