import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Actual } from './actual.type';
import { NotToExceedLimit } from './not-to-exceed.type';

@ObjectType('SetNotToExceedLimitPayload', { description: 'The limit as it is now.' })
export class SetNotToExceedLimitPayload extends Payload {
  @RecordField(() => NotToExceedLimit, 'The limit; null when refused.') notToExceedLimit!: Related<NotToExceedLimit> | null;
}

@ObjectType('RemoveNotToExceedLimitPayload', { description: 'What was removed.' })
export class RemoveNotToExceedLimitPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the limit that no longer exists; null when refused.' }) removedLimitId!: string | null;
}

@ObjectType('ReevaluateNotToExceedPayload', { description: 'What came of the evaluation.' })
export class ReevaluateNotToExceedPayload extends Payload {
  @Field(() => Int, { description: 'Transactions that are within their limits now and were not committed before.' }) committedCount!: number;
  @Field(() => Int, { description: 'Transactions that exceed a limit.' }) failedCount!: number;
  @RecordsField(() => Actual, 'The actuals that were named; those found by contract are counted only.') actuals!: Related<Actual>[];
}
