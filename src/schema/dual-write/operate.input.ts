import { Field, ID, InputType, Int } from 'type-graphql';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';

@InputType('NamedTableMapInput', { description: 'A table map, by id or by name.' })
export class NamedTableMapInput {
  @Field(() => ID, { nullable: true, description: 'Its id.' }) id?: string | null;
  @Field(() => String, { nullable: true, description: 'The product\'s own name of it.' }) name?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('OperateTableMapsInput', { description: 'One or many table maps. All of them change, or none.' })
export class OperateTableMapsInput extends MutationInput {
  @Field(() => [NamedTableMapInput], { description: 'Which table maps.' }) tableMaps!: NamedTableMapInput[];
}
