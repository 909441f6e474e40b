import { Field, ID, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { ProformaInvoice, ProformaInvoiceLineDetail } from './proforma-invoice.type';
import { Retainer } from './retainer.type';

@ObjectType('RetainerPayload', { description: 'The retainer as it is now.' })
export class RetainerPayload extends Payload {
  @RecordField(() => Retainer, 'The retainer; null when refused.') retainer!: Related<Retainer> | null;
}

@ObjectType('DeleteRetainerPayload', { description: 'What was deleted.' })
export class DeleteRetainerPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the retainer that no longer exists; null when refused.' }) deletedRetainerId!: string | null;
}

@ObjectType('UpdateAppliedRetainersPayload', { description: 'The draft with its new totals, and the changed details.' })
export class UpdateAppliedRetainersPayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @RecordsField(() => ProformaInvoiceLineDetail, 'The changed details, in the input\'s order.') details!: Related<ProformaInvoiceLineDetail>[];
}
