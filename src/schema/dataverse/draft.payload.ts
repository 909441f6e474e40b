import { Field, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { ProformaInvoice, ProformaInvoiceLineDetail } from './proforma-invoice.type';

@ObjectType('UpdateProformaInvoiceLineDetailsPayload', { description: 'The draft with its new totals, and the edited details.' })
export class UpdateProformaInvoiceLineDetailsPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @RecordsField(() => ProformaInvoiceLineDetail, 'The edited details, in the input\'s order.') details!: Related<ProformaInvoiceLineDetail>[];
}

@ObjectType('AddProformaInvoiceLineDetailsPayload', { description: 'The draft with its new totals, and the new details.' })
export class AddProformaInvoiceLineDetailsPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @RecordsField(() => ProformaInvoiceLineDetail, 'The new details, in the input\'s order.') details!: Related<ProformaInvoiceLineDetail>[];
}

@ObjectType('RemoveProformaInvoiceLineDetailsPayload', { description: 'The draft with its new totals.' })
export class RemoveProformaInvoiceLineDetailsPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @Field(() => Int, { nullable: true, description: 'How many transactions went back to the billing backlog; null when refused.' }) returnedTransactionCount!: number | null;
}

@ObjectType('RefreshProformaInvoicePayload', { description: 'The draft with what arrived.' })
export class RefreshProformaInvoicePayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@ObjectType('AddToProformaInvoicePayload', { description: 'The draft that took the transactions.' })
export class AddToProformaInvoicePayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@ObjectType('SubmitProformaInvoiceForReviewPayload', { description: 'The proforma in review.' })
export class SubmitProformaInvoiceForReviewPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@ObjectType('ReturnProformaInvoiceToDraftPayload', { description: 'The draft.' })
export class ReturnProformaInvoiceToDraftPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@ObjectType('MarkProformaInvoicePaidPayload', { description: 'The paid proforma.' })
export class MarkProformaInvoicePaidPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@ObjectType('UpdateProformaInvoicePayload', { description: 'The proforma as it was edited.' })
export class UpdateProformaInvoicePayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
}
