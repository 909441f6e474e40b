import { Field, Int, ObjectType } from 'type-graphql';
import { PostingType } from '../../entities/finance/enums';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import { UserError } from '../shared/user-error.type';
import './enums';
import { InvoiceProposalLine } from './invoice-proposal.type';

@ObjectType('PostingPreviewTax', { description: 'Sales tax of one tax code: of a line, or of the whole invoice.' })
export class PostingPreviewTax {
  @Field(() => String, { description: 'The tax code.' }) taxCode!: string;
  @Field(() => DecimalScalar, { description: 'Percent of the net amount.' }) ratePercent!: string;
  @Field(() => DecimalScalar, { description: 'The net amount.' }) baseAmount!: string;
  @Field(() => DecimalScalar, { description: 'Sales tax, rounded per line and tax code.' }) taxAmount!: string;
  @Field(() => DecimalScalar, { description: 'Sales tax in accounting currency.' }) accountingTaxAmount!: string;
}

@ObjectType('PostingPreviewLine', { description: 'A line of the customer invoice that posting would write.' })
export class PostingPreviewLine {
  @Field(() => Int, { description: 'Its place on the invoice.' }) lineNumber!: number;
  @Field(() => DecimalScalar, { description: 'Amount before tax.' }) lineAmount!: string;
  @Field(() => DecimalScalar, { description: 'Sales tax, computed at the invoice date.' }) taxAmount!: string;
  @Field(() => DecimalScalar, { description: 'Amount before tax, in accounting currency at the invoice\'s rate.' }) accountingAmount!: string;
  @Field(() => [PostingPreviewTax], { description: 'Its sales tax, per tax code.' }) taxes!: PostingPreviewTax[];
  @RecordField(() => InvoiceProposalLine, 'The proposal line, with quantity, price, description and tax groups.') proposalLine!: Related<InvoiceProposalLine> | null;
}

@ObjectType('PostingPreviewLedgerEntry', { description: 'A ledger entry that posting would write: the sum over all lines by posting type, main account, currency and tax code. Debit is positive, credit negative.' })
export class PostingPreviewLedgerEntry {
  @Field(() => PostingType, { description: 'Why the amount would be on the account.' }) postingType!: PostingType;
  @Field(() => String, { description: 'The main account.' }) mainAccountId!: string;
  @Field(() => String, { nullable: true, description: 'The main account\'s name.' }) mainAccountName!: string | null;
  @Field(() => String, { description: 'Transaction currency.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Amount in transaction currency.' }) amount!: string;
  @Field(() => DecimalScalar, { description: 'Amount in accounting currency.' }) accountingAmount!: string;
  @Field(() => String, { nullable: true, description: 'Remarks: a tax code, or *Pro forma* where the invoice number will stand.' }) text!: string | null;
  @Field(() => String, { nullable: true, description: 'Financial dimensions.' }) defaultDimension!: string | null;
}

@ObjectType('PostingPreviewInvoice', { description: 'The customer invoice that posting would write.' })
export class PostingPreviewInvoice {
  @Field(() => DateScalar, { description: 'Invoice date.' }) invoiceDate!: string;
  @Field(() => DateScalar, { description: 'Due date.' }) dueDate!: string;
  @Field(() => String, { nullable: true, description: 'Terms of payment.' }) paymentTerms!: string | null;
  @Field(() => String, { description: 'Customer posting profile.' }) postingProfile!: string;
  @Field(() => String, { description: 'Currency of the invoice.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Units of accounting currency per unit of invoice currency.' }) exchangeRate!: string;
  @Field(() => String, { description: 'Currency of the books.' }) accountingCurrencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Sum of its lines before tax.' }) netAmount!: string;
  @Field(() => DecimalScalar, { description: 'Sales tax.' }) taxAmount!: string;
  @Field(() => DecimalScalar, { description: 'Net amount plus tax; negative for a credit note.' }) invoiceAmount!: string;
  @Field(() => DecimalScalar, { description: 'Net amount plus tax, in accounting currency.' }) accountingInvoiceAmount!: string;
  @Field(() => Int, { description: 'How many lines the invoice would have.' }) lineCount!: number;
  @Field(() => [PostingPreviewLine], { description: 'Lines in line order: those after `afterLine`, at most `firstLines` of them.' }) lines!: PostingPreviewLine[];
  @Field(() => Boolean, { description: 'Whether the invoice has lines behind the listed ones. Totals, taxes and ledger entries are of all lines.' }) hasMoreLines!: boolean;
  @Field(() => [PostingPreviewTax], { description: 'Sales tax of the whole invoice, per tax code and rate.' }) taxes!: PostingPreviewTax[];
  @Field(() => [PostingPreviewLedgerEntry], { description: 'The voucher. It balances in transaction and in accounting currency.' }) ledgerEntries!: PostingPreviewLedgerEntry[];
}

@ObjectType('PostingPreview', { description: 'What posting a proposal would write now, or why it would be refused. Nothing is changed and no number is taken.' })
export class PostingPreview {
  @Field(() => PostingPreviewInvoice, { nullable: true, description: 'The invoice; null when posting would be refused.' }) invoice!: PostingPreviewInvoice | null;
  @Field(() => [UserError], { description: 'Why posting would be refused; empty when it would not.' }) errors!: UserError[];
}
