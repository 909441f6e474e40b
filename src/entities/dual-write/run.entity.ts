import { Index } from 'typeorm';
import { Id, Json, Option, Table, Text, Timestamp } from '../columns';
import { RunKind, RunStatus } from './enums';

/** A piece of long work: a sync, confirmation, import or posting. It outlives the request that asked for it. */
@Table('gw_run')
export class Run {
  @Id('gw_id') id!: string;
  @Index() @Option('gw_kind', 'RunKind', RunKind) kind!: RunKind;
  @Index() @Option('gw_status', 'RunStatus', RunStatus) status!: RunStatus;
  @Timestamp('gw_startedon') startedOn!: string;
  @Timestamp('gw_finishedon', { nullable: true }) finishedOn!: string | null;
  @Text('gw_actor', { length: 100 }) actor!: string;
  /** A sentence for people: what was done, or why it failed. */
  @Text('gw_message', { length: 1000, nullable: true }) message!: string | null;
  /** Ids of what the run produced or refused, read again when asked. */
  @Json('gw_outcome', { nullable: true }) outcome!: unknown;
  /** While it is at work its process keeps moving this on; a run that is past it has lost its process. */
  @Timestamp('gw_aliveuntil', { nullable: true }) aliveUntil!: string | null;
}
