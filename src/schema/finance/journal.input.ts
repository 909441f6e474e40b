import { Field, ID, InputType, Int } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';

/** Which integration journal a mutation is about. */
@InputType()
export abstract class JournalInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The journal, by id; give this or its number.' }) journalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The journal, by number.' }) journalNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ResetIntegrationJournalInput', { description: 'The journal in Error that becomes a draft again, with its lines.' })
export class ResetIntegrationJournalInput extends JournalInput {}

@InputType('DeleteIntegrationJournalLinesInput', { description: 'Lines of one journal that are not posted; all or none are deleted.' })
export class DeleteIntegrationJournalLinesInput extends JournalInput {
  @Field(() => [ID], { description: 'The lines, by id.' }) lineIds!: string[];
}

@InputType('DeleteIntegrationJournalInput', { description: 'The journal to delete; no line of it may be posted.' })
export class DeleteIntegrationJournalInput extends MutationInput {
  @Field(() => ID, { description: 'The journal, by id.' }) journalId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('IntegrationJournalLineChange', { description: 'What to change on a line. A field that is left out stays; null clears it. Fields that Dataverse owns can be sent, and are refused one by one.' })
export class IntegrationJournalLineChange {
  @Field(() => ID, { description: 'The line, by id.' }) lineId!: string;
  @Field(() => String, { nullable: true, description: 'Billing side, sales lines only: sales tax group. The proposal line takes it over.' }) salesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Billing side, sales lines only: item sales tax group. The proposal line takes it over.' }) itemSalesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Cost side, cost lines only: sales tax group. No sales tax is posted on cost.' }) costSalesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Cost side, cost lines only: item sales tax group. No sales tax is posted on cost.' }) costItemSalesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Financial dimensions.' }) defaultDimension?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) contractId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) projectId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) categoryId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) linePropertyId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) accountingDate?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) transactionDate?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) description?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) quantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) unitPrice?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) amount?: Decimal | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) currencyCode?: string | null;
}

@InputType('UpdateIntegrationJournalLinesInput', { description: 'Changes of lines of one journal, all or none.' })
export class UpdateIntegrationJournalLinesInput extends JournalInput {
  @Field(() => [IntegrationJournalLineChange], { description: 'The lines, each with what changes.' }) lines!: IntegrationJournalLineChange[];
}
