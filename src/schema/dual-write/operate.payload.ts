import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Run, TableMap } from './sync.type';

@ObjectType('OperateTableMapsPayload', { description: 'The table maps that changed; none when refused.' })
export class OperateTableMapsPayload extends Payload {
  @RecordsField(() => TableMap, 'The maps that changed, those that were named first.') tableMaps!: Related<TableMap>[];
}

@ObjectType('ResumeTableMapsPayload', { description: 'The table maps that changed; none when refused.' })
export class ResumeTableMapsPayload extends Payload {
  @RecordsField(() => TableMap, 'The maps that changed.') tableMaps!: Related<TableMap>[];
  @RecordField(() => Run, 'Where a queue is kept: the run that moves its records to the sync errors. Should its process die, the next sync goes on with it.')
  run!: Related<Run> | null;
}

@ObjectType('RunTableMapsPayload', { description: 'The table maps that changed; none when refused.' })
export class RunTableMapsPayload extends Payload {
  @RecordsField(() => TableMap, 'The maps that changed: the named ones, then those that they depend on.') tableMaps!: Related<TableMap>[];
  @RecordField(() => Run, 'With an initial sync: the run that pushes the records; its maps show the progress. Should its process die, the next sync goes on with it.')
  run!: Related<Run> | null;
}
