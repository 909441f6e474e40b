import { Field, ID, InputType, Int } from 'type-graphql';
import { OrphanKind } from '../../entities/finance/enums';
import { LongMutationInput } from '../shared/mutation.input';

@InputType('QuarantineOrphansInput', { description: 'Which orphans to put into quarantine: named ones, or all. The query `orphans` shows them first.' })
export class QuarantineOrphansInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Rows by the `id` of an `Orphan`, or of a staged actual or connection; at most 500. All or none.' }) ids?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Every orphan that finance has not gone on with, however many there are.' }) all?: boolean | null;
  @Field(() => [OrphanKind], { nullable: true, description: 'With all: only these kinds.' }) kinds?: OrphanKind[] | null;
  @Field(() => Int, { nullable: true, description: 'With all: only rows that arrived longer ago than this many minutes. Those of which nothing says when count as old.' }) olderThanMinutes?: number | null;
}

@InputType('ReleaseQuarantinedInput', { description: 'Which rows to give back to the import: named ones, or all.' })
export class ReleaseQuarantinedInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Rows by the `id` of a `QuarantinedRow`, or of a staged actual; at most 500. All or none.' }) ids?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Everything in quarantine.' }) all?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Rows whose source is not back, too; the next import may take them up. Otherwise such a row is refused when it is named, and left in quarantine with all.' }) evenWithoutSource?: boolean | null;
}
