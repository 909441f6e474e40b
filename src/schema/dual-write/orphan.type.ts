import { Field, ID, ObjectType } from 'type-graphql';
import { OrphanKind } from '../../entities/finance/enums';
import type { Decimal } from '../../kernel/decimal';
import '../finance/enums';
import { PageInfo } from '../shared/connection';
import { DecimalScalar, TimestampScalar } from '../shared/scalars';

@ObjectType('Orphan', { description: 'A row of finance that stands for nothing in Dataverse any more: after a restored backup, or somebody\'s hand in a database.' })
export class Orphan {
  @Field(() => ID, { description: 'Names the row in quarantineOrphans and releaseQuarantined; of a staged actual or connection it is that record\'s own id.' }) id!: string;
  @Field(() => OrphanKind, { description: 'What has lost its source.' }) kind!: OrphanKind;
  @Field(() => ID, { description: 'Key of the record in Dataverse: the one that is gone, or the connection that has lost an end.' }) sourceId!: string;
  @Field({ description: 'Its legal entity.' }) legalEntityId!: string;
  @Field(() => String, { nullable: true, description: 'Number of the proforma and proposal that it belongs to, where it belongs to one.' }) documentNumber!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Its amount in transaction currency, where it has one.' }) amount!: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Currency of the amount.' }) currencyCode!: string | null;
  @Field(() => TimestampScalar, { nullable: true, description: 'When it arrived in finance; null where nothing says so. When its source vanished nobody knows.' }) arrivedOn!: string | null;
  @Field({ description: 'Whether finance has gone on with it: it has a journal or proposal line, or an on-account transaction; of a connection, whether the actual that it begins at has. Then it cannot go into quarantine.' }) isTakenUp!: boolean;
  @Field(() => TimestampScalar, { nullable: true, description: 'Since when it is in quarantine; null when it is not. A connection is there with the actual that it begins at.' }) quarantinedOn!: string | null;
  @Field(() => String, { nullable: true, description: 'Who put it there.' }) quarantinedBy!: string | null;
}

@ObjectType('OrphanEdge', { description: 'One orphan of a list.' })
export class OrphanEdge {
  @Field(() => Orphan, { description: 'The orphan.' }) node!: Orphan;
  @Field({ description: 'Where it stands in the list.' }) cursor!: string;
}

@ObjectType('OrphanConnection', { description: 'A page of orphans, kind by kind.' })
export class OrphanConnection {
  @Field(() => [OrphanEdge], { description: 'The orphans with their cursors.' }) edges!: OrphanEdge[];
  @Field(() => [Orphan], { description: 'The orphans.' }) nodes!: Orphan[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType('QuarantinedRow', { description: 'A staged actual or milestone in quarantine: it is kept as it is, and no import takes it up before it is released.' })
export class QuarantinedRow {
  @Field(() => ID, { description: 'Names the row in releaseQuarantined; of a staged actual it is that record\'s own id.' }) id!: string;
  @Field(() => ID, { description: 'Key of the actual or milestone in Dataverse.' }) sourceId!: string;
  @Field({ description: 'Its legal entity.' }) legalEntityId!: string;
  @Field(() => String, { nullable: true, description: 'Number of the proforma and proposal that it belongs to, where it belongs to one: that proposal gets no lines.' }) documentNumber!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Its amount in transaction currency.' }) amount!: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Currency of the amount.' }) currencyCode!: string | null;
  @Field(() => TimestampScalar, { nullable: true, description: 'When it arrived in finance; null where nothing says so.' }) arrivedOn!: string | null;
  @Field(() => TimestampScalar, { description: 'Since when it is in quarantine.' }) quarantinedOn!: string;
  @Field({ description: 'Who put it there; `gateway` for the periodic job.' }) quarantinedBy!: string;
  @Field(() => OrphanKind, { description: 'Why: what had lost its source.' }) reason!: OrphanKind;
  @Field({ description: 'The same as a sentence.' }) message!: string;
  @Field({ description: 'Whether everything that it stands for is in Dataverse again, so that it can be released.' }) isSourceBack!: boolean;
}

@ObjectType('QuarantinedRowEdge', { description: 'One row of the quarantine.' })
export class QuarantinedRowEdge {
  @Field(() => QuarantinedRow, { description: 'The row.' }) node!: QuarantinedRow;
  @Field({ description: 'Where it stands in the list.' }) cursor!: string;
}

@ObjectType('QuarantinedRowConnection', { description: 'A page of the quarantine: staged actuals, then staged milestones.' })
export class QuarantinedRowConnection {
  @Field(() => [QuarantinedRowEdge], { description: 'The rows with their cursors.' }) edges!: QuarantinedRowEdge[];
  @Field(() => [QuarantinedRow], { description: 'The rows.' }) nodes!: QuarantinedRow[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
  /** Counts the whole list; the resolver asks it where the request does. */
  count!: () => Promise<number>;
}
