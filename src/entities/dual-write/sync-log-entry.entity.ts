import { Index } from 'typeorm';
import { Id, Integer, Option, Reference, Table, Text, Timestamp } from '../columns';
import { SyncDirection, SyncLogStatus } from './enums';

/**
 * The sync log: one row per table map and change set. It refers to records and holds no data: a run reads the records that
 * carry the change set's id, in key order, and sends their newest version. Progress is stored with each chunk.
 */
@Table('gw_synclog')
@Index(['status', 'mapName', 'sequence'])
export class SyncLogEntry {
  @Id('gw_id') id!: string;
  @Integer('gw_sequence') sequence!: number;
  @Text('gw_map', { length: 200 }) mapName!: string;
  @Option('gw_direction', 'SyncDirection', SyncDirection) direction!: SyncDirection;
  @Index() @Reference('gw_changesetid') changeSetId!: string;
  @Option('gw_status', 'SyncLogStatus', SyncLogStatus, { default: SyncLogStatus.OPEN }) status!: SyncLogStatus;
  @Timestamp('gw_createdon') createdOn!: string;
  @Timestamp('gw_doneon', { nullable: true }) doneOn!: string | null;
  /** The key of the last record that was sent. */
  @Text('gw_cursor', { length: 100, nullable: true }) cursor!: string | null;
  @Reference('gw_leaseowner', { nullable: true }) leaseOwner!: string | null;
  @Timestamp('gw_leaseexpires', { nullable: true }) leaseExpires!: string | null;
  /** How often a system failure has broken it off. */
  @Integer('gw_attempts', { default: 0 }) attempts!: number;
  /** After a system failure: nobody takes it before then. */
  @Timestamp('gw_nexttryon', { nullable: true }) nextTryOn!: string | null;
  @Timestamp('gw_lastfailedon', { nullable: true }) lastFailedOn!: string | null;
  @Text('gw_lastfailure', { length: 1000, nullable: true }) lastFailure!: string | null;
}
