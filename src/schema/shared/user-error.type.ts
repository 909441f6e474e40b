import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';

/**
 * Expected refusals are data: every mutation's payload lists them in `errors`, and then nothing was changed. Malformed
 * requests, missing rights and bugs are top-level errors instead.
 */
@InterfaceType('UserError', {
  description: 'Why a mutation refused. Nothing was changed by what was refused.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class UserError {
  @Field({ description: 'A stable code to program against; docs/api.md lists all of them.' }) code!: string;
  @Field({ description: 'A sentence for people that names what is wrong.' }) message!: string;
  @Field(() => [String], { nullable: true, description: 'Where in the arguments, for example ["input", "actualIds", "3"].' }) path!: string[] | null;
}

@ObjectType('ValidationError', { implements: UserError, description: 'A value, or the state of what it names, does not allow this.' })
export class ValidationError extends UserError {}

@ObjectType('NotFoundError', { implements: UserError, description: 'No record has this id or key.' })
export class NotFoundError extends UserError {
  @Field({ description: 'The type that was looked for.' }) type!: string;
  @Field({ description: 'The id or key that nothing has.' }) key!: string;
}

@ObjectType('StateTransitionError', { implements: UserError, description: 'The record is in a state from which this is not allowed.' })
export class StateTransitionError extends UserError {
  @Field({ description: 'The state the record is in.' }) from!: string;
  @Field(() => String, { nullable: true, description: 'The state that was asked for; null where the record was to be edited or deleted.' }) to!: string | null;
  @Field(() => [String], { description: 'The states from which it is allowed.' }) allowed!: string[];
}

@ObjectType('OneWayDirectionError', { implements: UserError, description: 'The other system owns this; the table maps carry it one way only.' })
export class OneWayDirectionError extends UserError {
  @Field({ description: 'The system that owns it.' }) owner!: string;
  @Field({ description: 'What to do instead.' }) suggestion!: string;
}

@ObjectType('ConflictError', { implements: UserError, description: 'Somebody changed the record first.' })
export class ConflictError extends UserError {
  @Field(() => Int, { nullable: true, description: 'The version the caller had read; null when none was given.' }) expectedVersion!: number | null;
  @Field(() => Int, { nullable: true, description: 'The version the record has now; null when it is not known.' }) actualVersion!: number | null;
}

@ObjectType('IdempotencyError', { implements: UserError, description: 'The idempotency key was used before with another input.' })
export class IdempotencyError extends UserError {
  @Field({ description: 'The key.' }) idempotencyKey!: string;
}

export const USER_ERROR_TYPES = [ValidationError, NotFoundError, StateTransitionError, OneWayDirectionError, ConflictError, IdempotencyError] as const;

/** What every mutation's payload has. */
@ObjectType()
export abstract class Payload {
  @Field(() => [UserError], { description: 'Why the mutation refused; empty when it did what was asked.' }) errors!: UserError[];
}
