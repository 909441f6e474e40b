import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { TableMap } from './sync.type';

@ObjectType('OperateTableMapsPayload', { description: 'The table maps that changed; none when refused.' })
export class OperateTableMapsPayload extends Payload {
  @RecordsField(() => TableMap, 'The maps that changed, those that were named first.') tableMaps!: Related<TableMap>[];
}
