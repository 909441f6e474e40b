import { moneyFromSum } from '../../entities/columns';
import { IntegrationJournalLineStatus, LegalEntity } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { selectRows } from '../bulk';
import { inList, join, query, raw, sql, type Session, type Sql } from '../session';
import { ReconciliationFlow, ReconciliationStage } from './reconciliation.enums';
import {
  AMOUNT_OF_ACTUAL, AMOUNT_OF_STAGED, AN_END_IS_SKIPPED, BETWEEN_ACTUALS, CONFIRMED_PROFORMA, FLOW_OF_ACTUAL, FOLLOWED_ACTUAL, FOLLOWED_STAGED, flowOfStaged, OWNERS, withinScope,
  type Owner, type ReconciliationScope,
} from './scope';

/** What one stage of a flow holds, by legal entity and transaction currency. */
export interface StageSum {
  readonly legalEntityId: string;
  readonly currencyCode: string;
  readonly flow: ReconciliationFlow;
  readonly stage: ReconciliationStage;
  readonly count: number;
  readonly amount: Decimal;
  /** In accounting currency; null where the stage comes before posting. */
  readonly accountingAmount: Decimal | null;
}

/** A stage as rows of a table: which of them, and with what amounts. */
interface StagePart {
  readonly stage: ReconciliationStage;
  readonly when: string;
  readonly amount: string;
  readonly accounting?: string;
}

/** A table read once, for one to three stages. */
interface StageSource {
  readonly owner: Owner;
  readonly flow: string;
  readonly where: string;
  readonly stages: readonly StagePart[];
}

const { SKIPPED, RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK } = ReconciliationStage;
const ALL = '1 = 1';
const flowNamed = (flow: ReconciliationFlow): string => `'${flow}'`;

const SOURCES: readonly StageSource[] = [
  {
    owner: OWNERS.actual, flow: FLOW_OF_ACTUAL, where: FOLLOWED_ACTUAL,
    stages: [
      { stage: SKIPPED, when: 'a."gw_skipsync" = true', amount: AMOUNT_OF_ACTUAL },
      { stage: RECORDED, when: 'a."gw_skipsync" = false', amount: AMOUNT_OF_ACTUAL },
      { stage: WRITTEN_BACK, when: 'a."gw_vouchernumber" IS NOT NULL', amount: AMOUNT_OF_ACTUAL, accounting: 'a."gw_accountingamount"' },
    ],
  },
  { owner: OWNERS.stagedActual, flow: flowOfStaged('s'), where: FOLLOWED_STAGED, stages: [{ stage: STAGED, when: ALL, amount: AMOUNT_OF_STAGED }] },
  {
    owner: OWNERS.journalLine, flow: flowOfStaged('l'), where: ALL,
    stages: [
      { stage: TAKEN_UP, when: ALL, amount: 'l."Amount"' },
      { stage: POSTED, when: `l."Status" = ${IntegrationJournalLineStatus.POSTED}`, amount: 'l."Amount"', accounting: 'l."AccountingAmount"' },
    ],
  },
  { owner: OWNERS.proposalLine, flow: flowNamed(ReconciliationFlow.BILLED_SALES), where: ALL, stages: [{ stage: TAKEN_UP, when: ALL, amount: 'l."LineAmount"' }] },
  {
    owner: OWNERS.invoiceLine, flow: flowNamed(ReconciliationFlow.BILLED_SALES), where: ALL,
    stages: [{ stage: POSTED, when: ALL, amount: 'l."LineAmount"', accounting: 'l."LineAmountMST"' }],
  },
  {
    owner: OWNERS.proforma, flow: flowNamed(ReconciliationFlow.DOCUMENTS), where: CONFIRMED_PROFORMA,
    stages: [
      { stage: RECORDED, when: ALL, amount: 'i."totallineitemamount"' },
      { stage: WRITTEN_BACK, when: 'i."msdyn_invoicenumber" IS NOT NULL', amount: 'i."totallineitemamount"' },
    ],
  },
  {
    owner: OWNERS.proposal, flow: flowNamed(ReconciliationFlow.DOCUMENTS), where: ALL,
    stages: [
      { stage: STAGED, when: ALL, amount: 'i."totallineitemamount"' },
      { stage: TAKEN_UP, when: 'p."gw_haslines" = true', amount: 'p."SalesOrderbalance"' },
    ],
  },
  {
    owner: OWNERS.invoice, flow: flowNamed(ReconciliationFlow.DOCUMENTS), where: ALL,
    stages: [{ stage: POSTED, when: ALL, amount: 'j."SalesOrderbalance"' }],
  },
  { owner: OWNERS.milestone, flow: flowNamed(ReconciliationFlow.MILESTONES), where: ALL, stages: [{ stage: RECORDED, when: ALL, amount: 'm."msdyn_amount"' }] },
  { owner: OWNERS.stagedMilestone, flow: flowNamed(ReconciliationFlow.MILESTONES), where: ALL, stages: [{ stage: STAGED, when: ALL, amount: 's."Amount"' }] },
  { owner: OWNERS.onAccount, flow: flowNamed(ReconciliationFlow.MILESTONES), where: ALL, stages: [{ stage: TAKEN_UP, when: ALL, amount: 't."Amount"' }] },
  {
    owner: OWNERS.connection, flow: flowNamed(ReconciliationFlow.CONNECTIONS), where: BETWEEN_ACTUALS,
    stages: [{ stage: SKIPPED, when: AN_END_IS_SKIPPED, amount: '0' }, { stage: RECORDED, when: `NOT ${AN_END_IS_SKIPPED}`, amount: '0' }],
  },
  { owner: OWNERS.stagedConnection, flow: flowNamed(ReconciliationFlow.CONNECTIONS), where: ALL, stages: [{ stage: STAGED, when: ALL, amount: '0' }] },
];

/** Stages that one table can hold at the most. */
const STAGES_OF_SOURCE_MAX = 3;

/** Count and sums of a stage; sums leave SQL as text, because those of many rows are beyond what a number holds exactly. */
function sumsOf(part: StagePart | undefined, place: number): Sql {
  const sum = (amount: string) => (part ? `CAST(SUM(CASE WHEN ${part.when} THEN ${amount} ELSE 0 END) AS TEXT)` : 'CAST(NULL AS TEXT)');
  const count = part ? `SUM(CASE WHEN ${part.when} THEN 1 ELSE 0 END)` : '0';
  const accounting = part?.accounting ? sum(part.accounting) : 'CAST(NULL AS TEXT)';
  return raw(`${count} AS "count${place}", ${sum(part?.amount ?? '0')} AS "amount${place}", ${accounting} AS "accounting${place}"`);
}

function sourceSql(session: Session, { owner, flow, where, stages }: StageSource, place: number, scope: ReconciliationScope): Sql {
  return sql`SELECT ${raw(`${place} AS "source", ${flow} AS "flow", ${owner.entity} AS "entity", ${owner.currency} AS "currency"`)},
      ${join(Array.from({ length: STAGES_OF_SOURCE_MAX }, (_, part) => sumsOf(stages[part], part)), ', ')}
    FROM ${raw(owner.from)} WHERE ${raw(where)} AND ${withinScope(session, owner, scope)} GROUP BY 2, 3, 4`;
}

interface SumRow extends Record<`count${number}` | `amount${number}` | `accounting${number}`, string | number | null> {
  source: string | number;
  flow: ReconciliationFlow;
  entity: string;
  currency: string;
}

function stageSumsOf(row: SumRow): StageSum[] {
  const { flow, entity: legalEntityId, currency: currencyCode } = row;
  return SOURCES[Number(row.source)]!.stages.flatMap((part, place) => {
    const count = Number(row[`count${place}`]);
    if (count === 0) return [];
    const accountingAmount = part.accounting ? moneyFromSum(row[`accounting${place}`]) : null;
    return [{ legalEntityId, currencyCode, flow, stage: part.stage, count, amount: moneyFromSum(row[`amount${place}`]), accountingAmount }];
  });
}

/** Counts and exact sums of every stage, by legal entity and transaction currency: one statement, whatever the tables hold. */
export async function readStageSums(session: Session, scope: ReconciliationScope): Promise<StageSum[]> {
  const rows = await query<SumRow>(session, join(SOURCES.map((source, place) => sourceSql(session, source, place, scope)), ' UNION ALL '));
  return rows.flatMap(stageSumsOf);
}

/** The accounting currency of each legal entity that finance has. */
export async function accountingCurrenciesOf(session: Session, legalEntityIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await selectRows(session, LegalEntity, sql`WHERE ${inList(session, raw('t."LegalEntityId"'), legalEntityIds)}`);
  return new Map(rows.map((row) => [row.legalEntityId, row.accountingCurrency]));
}
