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

@ObjectType('FinancialSummary', { description: 'Amounts of a contract by how far they have come towards an invoice, of one billing type, before tax.' })
export class FinancialSummary {
  @Field(() => BillingType, { description: 'The billing type of these amounts.' }) billingType!: BillingType;
  @Field({ description: 'Currency of the amounts.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { description: 'In the backlog, not ready.' }) openAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'In the backlog, ready for the next proforma.' }) readyAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On proformas that are not confirmed.' }) draftAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Confirmed, and not invoiced by finance yet.' }) confirmedAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'On customer invoices that finance has posted and written back.' }) invoicedAmount!: Decimal;
}
