import { Field, ID, InputType, Int } from 'type-graphql';
import { BillingType, TransactionClassification } from '../../entities/dataverse/option-sets';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import './enums';

/** Which proforma a mutation is about. */
@InputType()
export abstract class ProformaInvoiceInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proforma, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proforma, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('LineDetailEditInput', { description: 'New values of one line detail; what is left out stays as it is. Which fields can be edited depends on what it bills: on a milestone not the quantity, on a product only the tax.' })
export class LineDetailEditInput {
  @Field(() => ID, { description: 'The line detail.' }) detailId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'What the customer is to be billed, never negative. Of time, expense and material the rest is billed as non-chargeable.' }) quantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Price per unit, up to 4 decimals. The amount is quantity times price, rounded to the currency.' }) price?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'The estimate of sales tax.' }) tax?: Decimal | null;
  @Field(() => BillingType, { nullable: true, description: 'Chargeable, non-chargeable or complimentary.' }) billingType?: BillingType | null;
  @Field(() => String, { nullable: true, description: 'What it is for, up to 200 characters; null empties it.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'What the customer reads, up to 200 characters; null empties it.' }) externalDescription?: string | null;
  @Field(() => TransactionClassification, { nullable: true, description: 'Always refused: the kind of transaction never changes.' }) classification?: TransactionClassification | null;
}

@InputType('UpdateProformaInvoiceLineDetailsInput', { description: 'Edits of line details of one draft: all of them are made, or none.' })
export class UpdateProformaInvoiceLineDetailsInput extends ProformaInvoiceInput {
  @Field(() => [LineDetailEditInput], { description: 'The edits, one per line detail.' }) details!: LineDetailEditInput[];
}

@InputType('ManualLineDetailInput', { description: 'A line detail that is added by hand: no transaction is behind it.' })
export class ManualLineDetailInput {
  @Field(() => ID, { description: 'The contract line that it is billed on.' }) contractLineId!: string;
  @Field(() => TransactionClassification, { description: 'Time, expense, material or fee.' }) classification!: TransactionClassification;
  @Field(() => DecimalScalar, { description: 'Hours or units, never negative.' }) quantity!: Decimal;
  @Field(() => DecimalScalar, { description: 'Price per unit, up to 4 decimals.' }) price!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: 'The estimate of sales tax; none unless given.' }) tax?: Decimal | null;
  @Field(() => BillingType, { nullable: true, description: 'Chargeable unless given.' }) billingType?: BillingType | null;
  @Field(() => DateScalar, { nullable: true, description: 'When it happened; today unless given.' }) transactionDate?: string | null;
  @Field(() => ID, { nullable: true, description: 'The transaction category; finance needs one for time, expense and fee.' }) categoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The role.' }) roleId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who worked.' }) resourceId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The task.' }) taskId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The product, of material.' }) productId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The unit.' }) unitId?: string | null;
  @Field(() => String, { nullable: true, description: 'What it is for, up to 200 characters.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'What the customer reads, up to 200 characters.' }) externalDescription?: string | null;
}

@InputType('AddProformaInvoiceLineDetailsInput', { description: 'Line details to add to one draft by hand: all of them, or none.' })
export class AddProformaInvoiceLineDetailsInput extends ProformaInvoiceInput {
  @Field(() => [ManualLineDetailInput], { description: 'The new details.' }) details!: ManualLineDetailInput[];
}

@InputType('RemoveProformaInvoiceLineDetailsInput', { description: 'Line details to take off one draft: all of them, or none.' })
export class RemoveProformaInvoiceLineDetailsInput extends ProformaInvoiceInput {
  @Field(() => [ID], { description: 'The details.' }) detailIds!: string[];
}

@InputType('RefreshProformaInvoiceInput', { description: 'The draft to bring up to date.' })
export class RefreshProformaInvoiceInput extends ProformaInvoiceInput {
  @Field(() => DateScalar, { nullable: true, description: 'Only transactions up to this day, and on it; today unless given.' }) transactionsThrough?: string | null;
}

@InputType('AddToProformaInvoiceInput', { description: 'Ready transactions of one contract and customer that go on a draft: all of them, or none.' })
export class AddToProformaInvoiceInput extends MutationInput {
  @Field(() => [ID], { nullable: true, description: 'Unbilled sales actuals, by id.' }) actualIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Milestones, by id.' }) milestoneIds?: string[] | null;
}

@InputType('SubmitProformaInvoiceForReviewInput', { description: 'The draft to submit.' })
export class SubmitProformaInvoiceForReviewInput extends ProformaInvoiceInput {}

@InputType('ReturnProformaInvoiceToDraftInput', { description: 'The proforma to take back from review.' })
export class ReturnProformaInvoiceToDraftInput extends ProformaInvoiceInput {}

@InputType('MarkProformaInvoicePaidInput', { description: 'The proforma that was paid.' })
export class MarkProformaInvoicePaidInput extends ProformaInvoiceInput {}

@InputType('UpdateProformaInvoiceInput', { description: 'New values of a header that is not confirmed yet; what is left out stays, null empties (but for the name).' })
export class UpdateProformaInvoiceInput extends ProformaInvoiceInput {
  @Field(() => String, { nullable: true, description: 'Its name, up to 300 characters.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Remarks, up to 2,000 characters.' }) description?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Invoice date; empty means the day of confirmation.' }) invoiceDate?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'When payment is due.' }) dueDate?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'When it counts in the books: stamped on what the confirmation creates; empty means the day of confirmation.' }) accountingDate?: string | null;
  @Field(() => String, { nullable: true, description: 'Whom the invoice is addressed to.' }) billToName?: string | null;
  @Field(() => String, { nullable: true, description: 'First line of the address.' }) billToLine1?: string | null;
  @Field(() => String, { nullable: true, description: 'Second line of the address.' }) billToLine2?: string | null;
  @Field(() => String, { nullable: true, description: 'Third line of the address.' }) billToLine3?: string | null;
  @Field(() => String, { nullable: true, description: 'City.' }) billToCity?: string | null;
  @Field(() => String, { nullable: true, description: 'State or province.' }) billToStateOrProvince?: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code.' }) billToPostalCode?: string | null;
  @Field(() => String, { nullable: true, description: 'Country.' }) billToCountry?: string | null;
}
