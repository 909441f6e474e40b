import { Field, ID, ObjectType } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { OrphanKind } from '../../stores/reconcile/orphan-list.store';
import { PageInfo } from '../shared/connection';
import { graphEnum } from '../shared/enums';
import { DecimalScalar, TimestampScalar } from '../shared/scalars';

graphEnum(OrphanKind, 'OrphanKind', 'What has lost its source.', {
  ACTUAL_GONE: 'A staged actual that Dataverse does not hold.',
  MILESTONE_GONE: 'A staged milestone that Dataverse does not hold.',
  CONNECTION_GONE: 'A staged connection that Dataverse does not hold.',
  CONNECTION_END_GONE: 'A connection that both sides hold, and one of whose two actuals Dataverse does not.',
});

@ObjectType('Orphan', { description: 'A row of finance that stands for nothing in Dataverse any more: after a restored backup, or somebody\'s hand in a database.' })
export class Orphan {
  @Field(() => OrphanKind, { description: 'What has lost its source.' }) kind!: OrphanKind;
  @Field(() => ID, { description: 'Key of the record in Dataverse: the one that is gone, or the connection that has lost an end.' }) sourceId!: string;
  @Field({ description: 'Its legal entity.' }) legalEntityId!: string;
  @Field(() => String, { nullable: true, description: 'Number of the proforma and proposal that it belongs to, where it belongs to one.' }) documentNumber!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Its amount in transaction currency, where it has one.' }) amount!: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Currency of the amount.' }) currencyCode!: string | null;
  @Field(() => TimestampScalar, { nullable: true, description: 'When it arrived in finance; null where nothing says so. When its source vanished nobody knows.' }) arrivedOn!: string | null;
  @Field({ description: 'Whether finance has gone on with it: it has a journal or proposal line, or an on-account transaction.' }) isTakenUp!: boolean;
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
