import { Field, Int, ObjectType } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { ReconciliationFlow, ReconciliationStage } from '../../stores/reconcile/reconciliation.enums';
import { graphEnum } from '../shared/enums';
import { DecimalScalar } from '../shared/scalars';

graphEnum(ReconciliationFlow, 'ReconciliationFlow', 'What is followed from Dataverse to finance and back.', {
  COST: 'Cost actuals: staging, integration journal, ledger, and the accounting detail back on the actual.',
  UNBILLED_SALES: 'Unbilled sales actuals: the same way.',
  BILLED_SALES: 'Billed sales actuals, which confirmations make: staging, proposal line, customer invoice line, and back. They count with what the customer is asked for.',
  DOCUMENTS: 'Confirmed proformas: invoice proposal, its lines, customer invoice, and number and date back on the proforma. Net amounts.',
  MILESTONES: 'Contract line milestones: staging and on-account transaction.',
});
graphEnum(ReconciliationStage, 'ReconciliationStage', 'How far something has come.', {
  SKIPPED: 'In Dataverse with Skip Sync: it never goes to finance, and stands beside the way. Reversals of unbilled sales are such rows.',
  RECORDED: 'In Dataverse, and meant for finance: actuals without Skip Sync, confirmed work-based proformas, milestones.',
  STAGED: 'Arrived in finance: in the staging table; of a proforma, its invoice proposal.',
  TAKEN_UP: 'Taken up by *Import from staging*: in an integration journal, on a proposal line, as an on-account transaction; of a proposal, that it has its lines.',
  POSTED: 'Posted: the journal line, or the customer invoice.',
  WRITTEN_BACK: 'Back in Dataverse: voucher and accounting amount on the actual, the customer invoice\'s number on the proforma.',
});

@ObjectType('ReconciliationSum', { description: 'What one stage of a flow holds in one transaction currency, beside the stage before it.' })
export class ReconciliationSum {
  @Field(() => ReconciliationFlow, { description: 'What is followed.' }) flow!: ReconciliationFlow;
  @Field(() => ReconciliationStage, { description: 'The stage.' }) stage!: ReconciliationStage;
  @Field({ description: 'Transaction currency.' }) currencyCode!: string;
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

@ObjectType('Reconciliation', { description: 'Whether everything that Dataverse meant for finance is there, is posted and has come back.' })
export class Reconciliation {
  @Field(() => [ReconciledLegalEntity], { description: 'Each legal entity that has records, in the order of their ids.' }) legalEntities!: ReconciledLegalEntity[];
  @Field(() => [ReconciliationSum], { description: 'All of them together.' }) overall!: ReconciliationSum[];
}
