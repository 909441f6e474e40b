import { Field, ID, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Retainer } from './retainer.type';

@ObjectType('RetainerPayload', { description: 'The retainer as it is now.' })
export class RetainerPayload extends Payload {
  @RecordField(() => Retainer, 'The retainer; null when refused.') retainer!: Related<Retainer> | null;
}

@ObjectType('DeleteRetainerPayload', { description: 'What was deleted.' })
export class DeleteRetainerPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the retainer that no longer exists; null when refused.' }) deletedRetainerId!: string | null;
}
