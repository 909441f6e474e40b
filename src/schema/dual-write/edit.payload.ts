import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { TableMap } from './sync.type';

@ObjectType('EditTableMapPayload', { description: 'The table map as it is now; null when refused.' })
export class EditTableMapPayload extends Payload {
  @RecordField(() => TableMap, 'The map, with its new version.') tableMap!: Related<TableMap> | null;
}
