import { Unique } from 'typeorm';
import { Bool, Integer, Table, Text } from '../columns';
import { LegalEntitySetup } from './finance-record';

/** A format of *Manage invoice* that an accountant made: what the lines of an invoice are grouped by, and whether they are shown. */
@Table('gw_InvoiceFormats')
@Unique(['legalEntityId', 'formatId'])
export class ManagedInvoiceFormat extends LegalEntitySetup {
  @Text('FormatId', { length: 20 }) formatId!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
  /** Names of `InvoiceGroupField` with commas between, the outermost first. */
  @Text('GroupBy', { length: 100 }) groupBy!: string;
  @Bool('ShowLines', { default: false }) showsLines!: boolean;
  @Integer('RecVersion', { default: 1 }) version!: number;
}
