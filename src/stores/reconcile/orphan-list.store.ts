import { OrphanKind } from '../../entities/finance/enums';
import { type Decimal } from '../../kernel/decimal';
import { moneyFromSum } from '../../entities/columns';
import { inList, join, query, raw, sql, type Session, type Sql } from '../session';
import { ACTUAL_IS_GONE, connectionEndIsGone, connectionIsGone, MILESTONE_IS_GONE, ORPHAN_KINDS, WHY_ACTUAL, WHY_MILESTONE } from './orphan-conditions';
import type { StagedType } from './quarantine.store';

/** What orphans and rows in quarantine have in common. */
export interface StandingRow {
  /** What the row is called in the graph. */
  readonly type: StagedType | 'StagedConnection';
  readonly key: string;
  /** Key of the record in Dataverse that is gone; of a connection with a lost end, its own. */
  readonly sourceId: string;
  readonly legalEntityId: string;
  readonly documentNumber: string | null;
  readonly amount: Decimal | null;
  readonly currencyCode: string | null;
  readonly arrivedOn: string | null;
  readonly quarantinedOn: string | null;
  readonly quarantinedBy: string | null;
}

/** A row of finance that stands for nothing in Dataverse. */
export interface OrphanRow extends StandingRow {
  readonly kind: OrphanKind;
  /** Whether finance has gone on with it: a journal or proposal line, an on-account transaction; of a connection, with the actual that it begins at. */
  readonly isTakenUp: boolean;
}

/** A staged row that no import takes up before it is released. */
export interface QuarantinedRow extends StandingRow {
  readonly quarantinedOn: string;
  readonly quarantinedBy: string;
  /** Why it went into quarantine. */
  readonly reason: OrphanKind;
  /** What is gone of it now; null when its sources are back. */
  readonly stillGone: OrphanKind | null;
}

/** Where rows of a staging table stand: rows `t`, and `q` the row whose quarantine counts for them. */
interface Place {
  readonly type: StandingRow['type'];
  readonly from: string;
  readonly source: string;
  readonly document: string;
  readonly amount: string;
  readonly currency: string;
  readonly arrived: string;
  readonly takenUp: string;
}

const NONE = 'NULL';
const itself = (table: string): string => `"${table}" t JOIN "${table}" q ON q."gw_id" = t."gw_id"`;

const ACTUAL: Place = {
  type: 'StagedActual', from: itself('ProjCDSActualsImport'), source: 't."ActualId"', document: 't."InvoiceId"', amount: 't."Amount"',
  currency: 't."TransactionCurrencyId"', arrived: 't."CreatedDateTime"', takenUp: 't."IsProcessed"',
};
const MILESTONE: Place = {
  type: 'StagedMilestone', from: itself('ProjCDSContractLineMilestoneImport'), source: 't."TransactionId"', document: NONE, amount: 't."Amount"',
  currency: 't."CurrencyId"', arrived: NONE, takenUp: 't."gw_isprocessed"',
};
const CONNECTION: Place = {
  type: 'StagedConnection', from: '"ProjCDSTransactionRelationshipImport" t LEFT JOIN "ProjCDSActualsImport" q ON q."ActualId" = t."Transaction1Id"',
  source: 't."ConnectionId"', document: NONE, amount: NONE, currency: NONE, arrived: NONE, takenUp: 'COALESCE(q."IsProcessed", false)',
};

const ORPHANS: Readonly<Record<OrphanKind, Place & { readonly where: string }>> = {
  [OrphanKind.ACTUAL_GONE]: { ...ACTUAL, where: ACTUAL_IS_GONE },
  [OrphanKind.MILESTONE_GONE]: { ...MILESTONE, where: MILESTONE_IS_GONE },
  [OrphanKind.CONNECTION_GONE]: { ...CONNECTION, where: connectionIsGone('t') },
  [OrphanKind.CONNECTION_END_GONE]: { ...CONNECTION, where: `NOT (${connectionIsGone('t')}) AND ${connectionEndIsGone('t')}` },
};

/** The lists of what is in quarantine, in order, with what says what is gone of a row now. */
const QUARANTINES = [{ ...ACTUAL, why: WHY_ACTUAL }, { ...MILESTONE, why: WHY_MILESTONE }] as const;
/** How many places there are. */
export const QUARANTINE_PLACES = QUARANTINES.length;

type Stored<Row> = { readonly [Column in keyof Row]: Column extends 'amount' | 'isTakenUp' ? unknown : Row[Column] };

const standing = (place: Place): string => `t."gw_id" AS "key", ${place.source} AS "sourceId", t."dataAreaId" AS "legalEntityId",
  ${place.document} AS "documentNumber", ${place.amount} AS "amount", ${place.currency} AS "currencyCode", ${place.arrived} AS "arrivedOn",
  q."gw_quarantinedon" AS "quarantinedOn", q."gw_quarantinedby" AS "quarantinedBy"`;
const amountOf = (stored: unknown): Decimal | null => (stored === null ? null : moneyFromSum(stored));

/** The orphans of one kind behind a key, at most `limit`: all of them, or only those that are in quarantine, or only the others. */
export async function readOrphans(session: Session, kind: OrphanKind, isQuarantined: boolean | null, after: string, limit: number): Promise<OrphanRow[]> {
  const place = ORPHANS[kind];
  const state = isQuarantined === null ? '1 = 1' : `q."gw_quarantinedon" IS ${isQuarantined ? 'NOT NULL' : 'NULL'}`;
  const rows = await query<Stored<Omit<OrphanRow, 'kind' | 'type'>>>(session, sql`SELECT ${raw(`${standing(place)}, ${place.takenUp} AS "isTakenUp"
    FROM ${place.from} WHERE ${place.where} AND ${state}`)} AND t."gw_id" > ${after} ORDER BY t."gw_id" LIMIT ${limit}`);
  return rows.map((row) => ({
    ...row, kind, type: place.type, amount: amountOf(row.amount), isTakenUp: row.isTakenUp === true || row.isTakenUp === 1,
  }));
}

/** Which rows in quarantine are asked for; null does not matter. */
export interface QuarantineFilter {
  readonly legalEntityIds: readonly string[] | null;
  readonly reasons: readonly OrphanKind[] | null;
}

function inQuarantine(session: Session, { legalEntityIds, reasons }: QuarantineFilter): Sql {
  return join([
    raw('t."gw_quarantinedon" IS NOT NULL'),
    ...(legalEntityIds ? [inList(session, raw('t."dataAreaId"'), legalEntityIds)] : []),
    ...(reasons ? [inList(session, raw('t."gw_quarantinereason"'), reasons)] : []),
  ], ' AND ');
}

/** The rows in quarantine of one place behind a key, at most `limit`. */
export async function readQuarantined(session: Session, place: number, filter: QuarantineFilter, after: string, limit: number): Promise<QuarantinedRow[]> {
  const { type, why, ...shared } = QUARANTINES[place]!;
  const rows = await query<Stored<Omit<QuarantinedRow, 'type'>>>(session, sql`SELECT ${raw(`${standing({ type, ...shared })},
    t."gw_quarantinereason" AS "reason", ${why} AS "stillGone"
    FROM ${shared.from}`)} WHERE ${inQuarantine(session, filter)} AND t."gw_id" > ${after} ORDER BY t."gw_id" LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, type, amount: amountOf(row.amount) }));
}

/** How many rows are in quarantine. */
export async function countQuarantined(session: Session, filter: QuarantineFilter): Promise<number> {
  const counts = QUARANTINES.map(({ from }) => sql`SELECT COUNT(*) AS "count" FROM ${raw(from)} WHERE ${inQuarantine(session, filter)}`);
  const rows = await query<{ count: string | number }>(session, join(counts, ' UNION ALL '));
  return rows.reduce((total, { count }) => total + Number(count), 0);
}

/** The number of the place of an orphan in the list. */
export const placeOfKind = (kind: OrphanKind): number => ORPHAN_KINDS.indexOf(kind);
/** The number of the place of a row in quarantine. */
export const placeOfQuarantined = (type: StandingRow['type']): number => QUARANTINES.findIndex((place) => place.type === type);
