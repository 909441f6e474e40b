import { Field, Int, ObjectType } from 'type-graphql';
import { BulkConfirmationStatus } from '../../entities/dataverse/option-sets';
import { Run } from '../dual-write/sync.type';
import { EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import './enums';
import { ProformaInvoice } from './proforma-invoice.type';

@NodeType('BulkConfirmationItem', 'A proforma in a bulk confirmation, and what became of it.')
export class BulkConfirmationItem {
  @IntField('Its place among the proformas that were named, from 0.') position!: number;
  @TextField('The proforma\'s number, also when the draft was deleted since, or the given number that no proforma has; null when there was none with the given id.', { nullable: true }) proformaInvoiceNumber!: string | null;
  @EnumField(BulkConfirmationStatus, 'How far it has come.') status!: BulkConfirmationStatus;
  @TimestampField('When it was confirmed, or failed.', { nullable: true }) finishedOn!: string | null;
  @TextField('Why it failed, as a sentence.', { nullable: true }) message!: string | null;
  @OneField(() => ProformaInvoice, 'The proforma; null when there is none any more.') proformaInvoice!: Related<ProformaInvoice> | null;
  @OneField(() => Run, 'The bulk confirmation.', { nullable: false }) run!: Related<Run>;
}

@ObjectType('BulkConfirmationTotals', { description: 'How many proformas of a bulk confirmation are how far.' })
export class BulkConfirmationTotals {
  @Field(() => Int, { description: 'All of them.' }) total!: number;
  @Field(() => Int, { description: 'Those that wait for their turn.' }) scheduled!: number;
  @Field(() => Int, { description: 'Those that are being confirmed.' }) processing!: number;
  @Field(() => Int, { description: 'Those that are confirmed.' }) complete!: number;
  @Field(() => Int, { description: 'Those that were refused.' }) failed!: number;
}
