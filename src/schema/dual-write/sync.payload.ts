import { Field, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Run, SyncError } from './sync.type';

@ObjectType('SyncPayload', { description: 'The run of the table maps, with what each did.' })
export class SyncPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
}

@ObjectType('RetrySyncErrorsPayload', { description: 'What became of the records. The counts are null while the run is still at work, and when it was refused.' })
export class RetrySyncErrorsPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => Int, { nullable: true, description: 'Records tried: the sum of the next three.' }) retriedCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Records carried now, or that need no carrying any more.' }) resolvedCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Records that failed again.' }) failedCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Records that still wait for others.' }) waitingCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Records that were meant, but not tried: their table map does not run, or was paused or stopped meanwhile.' }) leftCount!: number | null;
  @RecordsField(() => SyncError, 'Those that were tried, at most 500 of them: what still fails or waits comes first.') syncErrors!: Related<SyncError>[];
}

@ObjectType('DismissSyncErrorsPayload', { description: 'What became of the records. The counts are null while the run is still at work, and when it was refused.' })
export class DismissSyncErrorsPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => Int, { nullable: true, description: 'Records dismissed now.' }) dismissedCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Records that were meant, but carried before it was their turn.' }) leftCount!: number | null;
  @RecordsField(() => SyncError, 'Those that were dismissed, at most 500 of them.') syncErrors!: Related<SyncError>[];
}
