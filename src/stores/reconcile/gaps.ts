import { TransactionType } from '../../entities/dataverse';
import { MAP_FLOWS } from '../../entities/dual-write';
import { IntegrationJournalLineStatus, ProjCdsTransType } from '../../entities/finance';
import { ReconciliationCause as Cause, ReconciliationFlow as Flow, ReconciliationStage as Stage } from './reconciliation.enums';
import {
  AMOUNT_OF_ACTUAL, AMOUNT_OF_STAGED, AN_END_IS_SKIPPED, BETWEEN_ACTUALS, CONFIRMED_PROFORMA, CONNECTED, FLOW_OF_ACTUAL, FOLLOWED_ACTUAL, FOLLOWED_STAGED, flowOfStaged, OWNERS,
  type Owner,
} from './scope';
import { syncCauseOf, type SyncCause } from './sync-cause';

/** The types of the graph that records out of step are of. */
export type OutOfStepType =
  | 'Actual' | 'ProformaInvoice' | 'Milestone' | 'StagedActual' | 'IntegrationJournalLine' | 'InvoiceProposal' | 'InvoiceProposalLine'
  | 'CustomerInvoice' | 'TransactionConnection' | 'StagedConnection';

/** What one record adds to what its stage misses: 1, 0 or -1 records, and its amount as often. */
interface Misses {
  readonly count: number;
  readonly amount: number;
}

/** The stage before has it, and the stage has not. */
export const IS_MISSING: Misses = { count: 1, amount: 1 };
/** Both stages have it; only the difference of the amounts is missing. */
const DIFFERS: Misses = { count: 0, amount: 1 };
/** The stage has it, and the stage before has not. */
const IS_TOO_MUCH: Misses = { count: -1, amount: -1 };
/** Neither stage counts it, or the difference is in another currency than the one that stages are compared in. */
const STANDS_APART: Misses = { count: 0, amount: 0 };

/**
 * Where records can stay behind: the rows that reached one stage and not the next, as SQL. `cause` is SQL too, so that lists can be
 * filtered and counted by it; null where the proforma as a whole is held back, whose blockers tell the cause.
 */
export interface Gap {
  /** The stage that these records have not reached. */
  readonly stage: Stage;
  readonly flow: string;
  readonly flows: readonly Flow[];
  readonly type: OutOfStepType;
  readonly owner: Owner;
  readonly joins: string;
  readonly where: string;
  readonly key: string;
  readonly number: string;
  readonly proforma: string;
  readonly amount: string;
  /** Currency of the amount, where it is not that of the owner. */
  readonly currency?: string;
  readonly since: string;
  readonly cause: string | null;
  readonly code: string;
  readonly detail: string;
  /** `IS_MISSING`, unless said. */
  readonly misses?: Misses;
}

const NONE = 'CAST(NULL AS VARCHAR)';
const POSTED_FLOWS = [Flow.COST, Flow.UNBILLED_SALES, Flow.BILLED_SALES];
const ACTUAL_FLOWS = [...POSTED_FLOWS, Flow.INTER_ORGANIZATIONAL];
const SOURCE_GONE = 'NOT EXISTS (SELECT 1 FROM "msdyn_actual" g WHERE g."msdyn_actualid" = s."ActualId")';
const MILESTONE_GONE = 'NOT EXISTS (SELECT 1 FROM "msdyn_contractlinescheduleofvalue" m WHERE m."msdyn_contractlinescheduleofvalueid" = s."TransactionId")';
const IN_QUARANTINE = 's."gw_quarantinedon" IS NOT NULL';
const SINCE_STAGED = 'COALESCE(s."gw_quarantinedon", s."CreatedDateTime")';
const named = (flow: Flow): { flow: string; flows: readonly Flow[] } => ({ flow: `'${flow}'`, flows: [flow] });
const isCause = (cause: Cause): string => `'${cause}'`;
/** Cause of a staged row whose source is gone; what is in quarantine has a next step. */
const GONE = `CASE WHEN ${IN_QUARANTINE} THEN '${Cause.QUARANTINED}' ELSE '${Cause.ORPHAN}' END`;
const PROFORMA_OF_ACTUAL = 'LEFT JOIN "invoice" i ON i."invoiceid" = a."msdyn_invoice"';

function carried(sync: SyncCause): Pick<Gap, 'cause' | 'detail' | 'code' | 'since'> {
  return { cause: sync.cause, detail: sync.detail, code: sync.code, since: sync.since };
}

const header = syncCauseOf({
  map: MAP_FLOWS.invoices, key: 'i."invoiceid"', changeSet: 'i."gw_changesetid"', queued: Cause.NOT_SYNCED, otherwise: Cause.LEFT_OUT_BY_MAP,
});
const actual = syncCauseOf({
  map: MAP_FLOWS.actuals, key: 'a."msdyn_actualid"', changeSet: 'a."gw_changesetid"', queued: Cause.NOT_SYNCED, otherwise: Cause.LEFT_OUT_BY_MAP,
});
const milestoneKey = { map: MAP_FLOWS.milestones, key: 'm."msdyn_contractlinescheduleofvalueid"', changeSet: 'm."gw_changesetid"', queued: Cause.NOT_SYNCED };
const milestone = syncCauseOf({ ...milestoneKey, otherwise: Cause.LEFT_OUT_BY_MAP });
const milestoneAmount = syncCauseOf({ ...milestoneKey, otherwise: Cause.AMOUNTS_DIFFER });
const actualBack = syncCauseOf({
  map: MAP_FLOWS.actualsWriteBack, key: 's."gw_id"', changeSet: 's."gw_changesetid"', queued: Cause.NOT_WRITTEN_BACK, otherwise: Cause.LEFT_OUT_BY_MAP,
});
const connectionKey = { map: MAP_FLOWS.connections, key: 'x."msdyn_transactionconnectionid"', changeSet: 'x."gw_changesetid"', queued: Cause.NOT_SYNCED };
const connection = syncCauseOf({ ...connectionKey, otherwise: Cause.LEFT_OUT_BY_MAP });
const connectionChange = syncCauseOf({ ...connectionKey, otherwise: Cause.CONNECTION_DIFFERS });
const headerBack = syncCauseOf({
  map: MAP_FLOWS.customerInvoices, key: 'j."gw_id"', changeSet: 'j."gw_changesetid"', queued: Cause.NOT_WRITTEN_BACK, otherwise: Cause.LEFT_OUT_BY_MAP,
});

const PROFORMA = { ...named(Flow.DOCUMENTS), type: 'ProformaInvoice', owner: OWNERS.proforma, key: 'i."invoiceid"', number: 'i."invoicenumber"', proforma: 'i."invoicenumber"', amount: 'i."totallineitemamount"' } as const;
const ACTUAL = { flow: FLOW_OF_ACTUAL, flows: ACTUAL_FLOWS, type: 'Actual', owner: OWNERS.actual, key: 'a."msdyn_actualid"', number: NONE, proforma: 'i."invoicenumber"', amount: AMOUNT_OF_ACTUAL } as const;
const STAGED_ACTUAL = { type: 'StagedActual', owner: OWNERS.stagedActual, key: 's."gw_id"', number: NONE, proforma: 's."InvoiceId"', amount: AMOUNT_OF_STAGED } as const;
const MILESTONE = { ...named(Flow.MILESTONES), type: 'Milestone', owner: OWNERS.milestone, key: 'm."msdyn_contractlinescheduleofvalueid"', number: 'm."msdyn_name"', proforma: NONE } as const;
/** From the staging table on: these are listed whether or not Dataverse still has the milestone. */
const STAGED_MILESTONE = { ...MILESTONE, owner: OWNERS.stagedMilestone, key: 's."TransactionId"', number: 's."Description"' } as const;
const JOURNAL_LINE = { flow: flowOfStaged('l'), flows: [Flow.COST, Flow.UNBILLED_SALES], type: 'IntegrationJournalLine', owner: OWNERS.journalLine, key: 'l."gw_id"', proforma: NONE } as const;
const PROPOSAL = { ...named(Flow.DOCUMENTS), type: 'InvoiceProposal', owner: OWNERS.proposal, key: 'p."gw_id"', number: 'p."ProposalId"', proforma: 'p."ProposalId"' } as const;
const PROPOSAL_LINE = { ...named(Flow.BILLED_SALES), type: 'InvoiceProposalLine', owner: OWNERS.proposalLine, key: 'l."gw_id"', number: NONE, proforma: 'p."ProposalId"' } as const;
const CONNECTION = {
  ...named(Flow.CONNECTIONS), stage: Stage.STAGED, type: 'TransactionConnection', owner: OWNERS.connection, key: 'x."msdyn_transactionconnectionid"',
  number: 'x."msdyn_name"', proforma: 'i."invoicenumber"', amount: '0',
} as const;
const STAGED_CONNECTION = {
  ...named(Flow.CONNECTIONS), stage: Stage.STAGED, type: 'StagedConnection', owner: OWNERS.stagedConnection, key: 's."gw_id"', number: NONE, proforma: 'f."InvoiceId"', amount: '0',
  code: NONE, detail: NONE, since: 'f."gw_quarantinedon"',
} as const;
const STAGED_OF_MILESTONE = 'JOIN "ProjCDSContractLineMilestoneImport" s ON s."TransactionId" = m."msdyn_contractlinescheduleofvalueid"';

/** From Dataverse to the staging tables. */
const TO_STAGING: readonly Gap[] = [
  {
    ...PROFORMA, stage: Stage.STAGED, joins: `LEFT JOIN "ProjProposalJour" p ON p."gw_invoiceid" = i."invoiceid" ${header.joins}`,
    where: `${CONFIRMED_PROFORMA} AND p."gw_id" IS NULL`, ...carried(header), since: `COALESCE(${header.since}, i."gw_confirmedon", i."createdon")`,
  },
  {
    ...ACTUAL, stage: Stage.STAGED, joins: `${PROFORMA_OF_ACTUAL} LEFT JOIN "ProjCDSActualsImport" s ON s."ActualId" = a."msdyn_actualid" ${actual.joins}`,
    where: `${FOLLOWED_ACTUAL} AND a."gw_skipsync" = false AND s."gw_id" IS NULL`, ...carried(actual), since: `COALESCE(${actual.since}, a."createdon")`,
  },
  {
    ...ACTUAL, flows: [Flow.BILLED_SALES], stage: Stage.STAGED, joins: PROFORMA_OF_ACTUAL,
    where: `a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} AND a."gw_skipsync" = true`,
    cause: isCause(Cause.SKIP_SYNC), code: NONE, detail: NONE, since: 'a."createdon"', misses: STANDS_APART,
  },
  {
    ...MILESTONE, stage: Stage.STAGED, joins: `LEFT ${STAGED_OF_MILESTONE} ${milestone.joins}`, where: 's."gw_id" IS NULL',
    amount: 'm."msdyn_amount"', ...carried(milestone),
  },
  {
    ...MILESTONE, stage: Stage.STAGED, joins: `${STAGED_OF_MILESTONE} ${milestoneAmount.joins}`, where: 's."Amount" <> m."msdyn_amount"',
    amount: 'm."msdyn_amount" - s."Amount"', ...carried(milestoneAmount), detail: `COALESCE(e."DetailedErrorMessage", 'the milestone in Dataverse against the staged one')`, misses: DIFFERS,
  },
  {
    ...STAGED_MILESTONE, stage: Stage.STAGED, joins: '', where: MILESTONE_GONE,
    amount: 's."Amount"', cause: GONE, code: NONE, detail: NONE, since: 's."gw_quarantinedon"', misses: IS_TOO_MUCH,
  },
  {
    ...STAGED_ACTUAL, stage: Stage.STAGED, flow: flowOfStaged('s'), flows: ACTUAL_FLOWS, joins: '', where: `${FOLLOWED_STAGED} AND ${SOURCE_GONE}`,
    cause: GONE, code: NONE, detail: NONE, since: SINCE_STAGED, misses: IS_TOO_MUCH,
  },
  {
    ...STAGED_ACTUAL, stage: Stage.STAGED, flow: flowOfStaged('s'), flows: ACTUAL_FLOWS, joins: `JOIN "msdyn_actual" a ON a."msdyn_actualid" = s."ActualId"`,
    where: `${FOLLOWED_STAGED} AND a."gw_skipsync" = true`, cause: isCause(Cause.STAGED_THOUGH_SKIPPED), code: NONE, detail: NONE,
    since: 's."CreatedDateTime"', misses: IS_TOO_MUCH,
  },
  {
    ...STAGED_ACTUAL, stage: Stage.STAGED, flow: flowOfStaged('s'), flows: ACTUAL_FLOWS, joins: `JOIN "msdyn_actual" a ON a."msdyn_actualid" = s."ActualId"`,
    where: `${FOLLOWED_STAGED} AND a."gw_skipsync" = false AND s."Amount" <> a."msdyn_amount"`, amount: 'a."msdyn_amount" - s."Amount"',
    cause: isCause(Cause.AMOUNTS_DIFFER), code: NONE, detail: `'the actual in Dataverse against the staged one'`, since: 's."CreatedDateTime"', misses: DIFFERS,
  },
  {
    ...STAGED_ACTUAL, ...named(Flow.INTER_ORGANIZATIONAL), stage: Stage.STAGED, joins: '',
    where: `s."TransType" IN (${ProjCdsTransType.RESOURCING_UNIT_COST}, ${ProjCdsTransType.INTER_ORG_SALES}) AND ${IN_QUARANTINE} AND NOT (${SOURCE_GONE})`,
    cause: isCause(Cause.QUARANTINED), code: NONE, detail: NONE, since: SINCE_STAGED, misses: STANDS_APART,
  },
];

const PROFORMA_OF_CONNECTION = `${PROFORMA_OF_ACTUAL} LEFT JOIN "ProjCDSTransactionRelationshipImport" s ON s."ConnectionId" = x."msdyn_transactionconnectionid"`;
const IS_SENT = `${BETWEEN_ACTUALS} AND NOT ${AN_END_IS_SKIPPED}`;
const SAYS_SOMETHING_ELSE = [1, 2].flatMap((end) => [
  `s."Transaction${end}Id" <> x."msdyn_transaction${end}"`, `s."Transaction${end}Role" <> x."msdyn_transaction${end}role"`,
]).join(' OR ');
/** A connection is in quarantine with the staged actual `f` that it begins at. */
const CONNECTION_GONE = `CASE WHEN f."gw_quarantinedon" IS NOT NULL THEN '${Cause.QUARANTINED}' ELSE '${Cause.ORPHAN}' END`;
const IN_DATAVERSE = `FROM ${CONNECTED} WHERE x."msdyn_transactionconnectionid" = s."ConnectionId"`;

/** Connections on their way to the staging table, and those that only one side has. */
const CONNECTIONS_TO_STAGING: readonly Gap[] = [
  {
    ...CONNECTION, joins: `${PROFORMA_OF_CONNECTION} ${connection.joins}`, where: `${IS_SENT} AND s."gw_id" IS NULL`,
    ...carried(connection),
  },
  {
    ...CONNECTION, joins: `${PROFORMA_OF_CONNECTION} ${connectionChange.joins}`, where: `${IS_SENT} AND (${SAYS_SOMETHING_ELSE})`,
    ...carried(connectionChange), misses: STANDS_APART,
  },
  {
    ...CONNECTION, joins: `${PROFORMA_OF_CONNECTION} LEFT JOIN "ProjCDSActualsImport" f ON f."ActualId" = s."Transaction1Id"`,
    where: `${IS_SENT} AND s."gw_id" IS NOT NULL AND b."msdyn_actualid" IS NULL`,
    cause: CONNECTION_GONE, code: NONE, detail: NONE, since: 'f."gw_quarantinedon"', misses: STANDS_APART,
  },
  {
    ...STAGED_CONNECTION, joins: '', where: `NOT EXISTS (SELECT 1 ${IN_DATAVERSE} AND ${IS_SENT})`,
    cause: `CASE WHEN EXISTS (SELECT 1 ${IN_DATAVERSE} AND ${AN_END_IS_SKIPPED}) THEN '${Cause.STAGED_THOUGH_SKIPPED}' ELSE ${CONNECTION_GONE} END`, misses: IS_TOO_MUCH,
  },
];

/** Cause of a staged row that import takes up by itself. */
const ROW_IMPORT = `CASE WHEN ${IN_QUARANTINE} THEN '${Cause.QUARANTINED}' WHEN ${SOURCE_GONE} THEN '${Cause.ORPHAN}' WHEN s."gw_importerrorcode" = 'PREVALIDATION_WAITING' THEN '${Cause.PREVALIDATION_WAITING}'
  WHEN s."gw_importerrorcode" IS NOT NULL THEN '${Cause.IMPORT_ERROR}' ELSE '${Cause.IMPORT_NOT_RUN}' END`;

/** From the staging tables into journals, proposals and on-account transactions. */
const TO_DOCUMENTS: readonly Gap[] = [
  {
    ...STAGED_ACTUAL, stage: Stage.TAKEN_UP, flow: flowOfStaged('s'), flows: [Flow.COST, Flow.UNBILLED_SALES],
    joins: 'LEFT JOIN "ProjAdvancedJournalLine" l ON l."gw_projcdsactualsimport" = s."gw_id"',
    where: `s."TransType" IN (${ProjCdsTransType.COST}, ${ProjCdsTransType.SALES}) AND l."gw_id" IS NULL`,
    cause: ROW_IMPORT, code: 's."gw_importerrorcode"', detail: 's."gw_importerror"', since: SINCE_STAGED,
  },
  {
    ...STAGED_ACTUAL, ...named(Flow.BILLED_SALES), stage: Stage.TAKEN_UP,
    joins: 'LEFT JOIN "gw_ProjProposalTrans" l ON l."gw_projcdsactualsimport" = s."gw_id"',
    where: `s."TransType" = ${ProjCdsTransType.BILLED_SALES} AND l."gw_id" IS NULL AND NOT ${IN_QUARANTINE}`, cause: null, code: NONE, detail: NONE,
    since: 's."CreatedDateTime"',
  },
  {
    ...STAGED_ACTUAL, ...named(Flow.BILLED_SALES), stage: Stage.TAKEN_UP, joins: '', where: `s."TransType" = ${ProjCdsTransType.BILLED_SALES} AND ${IN_QUARANTINE}`,
    cause: isCause(Cause.QUARANTINED), code: NONE, detail: NONE, since: SINCE_STAGED,
  },
  {
    ...PROPOSAL, stage: Stage.TAKEN_UP, joins: '', where: 'p."gw_haslines" = false', amount: 'i."totallineitemamount"',
    cause: null, code: NONE, detail: NONE, since: 'p."CreatedDateTime"',
  },
  {
    ...STAGED_MILESTONE, stage: Stage.TAKEN_UP, joins: 'LEFT JOIN "ProjOnAccTrans" t ON t."gw_milestoneid" = s."TransactionId"', where: 't."gw_id" IS NULL', amount: 's."Amount"',
    cause: `CASE WHEN ${IN_QUARANTINE} THEN '${Cause.QUARANTINED}' WHEN ${MILESTONE_GONE} THEN '${Cause.ORPHAN}' ELSE '${Cause.IMPORT_NOT_RUN}' END`,
    code: NONE, detail: NONE, since: 's."gw_quarantinedon"',
  },
  {
    ...STAGED_MILESTONE, stage: Stage.TAKEN_UP, joins: 'JOIN "ProjOnAccTrans" t ON t."gw_milestoneid" = s."TransactionId"',
    where: 't."Amount" <> s."Amount"', amount: 's."Amount" - t."Amount"',
    cause: `CASE WHEN t."gw_sourceversion" < s."gw_sourceversion" AND t."TransStatus" = 0 THEN '${Cause.IMPORT_NOT_RUN}' ELSE '${Cause.AMOUNTS_DIFFER}' END`,
    code: NONE, detail: `'the staged milestone against its on-account transaction'`, since: NONE, misses: DIFFERS,
  },
  {
    ...JOURNAL_LINE, stage: Stage.TAKEN_UP, number: NONE, joins: 'JOIN "ProjCDSActualsImport" s ON s."gw_id" = l."gw_projcdsactualsimport"', where: 's."Amount" <> l."Amount"',
    amount: 's."Amount" - l."Amount"', cause: isCause(Cause.AMOUNTS_DIFFER), code: NONE, detail: `'the staged actual against the journal line'`, since: 's."CreatedDateTime"', misses: DIFFERS,
  },
  {
    ...PROPOSAL_LINE, stage: Stage.TAKEN_UP, joins: 'JOIN "ProjCDSActualsImport" s ON s."gw_id" = l."gw_projcdsactualsimport"',
    where: `(${AMOUNT_OF_STAGED}) <> l."LineAmount"`, amount: `(${AMOUNT_OF_STAGED}) - l."LineAmount"`,
    cause: isCause(Cause.AMOUNTS_DIFFER), code: NONE, detail: `'the staged actual against the proposal line'`, since: 's."CreatedDateTime"', misses: DIFFERS,
  },
];

const { ERROR, UNRECOVERABLE, INVALID_ACTUALS, POSTED } = IntegrationJournalLineStatus;

/** Posting. */
const TO_LEDGER: readonly Gap[] = [
  {
    ...JOURNAL_LINE, stage: Stage.POSTED, number: 'n."ProjAdvancedJournalId"', joins: 'JOIN "ProjAdvancedJournal" n ON n."gw_id" = l."gw_projadvancedjournal"',
    where: `l."Status" <> ${POSTED}`, amount: 'l."Amount"',
    cause: `CASE WHEN l."Status" IN (${ERROR}, ${UNRECOVERABLE}, ${INVALID_ACTUALS}) THEN '${Cause.JOURNAL_LINE_ERROR}' ELSE '${Cause.JOURNAL_NOT_POSTED}' END`,
    code: NONE, detail: 'COALESCE(l."PostError", n."ProjAdvancedJournalId")', since: 'n."CreatedDateTime"',
  },
  {
    ...PROPOSAL_LINE, stage: Stage.POSTED, joins: 'LEFT JOIN "gw_ProjInvoiceTrans" v ON v."gw_projproposaltrans" = l."gw_id"', where: 'v."gw_id" IS NULL',
    amount: 'l."LineAmount"', cause: isCause(Cause.PROPOSAL_NOT_POSTED), code: NONE, detail: NONE, since: 'p."CreatedDateTime"',
  },
  {
    ...PROPOSAL_LINE, stage: Stage.POSTED, joins: 'JOIN "gw_ProjInvoiceTrans" v ON v."gw_projproposaltrans" = l."gw_id"', where: 'v."LineAmount" <> l."LineAmount"',
    amount: 'l."LineAmount" - v."LineAmount"', cause: isCause(Cause.AMOUNTS_DIFFER), code: NONE, detail: `'the proposal line against the customer invoice line'`, since: 'p."CreatedDateTime"', misses: DIFFERS,
  },
  {
    ...PROPOSAL, stage: Stage.POSTED, joins: 'LEFT JOIN "ProjInvoiceJour" j ON j."gw_projproposaljour" = p."gw_id"', where: 'p."gw_haslines" = true AND j."gw_id" IS NULL',
    amount: 'p."SalesOrderbalance"', cause: isCause(Cause.PROPOSAL_NOT_POSTED), code: NONE, detail: NONE, since: 'p."CreatedDateTime"',
  },
];

/** Back to Dataverse. */
const TO_DATAVERSE: readonly Gap[] = [
  {
    ...STAGED_ACTUAL, stage: Stage.WRITTEN_BACK, flow: flowOfStaged('s'), flows: POSTED_FLOWS,
    joins: `LEFT JOIN "msdyn_actual" a ON a."msdyn_actualid" = s."ActualId" ${actualBack.joins}`,
    where: `${FOLLOWED_STAGED} AND s."VoucherNumber" IS NOT NULL AND a."gw_vouchernumber" IS NULL`,
    ...carried(actualBack), cause: `CASE WHEN a."msdyn_actualid" IS NULL THEN '${Cause.ORPHAN}' ELSE ${actualBack.cause} END`,
  },
  {
    ...STAGED_ACTUAL, stage: Stage.WRITTEN_BACK, flow: flowOfStaged('s'), flows: POSTED_FLOWS,
    joins: `JOIN "msdyn_actual" a ON a."msdyn_actualid" = s."ActualId" ${actualBack.joins}`,
    where: `${FOLLOWED_STAGED} AND s."VoucherNumber" IS NOT NULL AND a."gw_vouchernumber" IS NOT NULL AND a."gw_accountingamount" <> s."AccountingAmount"`,
    ...carried(syncCauseOf({ map: MAP_FLOWS.actualsWriteBack, key: 's."gw_id"', changeSet: 's."gw_changesetid"', queued: Cause.NOT_WRITTEN_BACK, otherwise: Cause.AMOUNTS_DIFFER })),
    amount: 's."AccountingAmount" - a."gw_accountingamount"', currency: '(SELECT n."AccountingCurrency" FROM "LegalEntities" n WHERE n."LegalEntityId" = s."dataAreaId")',
    detail: `COALESCE(e."DetailedErrorMessage", 'the posted accounting amount against the one on the actual')`, misses: STANDS_APART,
  },
  {
    ...named(Flow.DOCUMENTS), type: 'CustomerInvoice', owner: OWNERS.invoice, key: 'j."gw_id"', number: 'j."ProjInvoiceId"', proforma: 'j."ProposalId"',
    amount: 'j."SalesOrderbalance"', stage: Stage.WRITTEN_BACK, joins: `LEFT JOIN "invoice" i ON i."invoicenumber" = j."ProposalId" ${headerBack.joins}`,
    where: 'i."msdyn_invoicenumber" IS NULL', ...carried(headerBack),
    since: `COALESCE(${headerBack.since}, j."CreatedDateTime")`,
  },
];

/** Every place where a record can stay behind, in the order of the process. */
export const GAPS: readonly Gap[] = [...TO_STAGING, ...CONNECTIONS_TO_STAGING, ...TO_DOCUMENTS, ...TO_LEDGER, ...TO_DATAVERSE];
