import { Index } from 'typeorm';
import { Id, Integer, Lookup, Option, Reference, Table, Text, Timestamp } from '../columns';
import { InitialSyncStatus, SyncDirection } from './enums';
import { TableMap } from './table-map.entity';

/** A push of every record of a map's source, in key order: how far it has come is stored with each chunk, so that any run can go on with it. */
@Table('gw_initialsync')
export class InitialSync {
  @Id('gw_id') id!: string;
  @Index() @Lookup('gw_dualwriteprojectconfiguration', () => TableMap) tableMapId!: string;
  /** From the side that was chosen as master to the other one. */
  @Option('gw_direction', 'SyncDirection', SyncDirection) direction!: SyncDirection;
  @Index() @Option('gw_status', 'InitialSyncStatus', InitialSyncStatus) status!: InitialSyncStatus;
  @Text('gw_actor', { length: 100 }) actor!: string;
  @Timestamp('gw_startedon') startedOn!: string;
  @Timestamp('gw_finishedon', { nullable: true }) finishedOn!: string | null;
  /** Records of the source when it began. */
  @Integer('gw_total') total!: number;
  @Integer('gw_read', { default: 0 }) read!: number;
  @Integer('gw_written', { default: 0 }) written!: number;
  @Integer('gw_skipped', { default: 0 }) skipped!: number;
  @Integer('gw_failed', { default: 0 }) failed!: number;
  @Integer('gw_waiting', { default: 0 }) waiting!: number;
  /** The key of the last record that was pushed. */
  @Text('gw_cursor', { length: 100, nullable: true }) cursor!: string | null;
  @Reference('gw_leaseowner', { nullable: true }) leaseOwner!: string | null;
  @Timestamp('gw_leaseexpires', { nullable: true }) leaseExpires!: string | null;
}
