import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { ProformaInvoice, ProformaInvoiceLineDetail } from './proforma-invoice.type';

@ObjectType('UpdateProformaInvoiceLineDetailsPayload', { description: 'The draft with its new totals, and the edited details.' })
export class UpdateProformaInvoiceLineDetailsPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @RecordsField(() => ProformaInvoiceLineDetail, 'The edited details, in the input\'s order.') details!: Related<ProformaInvoiceLineDetail>[];
}
