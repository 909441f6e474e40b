import { fromStored, moneyFromSum } from '../../entities/columns';
import type { Decimal } from '../../kernel/decimal';
import { inList, join, query, raw, sql, type Session, type Sql } from '../session';
import { GAPS, IS_MISSING, type Gap, type OutOfStepType } from './gaps';
import type { ReconciliationCause, ReconciliationFlow, ReconciliationStage } from './reconciliation.enums';
import { CONFIRMED_PROFORMA, OWNERS, withinScope, type ReconciliationScope } from './scope';

/** Which records out of step are wanted; what is left out does not matter. */
export interface OutOfStepFilter {
  readonly causes?: readonly ReconciliationCause[] | null;
  readonly flows?: readonly ReconciliationFlow[] | null;
  readonly stages?: readonly ReconciliationStage[] | null;
  readonly proformaNumber?: string | null;
}

/** A record that has not reached the next stage. Its cause is null where its proforma as a whole is held back. */
export interface OutOfStepRow {
  readonly gap: number;
  readonly key: string;
  readonly type: OutOfStepType;
  readonly flow: ReconciliationFlow;
  readonly stage: ReconciliationStage;
  readonly legalEntityId: string;
  readonly currencyCode: string;
  readonly number: string | null;
  readonly proformaNumber: string | null;
  readonly amount: Decimal;
  readonly since: string | null;
  readonly cause: ReconciliationCause | null;
  readonly code: string | null;
  readonly detail: string | null;
}

/** How many records of one gap, currency and cause are out of step, and their sum. */
export interface OutOfStepSum {
  readonly flow: ReconciliationFlow;
  readonly stage: ReconciliationStage;
  readonly legalEntityId: string;
  readonly currencyCode: string;
  readonly cause: ReconciliationCause | null;
  /** Where the cause is null: the proforma that tells it. */
  readonly proformaNumber: string | null;
  readonly count: number;
  readonly amount: Decimal;
  /** What they add to what the stage misses: nothing, where both stages have them; less than nothing, where only this stage has. */
  readonly missingCount: number;
  readonly missingAmount: Decimal;
}

/** Where a page begins: behind this record of this gap. */
export interface OutOfStepPlace {
  readonly gap: number;
  readonly key: string;
}

interface Wanted {
  readonly scope: ReconciliationScope;
  readonly filter: OutOfStepFilter;
  /** Only rows of proformas that are held back whole with these numbers, or all but these; null for all of them. */
  readonly held: HeldBack | null;
}

/** Which rows of proformas that are held back whole a filter of causes takes. */
export interface HeldBack {
  readonly numbers: readonly string[];
  /** Rows whose proforma is none of `examined` are wanted too: those of no confirmed proforma, or those beside the lines of one. */
  readonly examined: readonly string[];
  readonly withoutProforma: boolean;
  readonly besideLines: boolean;
}

export interface GapsWanted {
  readonly places: readonly number[];
  /** Whether one of them needs the blockers of proformas. */
  readonly needBlockers: boolean;
}

/** The gaps that a filter leaves. */
export function gapsWanted({ flows, stages }: OutOfStepFilter): GapsWanted {
  const places = GAPS.flatMap((gap, place) => {
    const isWanted = (!stages || stages.includes(gap.stage)) && (!flows || gap.flows.some((flow) => flows.includes(flow)));
    return isWanted ? [place] : [];
  });
  return { places, needBlockers: places.some((place) => GAPS[place]!.cause === null) };
}

const HAS_LINES = (proforma: string): string => `EXISTS (SELECT 1 FROM "ProjProposalJour" h WHERE h."ProposalId" = ${proforma} AND h."gw_haslines" = true)`;

function heldCondition(session: Session, gap: Gap, held: HeldBack | null): Sql {
  if (!held) return raw('1 = 1');
  const number = raw(gap.proforma);
  const isExamined = sql`(${number} IS NOT NULL AND ${inList(session, number, held.examined)})`;
  return join([
    sql`(${number} IS NOT NULL AND ${inList(session, number, held.numbers)})`,
    ...(held.withoutProforma ? [sql`(NOT ${isExamined} AND NOT ${raw(HAS_LINES(gap.proforma))})`] : []),
    ...(held.besideLines ? [sql`(NOT ${isExamined} AND ${raw(HAS_LINES(gap.proforma))})`] : []),
  ], ' OR ');
}

function conditionOf(session: Session, gap: Gap, { scope, filter, held }: Wanted): Sql {
  const { causes, flows, proformaNumber } = filter;
  const ofCause = gap.cause === null ? heldCondition(session, gap, held) : causes ? inList(session, raw(`(${gap.cause})`), causes) : raw('1 = 1');
  return join([
    raw(`(${gap.where})`), withinScope(session, gap.owner, scope), sql`(${ofCause})`,
    ...(flows ? [inList(session, raw(`(${gap.flow})`), flows)] : []),
    ...(proformaNumber ? [sql`${raw(gap.proforma)} = ${proformaNumber}`] : []),
  ], ' AND ');
}

const currencyOf = (gap: Gap): string => gap.currency ?? gap.owner.currency;
/** A null that both engines take for text. */
const causeSql = (gap: Gap): string => gap.cause ?? 'CAST(NULL AS VARCHAR)';

interface RawRow {
  key: string; flow: ReconciliationFlow; entity: string; currency: string; number: string | null; proforma: string | null; amount: unknown;
  since: string | null; cause: ReconciliationCause | null; code: string | null; detail: string | null; beside: unknown;
}

export interface OutOfStepFound extends OutOfStepRow {
  /** Where the cause is null: whether the proposal has its lines, and this row is none of them. */
  readonly isBesideLines: boolean;
}

/** The next rows of one gap behind a key, in key order. */
export async function readGap(session: Session, place: number, wanted: Wanted, after: string, limit: number): Promise<OutOfStepFound[]> {
  const gap = GAPS[place]!;
  const beside = gap.cause === null ? `CASE WHEN ${HAS_LINES(gap.proforma)} THEN 1 ELSE 0 END` : '0';
  const rows = await query<RawRow>(session, sql`
    SELECT ${raw(`${gap.key} AS "key", ${gap.flow} AS "flow", ${gap.owner.entity} AS "entity", ${currencyOf(gap)} AS "currency", ${gap.number} AS "number",
      ${gap.proforma} AS "proforma", ${gap.amount} AS "amount", ${gap.since} AS "since", ${causeSql(gap)} AS "cause", ${gap.code} AS "code",
      ${gap.detail} AS "detail", ${beside} AS "beside"`)}
    FROM ${raw(`${gap.owner.from} ${gap.joins}`)} WHERE ${conditionOf(session, gap, wanted)} AND ${raw(gap.key)} > ${after}
    ORDER BY ${raw(gap.key)} LIMIT ${limit}`);
  return rows.map((row) => ({
    gap: place, key: row.key, type: gap.type, flow: row.flow, stage: gap.stage, legalEntityId: row.entity, currencyCode: row.currency, number: row.number,
    proformaNumber: row.proforma, amount: fromStored({ kind: 'money' }, row.amount) as Decimal, since: row.since, cause: row.cause, code: row.code,
    detail: row.detail, isBesideLines: Number(row.beside) === 1,
  }));
}

/** Counts and sums of the gaps by legal entity, currency and cause: one statement for all of them. */
export async function readGapSums(session: Session, places: readonly number[], wanted: Wanted): Promise<(OutOfStepSum & { readonly isBesideLines: boolean })[]> {
  if (places.length === 0) return [];
  const parts = places.map((place) => {
    const gap = GAPS[place]!;
    const isHeld = gap.cause === null;
    return sql`SELECT ${raw(`${place} AS "gap", ${gap.flow} AS "flow", ${gap.owner.entity} AS "entity", ${currencyOf(gap)} AS "currency", ${causeSql(gap)} AS "cause",
        ${isHeld ? gap.proforma : 'CAST(NULL AS VARCHAR)'} AS "proforma", ${isHeld ? `CASE WHEN ${HAS_LINES(gap.proforma)} THEN 1 ELSE 0 END` : '0'} AS "beside",
        COUNT(*) AS "count", CAST(SUM(${gap.amount}) AS TEXT) AS "amount"`)}
      FROM ${raw(`${gap.owner.from} ${gap.joins}`)} WHERE ${conditionOf(session, gap, wanted)} GROUP BY 1, 2, 3, 4, 5, 6, 7`;
  });
  const rows = await query<{
    gap: string | number; flow: ReconciliationFlow; entity: string; currency: string; cause: ReconciliationCause | null; proforma: string | null;
    beside: unknown; count: string | number; amount: string;
  }>(session, join(parts, ' UNION ALL '));
  return rows.map((row) => {
    const { stage, misses = IS_MISSING } = GAPS[Number(row.gap)]!;
    const [count, amount] = [Number(row.count), moneyFromSum(row.amount)];
    return {
      flow: row.flow, stage, legalEntityId: row.entity, currencyCode: row.currency, cause: row.cause, proformaNumber: row.proforma,
      count, amount, missingCount: count * misses.count, missingAmount: amount.times(misses.amount), isBesideLines: Number(row.beside) === 1,
    };
  });
}

/** Confirmed proformas whose proposals have no lines, or that have no proposal: the ones that are held back whole, in key order. */
export async function readHeldBack(
  session: Session, scope: ReconciliationScope, proformaNumber: string | null, after: string, limit: number,
): Promise<{ id: string; number: string }[]> {
  return query(session, sql`SELECT i."invoiceid" AS "id", i."invoicenumber" AS "number" FROM ${raw(OWNERS.proforma.from)}
    LEFT JOIN "ProjProposalJour" p ON p."gw_invoiceid" = i."invoiceid"
    WHERE ${raw(CONFIRMED_PROFORMA)} AND (p."gw_id" IS NULL OR p."gw_haslines" = false) AND ${withinScope(session, OWNERS.proforma, scope)}
      AND ${proformaNumber ? sql`i."invoicenumber" = ${proformaNumber}` : raw('1 = 1')} AND i."invoiceid" > ${after}
    ORDER BY i."invoiceid" LIMIT ${limit}`);
}
