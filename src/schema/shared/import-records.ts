import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput } from './mutation.input';
import { JsonScalar } from './scalars';
import { Payload } from './user-error.type';

@InputType('EntitySetInput', { description: 'Records of one entity set, as the system\'s own interface gives them.' })
export class EntitySetInput {
  @Field({ description: 'Name of the entity set, for example msdyn_actuals or CustomersV3.' }) name!: string;
  @Field(() => [JsonScalar], { description: 'The records. Amounts are best sent as text, so that they keep every digit.' }) records!: Record<string, unknown>[];
}

@InputType('ImportRecordsInput', { description: 'Records of both systems, loaded as one change set: all of them, or none.' })
export class ImportRecordsInput extends MutationInput {
  @Field(() => [EntitySetInput], { description: 'The entity sets.' }) entitySets!: EntitySetInput[];
}

@ObjectType('ImportedEntitySet', { description: 'What was read of one entity set.' })
export class ImportedEntitySet {
  @Field({ description: 'Its name.' }) name!: string;
  @Field(() => Int, { description: 'Records read.' }) read!: number;
  @Field(() => Int, { description: 'Records that are new.' }) created!: number;
  @Field(() => Int, { description: 'Records that were there already, from the same source.' }) unchanged!: number;
}

@ObjectType('ImportRecordsPayload', { description: 'What was loaded; nothing when there are errors.' })
export class ImportRecordsPayload extends Payload {
  @Field(() => [ImportedEntitySet], { description: 'A row per entity set.' }) entitySets!: ImportedEntitySet[];
}
