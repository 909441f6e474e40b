import { Index } from 'typeorm';
import { Option, Text, Timestamp } from '../columns';
import { OrphanKind } from './enums';
import { FinanceRecord } from './finance-record';

/**
 * What *Import from staging* takes up: a staged actual or milestone. In quarantine it stays as it is, to be seen, and no import takes it
 * up. Only a row that is not taken up goes into quarantine, so nothing in quarantine can be posted.
 */
export abstract class StagedRecord extends FinanceRecord {
  @Index({ where: '"gw_quarantinedon" IS NOT NULL' }) @Timestamp('gw_quarantinedon', { nullable: true }) quarantinedOn!: string | null;
  @Text('gw_quarantinedby', { length: 100, nullable: true }) quarantinedBy!: string | null;
  @Option('gw_quarantinereason', 'OrphanKind', OrphanKind, { nullable: true }) quarantineReason!: OrphanKind | null;
}
