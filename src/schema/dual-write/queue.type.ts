import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { SyncDirection } from '../../entities/dual-write/enums';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX } from '../../stores/reading/plan';
import { PageInfo } from '../shared/connection';
import type { Related } from '../shared/node';
import { RecordsField } from '../shared/payload';
import { TimestampScalar } from '../shared/scalars';
import { TableMap } from './sync.type';

@ObjectType('TableMapQueue', { description: 'What waits to be carried by a table map, in both directions.' })
export class TableMapQueue {
  @Field(() => Int, { description: 'Change sets: what one command changed is one.' }) changeSets!: number;
  @Field(() => Int, { description: 'Records in them that are still to be sent; one that was changed several times counts once, and goes in its newest version.' }) records!: number;
  @Field(() => TimestampScalar, { nullable: true, description: 'When the oldest change set was made; null for an empty queue.' }) oldest!: string | null;
  @Field(() => Int, { description: 'Change sets that a system failure has broken off, such as a time limit or the disk. They are tried again by themselves, after growing pauses.' }) brokenOff!: number;
  @Field(() => TimestampScalar, { nullable: true, description: 'When the first of these is tried again.' }) nextTryOn!: string | null;
  @Field(() => String, { nullable: true, description: 'What the database said of one of them.' }) lastFailure!: string | null;
}

@ObjectType('RelatedTableMaps', { description: 'The maps that hang together with a map because their records refer to each other.' })
export class RelatedTableMaps {
  @RecordsField(() => TableMap, 'Maps that have to run first, in the order in which they run: records of this map refer to theirs.')
  dependencies!: Related<TableMap>[];
  @RecordsField(() => TableMap, 'Maps whose records refer to records of this one, in the order in which they run: pausing this map pauses them.')
  dependents!: Related<TableMap>[];
}

@ObjectType('QueuedRecord', { description: 'A record that waits in the queue of a table map: it is still to be sent, in its newest version.' })
export class QueuedRecord {
  @Field(() => SyncDirection, { description: 'Which way it is to go.' }) direction!: SyncDirection;
  @Field(() => ID, { description: 'Key of the record in its source.' }) recordId!: string;
  @Field(() => String, { description: 'Its value of the integration key, under which the other side knows it.' }) integrationKey!: string;
  @Field(() => ID, { description: 'The change set that it is queued with: what one command changed.' }) changeSetId!: string;
  @Field(() => TimestampScalar, { description: 'When that was.' }) queuedSince!: string;
}

@ObjectType('QueuedRecordEdge', { description: 'One queued record of a list.' })
export class QueuedRecordEdge {
  @Field(() => QueuedRecord, { description: 'The record.' }) node!: QueuedRecord;
  @Field(() => String, { description: 'Where it stands in the queue.' }) cursor!: string;
}

@ObjectType('QueuedRecordConnection', { description: 'A page of a queue, what was queued first before the rest.' })
export class QueuedRecordConnection {
  @Field(() => [QueuedRecordEdge], { description: 'The records of the page with their cursors.' }) edges!: QueuedRecordEdge[];
  @Field(() => [QueuedRecord], { description: 'The records of the page.' }) nodes!: QueuedRecord[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
  /** Counts the whole list; the resolver asks it where the request does. */
  count!: () => Promise<number>;
}

@ArgsType()
export class QueuedRecordArguments {
  @Field(() => Int, { nullable: true, description: `How many records. At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} unless given.` }) first?: number | null;
  @Field(() => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after?: string | null;
  @Field(() => String, { nullable: true, description: 'Only the record with this value of the integration key.' }) integrationKey?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only the record with this key.' }) recordId?: string | null;
}
