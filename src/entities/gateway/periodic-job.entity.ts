import { Index } from 'typeorm';
import { Id, Integer, Option, Table, Text, Timestamp } from '../columns';
import { PeriodicJobOutcome } from './enums';

/**
 * Work that the whole deployment does once per period, whichever worker comes first. A worker claims it by compare-and-set on the
 * version and holds it under a lease that expires, so that a job whose worker died is taken over.
 */
@Table('gw_periodicjob')
export class PeriodicJob {
  @Id('gw_id') id!: string;
  @Index({ unique: true }) @Text('gw_name', { length: 50 }) name!: string;
  /** The period of the worker that had it last, in milliseconds. */
  @Integer('gw_everyms') everyMs!: number;
  @Timestamp('gw_nextdueon') nextDueOn!: string;
  /** The worker that is at it; null when nobody is. */
  @Text('gw_leaseowner', { length: 100, nullable: true }) heldBy!: string | null;
  @Timestamp('gw_leaseexpires', { nullable: true }) heldUntil!: string | null;
  @Timestamp('gw_laststartedon', { nullable: true }) lastStartedOn!: string | null;
  @Timestamp('gw_lastendedon', { nullable: true }) lastEndedOn!: string | null;
  @Option('gw_lastoutcome', 'PeriodicJobOutcome', PeriodicJobOutcome, { nullable: true }) lastOutcome!: PeriodicJobOutcome | null;
  /** A sentence for people: what was done, or why it failed. */
  @Text('gw_message', { length: 1000, nullable: true }) lastMessage!: string | null;
  /** How often in a row it has failed; its pause grows with it. */
  @Integer('gw_failures', { default: 0 }) failuresInARow!: number;
  @Integer('gw_version', { default: 1 }) version!: number;
}
