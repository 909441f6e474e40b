import { Field, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordsField } from '../shared/payload';
import { TimestampScalar } from '../shared/scalars';
import { TableMap } from './sync.type';

@ObjectType('TableMapQueue', { description: 'What waits to be carried by a table map, in both directions.' })
export class TableMapQueue {
  @Field(() => Int, { description: 'Change sets: what one command changed is one.' }) changeSets!: number;
  @Field(() => Int, { description: 'Records in them; one that was changed several times counts once, and goes in its newest version.' }) records!: number;
  @Field(() => TimestampScalar, { nullable: true, description: 'When the oldest change set was made; null for an empty queue.' }) oldest!: string | null;
}

@ObjectType('RelatedTableMaps', { description: 'The maps that hang together with a map because their records refer to each other.' })
export class RelatedTableMaps {
  @RecordsField(() => TableMap, 'Maps that have to run first, in the order in which they run: records of this map refer to theirs.')
  dependencies!: Related<TableMap>[];
  @RecordsField(() => TableMap, 'Maps whose records refer to records of this one, in the order in which they run: pausing this map pauses them.')
  dependents!: Related<TableMap>[];
}
