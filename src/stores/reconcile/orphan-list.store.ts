import { type Decimal } from '../../kernel/decimal';
import { moneyFromSum } from '../../entities/columns';
import { name, query, raw, sql, type Session } from '../session';

/** What has lost its source, in the order of the list. A proposal cannot: the database keeps the proforma that it names. */
export enum OrphanKind {
  ACTUAL_GONE = 'ACTUAL_GONE',
  MILESTONE_GONE = 'MILESTONE_GONE',
  CONNECTION_GONE = 'CONNECTION_GONE',
  CONNECTION_END_GONE = 'CONNECTION_END_GONE',
}

export const ORPHAN_KINDS = Object.values(OrphanKind);

/** A row of finance that stands for nothing in Dataverse. */
export interface OrphanRow {
  readonly kind: OrphanKind;
  readonly key: string;
  /** Key of the record in Dataverse that is gone; of a connection with a lost end, its own. */
  readonly sourceId: string;
  readonly legalEntityId: string;
  readonly documentNumber: string | null;
  readonly amount: Decimal | null;
  readonly currencyCode: string | null;
  readonly arrivedOn: string | null;
  /** Whether finance has gone on with it: a journal or proposal line, an on-account transaction. */
  readonly isTakenUp: boolean;
}

interface Place {
  readonly table: string;
  readonly source: string;
  readonly document: string;
  readonly amount: string;
  readonly currency: string;
  readonly arrived: string;
  readonly takenUp: string;
  readonly where: string;
}

const NONE = 'NULL';
const gone = (table: string, key: string, id: string) => `NOT EXISTS (SELECT 1 FROM "${table}" d WHERE d."${key}" = ${id})`;
const CONNECTION = {
  table: 'ProjCDSTransactionRelationshipImport', source: 't."ConnectionId"', document: NONE, amount: NONE, currency: NONE, arrived: NONE, takenUp: 'false',
};
const CONNECTION_IS_GONE = gone('msdyn_transactionconnection', 'msdyn_transactionconnectionid', 't."ConnectionId"');
const anEndIsGone = [1, 2].map((end) => gone('msdyn_actual', 'msdyn_actualid', `t."Transaction${end}Id"`)).join(' OR ');

const PLACES: Readonly<Record<OrphanKind, Place>> = {
  [OrphanKind.ACTUAL_GONE]: {
    table: 'ProjCDSActualsImport', source: 't."ActualId"', document: 't."InvoiceId"', amount: 't."Amount"', currency: 't."TransactionCurrencyId"',
    arrived: 't."CreatedDateTime"', takenUp: 't."IsProcessed"', where: gone('msdyn_actual', 'msdyn_actualid', 't."ActualId"'),
  },
  [OrphanKind.MILESTONE_GONE]: {
    table: 'ProjCDSContractLineMilestoneImport', source: 't."TransactionId"', document: NONE, amount: 't."Amount"', currency: 't."CurrencyId"', arrived: NONE,
    takenUp: 't."gw_isprocessed"', where: gone('msdyn_contractlinescheduleofvalue', 'msdyn_contractlinescheduleofvalueid', 't."TransactionId"'),
  },
  [OrphanKind.CONNECTION_GONE]: { ...CONNECTION, where: CONNECTION_IS_GONE },
  [OrphanKind.CONNECTION_END_GONE]: { ...CONNECTION, where: `NOT (${CONNECTION_IS_GONE}) AND (${anEndIsGone})` },
};

interface StoredOrphan extends Omit<OrphanRow, 'kind' | 'amount' | 'isTakenUp'> {
  readonly amount: unknown;
  readonly isTakenUp: unknown;
}

/** The orphans of one kind behind a key, at most `limit`. */
export async function readOrphans(session: Session, kind: OrphanKind, after: string, limit: number): Promise<OrphanRow[]> {
  const place = PLACES[kind];
  const rows = await query<StoredOrphan>(session, sql`SELECT t."gw_id" AS "key", ${raw(place.source)} AS "sourceId", t."dataAreaId" AS "legalEntityId",
      ${raw(place.document)} AS "documentNumber", ${raw(place.amount)} AS "amount", ${raw(place.currency)} AS "currencyCode",
      ${raw(place.arrived)} AS "arrivedOn", ${raw(place.takenUp)} AS "isTakenUp"
    FROM ${name(place.table)} t WHERE ${raw(place.where)} AND t."gw_id" > ${after} ORDER BY t."gw_id" LIMIT ${limit}`);
  return rows.map((row) => ({
    ...row, kind, amount: row.amount === null ? null : moneyFromSum(row.amount), isTakenUp: row.isTakenUp === true || row.isTakenUp === 1,
  }));
}
