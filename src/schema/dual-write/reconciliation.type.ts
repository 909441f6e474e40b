import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { ReconciliationCause, ReconciliationFlow, ReconciliationStage } from '../../stores/reconcile/reconciliation.enums';
import { PageInfo } from '../shared/connection';
import { graphEnum } from '../shared/enums';
import { Node } from '../shared/node';
import { DecimalScalar, TimestampScalar } from '../shared/scalars';

graphEnum(ReconciliationFlow, 'ReconciliationFlow', 'What is followed from Dataverse to finance and back.', {
  COST: 'Cost actuals: staging, integration journal, ledger, and the accounting detail back on the actual.',
  UNBILLED_SALES: 'Unbilled sales actuals: the same way.',
  BILLED_SALES: 'Billed sales actuals, which confirmations make: staging, proposal line, customer invoice line, and back. They count with what the customer is asked for.',
  DOCUMENTS: 'Confirmed proformas: invoice proposal, its lines, customer invoice, and number and date back on the proforma. Net amounts.',
  MILESTONES: 'Contract line milestones: staging and on-account transaction.',
  INTER_ORGANIZATIONAL: 'Resourcing unit cost and inter-organizational sales: staging, where they end. Finance makes them anew from the invoice of the lending legal entity, so that *Import from staging* takes none of them up.',
  CONNECTIONS: 'Transaction connections between two actuals: staging. They have no amount: the sum is zero, and the currency XXX, ISO 4217\'s code for none.',
});
graphEnum(ReconciliationStage, 'ReconciliationStage', 'How far something has come.', {
  SKIPPED: 'In Dataverse with Skip Sync: it never goes to finance, and stands beside the way. Reversals of unbilled sales are such rows, and their connections.',
  RECORDED: 'In Dataverse, and meant for finance: actuals without Skip Sync, connections between such, confirmed work-based proformas, milestones.',
  STAGED: 'Arrived in finance: in the staging table; of a proforma, its invoice proposal.',
  TAKEN_UP: 'Taken up by *Import from staging*: in an integration journal, on a proposal line, as an on-account transaction; of a proposal, that it has its lines.',
  POSTED: 'Posted: the journal line, or the customer invoice.',
  WRITTEN_BACK: 'Back in Dataverse: voucher and accounting amount on the actual, the customer invoice\'s number on the proforma.',
});

graphEnum(ReconciliationCause, 'ReconciliationCause', 'Why a record has not reached the next stage.', {
  NOT_SYNCED: 'Its change set is queued, and the table map runs.',
  MAP_PAUSED: 'Its change set is queued, and the table map is paused.',
  MAP_STOPPED: 'Its change set is queued, and the table map is stopped.',
  SYNC_ERROR: 'The table map could not carry it; `code` and `message` say why.',
  SYNC_ERROR_DISMISSED: 'The same, and somebody dismissed the error.',
  WAITING_FOR_RECORD: 'It waits for another record to arrive.',
  QUEUE_DISCARDED: 'Its change set was discarded with the queue of its table map.',
  CARRIED_AND_NOT_THERE: 'A sync run has carried its change set, and the other side does not have it: the map\'s filter left it out, or finance does not have it any more.',
  LEFT_OUT_BY_MAP: 'It never was in a change set of the table map, and no error stands.',
  SKIP_SYNC: 'A billed sales actual with Skip Sync: no table map carries it.',
  NO_CONFIRMED_PROFORMA: 'A staged billed sales actual that belongs to no confirmed proforma.',
  DOCUMENT_INCOMPLETE: 'Header, actuals, connections or milestones of its proforma have not all arrived: its proposal lines come all or none.',
  COUNT_OR_CHECKSUM_MISMATCH: 'The staged billed sales actuals are not those that the confirmation counted.',
  UNBILLED_NOT_POSTED: 'What its proforma bills is not posted in an integration journal.',
  CREDITED_NOT_POSTED: 'What its proforma credits is not invoiced, or a milestone that it bills again is not credited.',
  PREVALIDATION_WAITING: 'It waits for its prevalidation.',
  IMPORT_NOT_RUN: 'Everything is there; *Import from staging* has not run since.',
  IMPORT_ERROR: 'Import could not take it up.',
  JOURNAL_NOT_POSTED: 'It is in an integration journal that is not posted.',
  JOURNAL_LINE_ERROR: 'Its journal line is in error.',
  PROPOSAL_NOT_POSTED: 'Its invoice proposal is not posted.',
  NOT_WRITTEN_BACK: 'It is posted, and the next sync writes that back.',
  AMOUNTS_DIFFER: 'Both sides have it, with different amounts; `amount` is the difference.',
  CONNECTION_DIFFERS: 'Both sides have the connection, between other actuals or in other roles.',
  STAGED_THOUGH_SKIPPED: 'It is staged, and has Skip Sync in Dataverse now; of a connection, that one of its actuals has.',
  QUARANTINED: 'It is an orphan in quarantine, or its proforma has a line that is: no import takes it up before it is released.',
  ORPHAN: 'It is staged, and Dataverse has no such record; of a connection, that Dataverse has it or one of its actuals no more.',
});

@ObjectType('ReconciliationSum', { description: 'What one stage of a flow holds in one transaction currency, beside the stage before it.' })
export class ReconciliationSum {
  @Field(() => ReconciliationFlow, { description: 'What is followed.' }) flow!: ReconciliationFlow;
  @Field(() => ReconciliationStage, { description: 'The stage.' }) stage!: ReconciliationStage;
  @Field({ description: 'Transaction currency; XXX of connections, which have no amount.' }) currencyCode!: string;
  @Field(() => Int, { description: 'How many records have reached the stage.' }) count!: number;
  @Field(() => DecimalScalar, { description: 'Their exact sum in transaction currency. Of billed sales what the customer is asked for: zero where a line is not charged.' }) amount!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: 'Their sum in accounting currency, from posting on; null before, and where legal entities of several accounting currencies are added up.' }) accountingAmount!: Decimal | null;
  @Field(() => Int, { nullable: true, description: 'How many more the stage before holds; below zero when this one holds more. Null at the first stage and for what is skipped.' }) missingCount!: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'How much more the stage before holds, in transaction currency.' }) missingAmount!: Decimal | null;
}

@ObjectType('ReconciledLegalEntity', { description: 'Both sides of one legal entity beside each other.' })
export class ReconciledLegalEntity {
  @Field({ description: 'The legal entity, for example USPM.' }) legalEntityId!: string;
  @Field(() => String, { nullable: true, description: 'Currency of its books; null where finance has no such legal entity.' }) accountingCurrencyCode!: string | null;
  @Field(() => [ReconciliationSum], { description: 'Every stage of every flow, in the order of the process, by currency.' }) sums!: ReconciliationSum[];
}

@InputType('OutOfStepFilter', { description: 'Which records out of step are listed: all given parts must hold.' })
export class OutOfStepFilter {
  @Field(() => [ReconciliationCause], { nullable: true, description: 'Only these causes.' }) causes?: ReconciliationCause[] | null;
  @Field(() => [ReconciliationFlow], { nullable: true, description: 'Only these flows.' }) flows?: ReconciliationFlow[] | null;
  @Field(() => [ReconciliationStage], { nullable: true, description: 'Only records that miss these stages.' }) stages?: ReconciliationStage[] | null;
  @Field(() => String, { nullable: true, description: 'Only records of this proforma.' }) proformaNumber?: string | null;
}

@ObjectType('OutOfStepRecord', { description: 'A record that has reached one stage and not the next.' })
export class OutOfStepRecord {
  @Field(() => ReconciliationFlow, { description: 'What is followed.' }) flow!: ReconciliationFlow;
  @Field(() => ReconciliationStage, { description: 'The stage that it misses.' }) stage!: ReconciliationStage;
  @Field(() => Node, { nullable: true, description: 'The record itself.' }) record!: Node | null;
  @Field(() => String, { nullable: true, description: 'Its number or name, where it has one.' }) number!: string | null;
  @Field(() => String, { nullable: true, description: 'Number of the proforma that it belongs to.' }) proformaNumber!: string | null;
  @Field({ description: 'Its legal entity.' }) legalEntityId!: string;
  @Field(() => DecimalScalar, { description: 'What is missing at the stage: its amount, or the difference where amounts differ.' }) amount!: Decimal;
  @Field({ description: 'Currency of the amount.' }) currencyCode!: string;
  @Field(() => TimestampScalar, { nullable: true, description: 'Since when it stands there; null where nothing says so.' }) since!: string | null;
  @Field(() => ReconciliationCause, { description: 'Why.' }) cause!: ReconciliationCause;
  @Field(() => String, { nullable: true, description: 'The code of the sync error or of the import error, where there is one.' }) code!: string | null;
  @Field({ description: 'Why, in a sentence.' }) message!: string;
  @Field(() => String, { nullable: true, description: 'The mutation to call next; null where the mending lies outside.' }) nextStep!: string | null;
}

@ObjectType('OutOfStepRecordEdge', { description: 'One record out of step of a list.' })
export class OutOfStepRecordEdge {
  @Field(() => OutOfStepRecord, { description: 'The record.' }) node!: OutOfStepRecord;
  @Field({ description: 'Where it stands in the list.' }) cursor!: string;
}

@ObjectType('OutOfStepConnection', { description: 'A page of the records that are out of step, in the order of the process.' })
export class OutOfStepConnection {
  @Field(() => [OutOfStepRecordEdge], { description: 'The records with their cursors.' }) edges!: OutOfStepRecordEdge[];
  @Field(() => [OutOfStepRecord], { description: 'The records.' }) nodes!: OutOfStepRecord[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
  @Field(() => Int, { description: 'How many the whole list has; counted only when asked for.' }) totalCount!: number;
  @Field(() => [OutOfStepSum], { description: 'The same list counted and summed up by flow, stage, legal entity, currency and cause.' }) sums!: OutOfStepSum[];
}

@ObjectType('OutOfStepSum', { description: 'How many records miss a stage for one cause, and their sum.' })
export class OutOfStepSum {
  @Field(() => ReconciliationFlow, { description: 'What is followed.' }) flow!: ReconciliationFlow;
  @Field(() => ReconciliationStage, { description: 'The stage that they miss.' }) stage!: ReconciliationStage;
  @Field({ description: 'Their legal entity.' }) legalEntityId!: string;
  @Field({ description: 'Currency of the amount.' }) currencyCode!: string;
  @Field(() => ReconciliationCause, { description: 'Why.' }) cause!: ReconciliationCause;
  @Field(() => Int, { description: 'How many records.' }) count!: number;
  @Field(() => DecimalScalar, { description: 'Their sum.' }) amount!: Decimal;
  @Field(() => Int, { description: 'How many of them the stage lacks: none where both stages have them with different amounts, below zero for orphans. Adds up to `missingCount` of the stage.' }) missingCount!: number;
  @Field(() => DecimalScalar, { description: 'What the stage lacks because of them. Adds up to `missingAmount` of the stage.' }) missingAmount!: Decimal;
}

@ObjectType('Reconciliation', { description: 'Whether everything that Dataverse meant for finance is there, is posted and has come back.' })
export class Reconciliation {
  @Field(() => [ReconciledLegalEntity], { description: 'Each legal entity that has records, in the order of their ids.' }) legalEntities!: ReconciledLegalEntity[];
  @Field(() => [ReconciliationSum], { description: 'All of them together.' }) overall!: ReconciliationSum[];
}
