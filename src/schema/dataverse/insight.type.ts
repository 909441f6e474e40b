import { Field, ObjectType } from 'type-graphql';
import { BillingType } from '../../entities/dataverse/option-sets';
import type { Decimal } from '../../kernel/decimal';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { DecimalScalar } from '../shared/scalars';
import './enums';
import { ProformaInvoiceLineDetail } from './proforma-invoice.type';

@ObjectType('EditedField', { description: 'One field of a line detail that says something else than its unbilled actual.' })
export class EditedField {
  @Field({ description: 'The field: quantity, price, amount, tax, billingType, description or externalDescription.' }) field!: string;
  @Field(() => String, { nullable: true, description: 'What the unbilled actual says.' }) original!: string | null;
  @Field(() => String, { nullable: true, description: 'What the line detail says.' }) value!: string | null;
}

@ObjectType('EditedTransaction', { description: 'A line detail that was edited, and what differs from the transaction that it bills.' })
export class EditedTransaction {
  @RecordField(() => ProformaInvoiceLineDetail, 'The line detail.') detail!: Related<ProformaInvoiceLineDetail> | null;
  @Field(() => [EditedField], { description: 'What differs.' }) changes!: EditedField[];
}

@ObjectType('StageAmounts', { description: 'Amounts of one billing type by how far they have come towards a customer invoice, before tax; retainers are not in them. Each transaction is in one of them.' })
export class StageAmounts {
  @Field(() => BillingType, { description: 'The billing type of these amounts.' }) billingType!: BillingType;
  @Field(() => DecimalScalar, { description: 'In the backlog, not ready.' }) openAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'In the backlog, ready for the next proforma.' }) readyAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On proformas that are not confirmed; a correction counts with the difference to what was billed before.' }) draftAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On confirmed proformas whose customer invoices finance has not posted yet.' }) confirmedAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On customer invoices that finance has posted, from that moment on; the write-back to the proforma comes later.' }) invoicedAmount!: Decimal;
}

@ObjectType('RetainerAmounts', { description: 'Amounts of a contract\'s retainers, before tax. What is invoiced is used, refunded or available.' })
export class RetainerAmounts {
  @Field(() => DecimalScalar, { description: 'Not ready to be invoiced.' }) openAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Ready for the next proforma.' }) readyAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On proformas that are not confirmed.' }) draftAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Billed by confirmed proformas: from the confirmation on a retainer can pay for work.' }) invoicedAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'What confirmed proformas have paid out of them.' }) usedAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'What confirmed proformas have given back.' }) refundedAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'What is left; what drafts apply is still in it.' }) availableAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'What proformas that are not confirmed pay out of them.' }) appliedOnDraftsAmount!: Decimal;
}

@ObjectType('FinancialSummary', { description: 'Where the money of a contract stands.' })
export class FinancialSummary {
  @Field({ description: 'Currency of the amounts: the contract\'s.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'The contracted value of all contract lines; null when none of them has one.' }) contractedAmount!: Decimal | null;
  @Field(() => [StageAmounts], { description: 'What was worked, used or fell due: one row per billing type that the contract has.' }) byBillingType!: StageAmounts[];
  @Field(() => RetainerAmounts, { description: 'The retainers, which are in none of the other amounts.' }) retainers!: RetainerAmounts;
}
