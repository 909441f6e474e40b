import { Field, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Run, SyncError } from './sync.type';

@ObjectType('SyncPayload', { description: 'The run of the table maps, with what each did.' })
export class SyncPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
}

@ObjectType('RetrySyncErrorsPayload', { description: 'What became of the records.' })
export class RetrySyncErrorsPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => Int, { description: 'Records carried now; 0 while the run is still at work.' }) resolvedCount!: number;
  @Field(() => Int, { description: 'Records that failed again or still wait.' }) failedCount!: number;
  @RecordsField(() => SyncError, 'Those that were tried, at most 500 of them.') syncErrors!: Related<SyncError>[];
}

@ObjectType('DismissSyncErrorsPayload', { description: 'The dismissed records.' })
export class DismissSyncErrorsPayload extends Payload {
  @RecordsField(() => SyncError, 'Those that were dismissed.') syncErrors!: Related<SyncError>[];
}
