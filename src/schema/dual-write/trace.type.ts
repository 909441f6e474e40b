import { Field, Int, ObjectType } from 'type-graphql';
import { TransactionType } from '../../entities/dataverse/option-sets';
import type { Decimal } from '../../kernel/decimal';
import { Node } from '../shared/node';
import { DateScalar, DecimalScalar } from '../shared/scalars';

@ObjectType('TraceNode', { description: 'One record in the life of an amount. The list is a tree: a parent stands before its children, and `depth` says how far to indent.' })
export class TraceNode {
  @Field(() => Int, { description: 'Its place in the list, from zero.' }) index!: number;
  @Field(() => Int, { nullable: true, description: 'The place of its parent; null at the top.' }) parentIndex!: number | null;
  @Field(() => Int, { description: 'How deep in the tree, from zero.' }) depth!: number;
  @Field({ description: 'Type of the record, for example CustomerInvoiceLine; StagedMilestone, which cannot be asked for by itself, has no `record`.' }) type!: string;
  @Field({ description: 'What it is, to be shown.' }) label!: string;
  @Field(() => Node, { nullable: true, description: 'The record itself.' }) record!: Node | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Its amount in transaction currency, with its sign: of a posting, debit is positive and credit negative; of a correction, the difference. Null on a time entry.' }) amount!: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Transaction currency.' }) currencyCode!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Its amount in accounting currency. On an actual it was written back.' }) accountingAmount!: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Accounting currency; null where there is no amount in it.' }) accountingCurrencyCode!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Its date: of accounting where it has one.' }) date!: string | null;
  @Field(() => String, { nullable: true, description: 'Its state, in the words of its own type: of a line detail that of its proforma, of a posting the posting type.' }) status!: string | null;
  @Field(() => String, { nullable: true, description: 'The voucher that it was posted under. On an actual it was written back.' }) voucherNumber!: string | null;
}

@ObjectType('TraceSum', { description: 'What actuals of one type and currency add up to.' })
export class TraceSum {
  @Field(() => TransactionType, { description: 'Type of the actuals.' }) transactionType!: TransactionType;
  @Field({ description: 'Transaction currency.' }) currencyCode!: string;
  @Field(() => Int, { description: 'How many actuals.' }) count!: number;
  @Field(() => DecimalScalar, { description: 'Their exact sum in transaction currency.' }) amount!: Decimal;
}

@ObjectType('Trace', { description: 'The life of an amount from time entry to voucher and back: what bills, reverses or replaces something stands below it.' })
export class Trace {
  @Field(() => [TraceNode], { description: 'The tree as a list, parents before children.' }) nodes!: TraceNode[];
  @Field(() => Int, { description: 'How many actuals the traced record stands for; a page follows some of them.' }) actualCount!: number;
  @Field(() => String, { nullable: true, description: 'Give it as `after` to follow the next ones; null when there are none.' }) next!: string | null;
  @Field(() => [TraceSum], { description: 'What the actuals of later pages add up to, so that a page of a long document accounts for all of it; empty on the last page.' }) later!: TraceSum[];
  @Field({ description: 'False when the actuals are connected with more records than one answer follows, or a draft has more details without an actual than it shows.' }) isComplete!: boolean;
}
