import { Field, InputType, Int } from 'type-graphql';

/** What every mutation's input may have. */
@InputType()
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'Makes the mutation repeatable: the same key with the same input gives the same outcome and does nothing twice; with another input it is refused.',
  })
  idempotencyKey?: string | null;
}

/** Long work answers after this long even when it is still running. */
@InputType()
export abstract class LongMutationInput extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds to wait for the work, 30,000 unless given, 120,000 at the most. After that the answer has its run, still RUNNING, to be queried later.',
  })
  waitMs?: number | null;
}

export const EXPECTED_VERSION = 'The version that the caller has read; refused with ConflictError when the record has another by now.';
