import { Index, Unique } from 'typeorm';
import { Id, Integer, Option, Table, Text, Timestamp } from '../columns';
import { SyncDirection, SyncErrorClass, SyncErrorStatus } from './enums';

/** A record that a table map could not carry: failed with a code and a sentence, or waiting for another record. */
@Table('DualWriteErrorLog')
@Unique(['mapName', 'direction', 'recordId'])
@Index(['mapName', 'direction', 'nextTryOn'])
export class SyncError {
  @Id('gw_id') id!: string;
  @Text('ProjectName', { length: 200 }) mapName!: string;
  @Option('gw_direction', 'SyncDirection', SyncDirection) direction!: SyncDirection;
  /** The source record's id. */
  @Index() @Text('RecordIdentifier', { length: 100 }) recordId!: string;
  @Index() @Option('gw_status', 'SyncErrorStatus', SyncErrorStatus) status!: SyncErrorStatus;
  @Option('gw_class', 'SyncErrorClass', SyncErrorClass, { default: SyncErrorClass.APPLICATION }) class!: SyncErrorClass;
  @Text('gw_code', { length: 60 }) code!: string;
  @Text('DetailedErrorMessage', { length: 1000 }) message!: string;
  @Text('gw_column', { length: 200, nullable: true }) column!: string | null;
  /** WAITING: the id of the record that has to arrive first. */
  @Index() @Text('gw_waitsfor', { length: 100, nullable: true }) waitsFor!: string | null;
  /** The proforma's number, where the record belongs to one. */
  @Text('gw_proformanumber', { length: 100, nullable: true }) proformaNumber!: string | null;
  /** Code of the legal entity of the record, where it has one. */
  @Text('gw_legalentity', { length: 4, nullable: true }) legalEntityId!: string | null;
  /** Version of the source record that failed last: a dismissed error comes back only with a higher one. */
  @Integer('gw_recordversion', { default: 0 }) recordVersion!: number;
  @Integer('gw_attempts', { default: 1 }) attempts!: number;
  /** SYSTEM: how often the system has failed it since it was put off first. */
  @Integer('gw_systemtries', { default: 0 }) systemTries!: number;
  /**
   * Every sync tries it again by itself from then on. SYSTEM: null when nobody does any more. WAITING: null until what it waits for has
   * come, unless a table map was changed since it was tried. Null for all others.
   */
  @Timestamp('gw_nexttryon', { nullable: true }) nextTryOn!: string | null;
  @Timestamp('gw_firston') firstOn!: string;
  @Timestamp('gw_laston') lastOn!: string;
  @Integer('gw_version', { default: 1 }) version!: number;
}
