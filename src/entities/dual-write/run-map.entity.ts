import { Unique } from 'typeorm';
import { Id, Integer, Lookup, Option, Table, Text } from '../columns';
import { Run } from './run.entity';
import { SyncDirection } from './enums';

/** What one sync run did in one table map and direction. */
@Table('gw_runmap')
@Unique(['runId', 'mapName', 'direction'])
export class RunMap {
  @Id('gw_id') id!: string;
  @Lookup('gw_run', () => Run) runId!: string;
  @Text('gw_map', { length: 200 }) mapName!: string;
  @Option('gw_direction', 'SyncDirection', SyncDirection) direction!: SyncDirection;
  @Integer('gw_read', { default: 0 }) read!: number;
  @Integer('gw_written', { default: 0 }) written!: number;
  /** Filtered out by the map, or already there in this version. */
  @Integer('gw_skipped', { default: 0 }) skipped!: number;
  @Integer('gw_failed', { default: 0 }) failed!: number;
  /** What waits for another record when the run ends. */
  @Integer('gw_waiting', { default: 0 }) waiting!: number;
  /** Initial sync: how many records it has to push. */
  @Integer('gw_total', { nullable: true }) total!: number | null;
  /** Records of a skipped queue that became sync errors. */
  @Integer('gw_kept', { default: 0 }) kept!: number;
  /** Nothing could be carried, because the map's definition does not fit its tables: the code of what is wrong, and a sentence. */
  @Text('gw_failurecode', { length: 60, nullable: true }) failureCode!: string | null;
  @Text('gw_failure', { length: 1000, nullable: true }) failure!: string | null;
  @Integer('gw_durationms', { default: 0 }) durationMs!: number;
}
