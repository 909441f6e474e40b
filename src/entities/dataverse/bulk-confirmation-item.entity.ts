import { Index, Unique } from 'typeorm';
import { Id, Integer, Json, Lookup, Option, Reference, Table, Text, Timestamp } from '../columns';
import { Run } from '../dual-write/run.entity';
import { BulkConfirmationStatus } from './option-sets';

/**
 * One proforma of a bulk confirmation. It is the queue as well: what is Scheduled or Processing is still to be done, by whichever
 * process gets its lock.
 */
@Table('gw_bulkconfirmationitem')
@Unique(['runId', 'position'])
export class BulkConfirmationItem {
  @Id('gw_id') id!: string;
  @Lookup('gw_run', () => Run) runId!: string;
  /** Its place among the proformas that the caller named, from 0. */
  @Integer('gw_position') position!: number;
  /** Where the caller's input names it. */
  @Json('gw_path') path!: string[];
  /** Without a foreign key: a draft may be deleted while it waits, and its refusal has to stay. Null when no proforma had the given number. */
  @Index() @Reference('gw_invoice', { nullable: true }) proformaInvoiceId!: string | null;
  /** Its own, or the given one that no proforma has; null when no proforma had the given id. */
  @Text('gw_invoicenumber', { length: 100, nullable: true }) proformaInvoiceNumber!: string | null;
  @Index() @Option('gw_status', 'BulkConfirmationStatus', BulkConfirmationStatus) status!: BulkConfirmationStatus;
  @Timestamp('gw_finishedon', { nullable: true }) finishedOn!: string | null;
  /** Why it was refused; empty unless it was. */
  @Json('gw_refusals', { nullable: true }) refusals!: unknown;
  /** A sentence for people: why it failed. */
  @Text('gw_message', { length: 1000, nullable: true }) message!: string | null;
}
