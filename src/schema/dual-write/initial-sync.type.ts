import { InitialSyncStatus, SyncDirection } from '../../entities/dual-write/enums';
import { graphEnum } from '../shared/enums';
import { EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { TableMap } from './sync.type';

graphEnum(InitialSyncStatus, 'InitialSyncStatus', 'State of an initial sync.', {
  RUNNING: 'Still pushing, or to be gone on with by the next sync.',
  DONE: 'Every record has been pushed; those that could not be carried are in syncErrors.',
  GIVEN_UP: 'Somebody stopped the map before that.',
});

@NodeType('InitialSync', 'A push of every record of a table map\'s master side to the other one, in batches, when the map was run.')
export class InitialSync {
  @EnumField(SyncDirection, 'Which way it pushes.') direction!: SyncDirection;
  @EnumField(InitialSyncStatus, 'Its state.') status!: InitialSyncStatus;
  @TextField('Who asked for it.') actor!: string;
  @TimestampField('When it began.') startedOn!: string;
  @TimestampField('When it ended.', { nullable: true }) finishedOn!: string | null;
  @IntField('Records of the master side when it began.') total!: number;
  @IntField('Records read so far.') read!: number;
  @IntField('Records written on the other side.') written!: number;
  @IntField('Records left out by the map\'s filter, or there already in this version.') skipped!: number;
  @IntField('Records refused; see syncErrors.') failed!: number;
  @IntField('Records that wait for others.') waiting!: number;
  @OneField(() => TableMap, 'The map.', { nullable: false }) tableMap!: Related<TableMap>;
}
