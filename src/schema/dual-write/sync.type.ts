import { FieldTransform, RunKind, RunStatus, SyncDirection, SyncErrorClass, SyncErrorStatus, TableMapStatus } from '../../entities/dual-write/enums';
import { Actual } from '../dataverse/actual.type';
import { BulkConfirmationItem } from '../dataverse/bulk-confirmation.type';
import { ProformaInvoice } from '../dataverse/proforma-invoice.type';
import { ManyField } from '../shared/connection';
import { graphEnum } from '../shared/enums';
import { BoolField, EnumField, IntField, JsonField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { InitialSync } from './initial-sync.type';
import { TableMapVersion } from './table-map-version.type';
import { TableMapActivity } from './table-map-activity.type';

graphEnum(SyncDirection, 'SyncDirection', 'Which way a table map carries something.', {
  DATAVERSE_TO_FINANCE: 'From Dataverse to finance.',
  FINANCE_TO_DATAVERSE: 'From finance back to Dataverse.',
});
graphEnum(TableMapStatus, 'TableMapStatus', 'State of a table map.', {
  RUNNING: 'Carries changes.',
  STOPPED: 'Carries nothing; its changes wait.',
  INITIALIZING: 'Initial sync is running.',
  PAUSED: 'Its changes are queued.',
  RESUMING: 'Catching up with its queue.',
});
graphEnum(FieldTransform, 'FieldTransform', 'What a field pair does to a value.', {
  COPY: 'Takes it over.',
  VALUE_MAP: 'Translates it by a list of values.',
  DEFAULT: 'Puts a fixed value.',
  LOOKUP: 'Takes over a key that the other side must have.',
});
graphEnum(SyncErrorStatus, 'SyncErrorStatus', 'State of a record that a table map could not carry.', {
  OPEN: 'Failed; retry it after mending the cause. One with nextTryOn is tried again by itself.',
  WAITING: 'Waits for another record to arrive; every run tries it again.',
  RESOLVED: 'Carried since.',
  DISMISSED: 'Given up by somebody.',
});
graphEnum(SyncErrorClass, 'SyncErrorClass', 'What makes a record fail, and so what mends it.', {
  APPLICATION: 'The record\'s data or the other side\'s rules: mend the cause, then retry.',
  SYSTEM: 'The connection, a time limit, a lock or the disk: it says nothing about the record.',
  CATCH_UP: 'Nothing failed: the record was in a queue that was skipped and kept; retry it when it suits.',
});
graphEnum(RunKind, 'RunKind', 'What a piece of long work does.', {
  SYNC: 'Runs the table maps.',
  CONFIRM: 'Confirms proformas.',
  IMPORT: 'Imports from staging.',
  POST_JOURNALS: 'Posts integration journals.',
  POST_PROPOSALS: 'Posts invoice proposals.',
  OPERATE: 'Does what operating table maps takes time for: an initial sync, or moving a skipped queue to the sync errors.',
  QUARANTINE: 'Puts orphans into quarantine, or releases what is in it.',
  CONFIRM_IN_BULK: 'Confirms a selection of proformas, one after the other.',
  RETRY_ERRORS: 'Tries failed records again.',
  DISMISS_ERRORS: 'Gives failed records up.',
});
graphEnum(RunStatus, 'RunStatus', 'State of a piece of long work.', {
  RUNNING: 'Still at work.',
  SUCCEEDED: 'Done, and nothing was refused.',
  FINISHED_WITH_ERRORS: 'Done; what could not be carried is listed.',
  FAILED: 'Broke off; see its message.',
});

@NodeType('TableMap', 'A dual-write table map: which records go which way, by which key. It is data, shown as it is used.')
export class TableMap {
  @TextField('The product\'s own name.') name!: string;
  @TextField('The number of the active version.') mapVersion!: string;
  @IntField('Maps run in this order.') sequence!: number;
  @TextField('Logical name of the Dataverse table.') dataverseTable!: string;
  @TextField('Name of the table in finance.') financeTable!: string;
  @TextField('Which records it carries: an OData filter over the source\'s own columns; empty for all.') filter!: string;
  @TextField('The same for the way back, over the finance table\'s own columns.') financeFilter!: string;
  @JsonField('The columns of the integration key on both sides: a record is found on the other side by it.') integrationKey!: unknown;
  @JsonField('Columns that name records of other maps: the record waits until those have arrived.') references!: unknown;
  @TextField('Path from a record to the code of its legal entity.', { nullable: true }) companyPath!: string | null;
  @EnumField(TableMapStatus, 'Its state.') status!: TableMapStatus;
  @IntField('Grows with every change of the map or of its state: what expectedVersion means.') version!: number;
  @ManyField(() => TableMapField, 'Its field pairs.') fields!: unknown;
  @ManyField(() => SyncError, 'Records it could not carry.') errors!: unknown;
  @ManyField(() => TableMapVersion, 'Every version that it has had, the latest first.') versions!: unknown;
  @ManyField(() => InitialSync, 'Its initial syncs.') initialSyncs!: unknown;
  @ManyField(() => TableMapActivity, 'What was done to it, and what it did itself; the latest first.') activities!: unknown;
}

@NodeType('TableMapField', 'A pair of columns of a table map, in the systems\' own names.')
export class TableMapField {
  @IntField('Its place in the map.') sequence!: number;
  @EnumField(SyncDirection, 'Which way it goes.') direction!: SyncDirection;
  @TextField('Column of the source, or a path through lookups; null on a default.', { nullable: true }) source!: string | null;
  @TextField('Column of the target.') target!: string;
  @EnumField(FieldTransform, 'What it does to the value.') transform!: FieldTransform;
  @TextField('The value of a default.', { nullable: true }) defaultValue!: string | null;
  @JsonField('VALUE_MAP: source value to target value; `*` is every other one.', { nullable: true }) valueMap!: unknown;
  @JsonField('LOOKUP: the table and column of the target side that must hold the value.', { nullable: true }) lookup!: unknown;
  @JsonField('Values of the target that stay as they are; `*` for all, so that the column is set on insertion only.', { nullable: true }) keep!: unknown;
  @BoolField('Whether a record without a value here is refused. Of several pairs with one target the first that has a value wins.') required!: boolean;
  @OneField(() => TableMap, 'The map.', { nullable: false }) tableMap!: Related<TableMap>;
}

@NodeType('SyncError', 'A record that a table map could not carry: failed, or waiting for another record.')
export class SyncError {
  @TextField('The table map\'s name.') mapName!: string;
  @EnumField(SyncDirection, 'Which way it was to go.') direction!: SyncDirection;
  @TextField('Key of the record in its source; MAP_CANNOT_RUN is of the table map itself.') recordId!: string;
  @EnumField(SyncErrorStatus, 'Its state.') status!: SyncErrorStatus;
  @EnumField(SyncErrorClass, 'What makes it fail.') class!: SyncErrorClass;
  @TextField('A stable code.') code!: string;
  @TextField('A sentence that names what is wrong.') message!: string;
  @TextField('The column concerned.', { nullable: true }) column!: string | null;
  @TextField('Key of the record it waits for.', { nullable: true }) waitsFor!: string | null;
  @TextField('Number of the proforma it belongs to.', { nullable: true }) proformaNumber!: string | null;
  @TextField('Code of the legal entity of the record; null where it has none.', { nullable: true }) legalEntityId!: string | null;
  @IntField('How often it was tried.') attempts!: number;
  @TimestampField('When it is tried again by itself: of class SYSTEM, null when only a retry does; of one that is WAITING, null until what it waits for has come, unless a table map was changed since it was tried.', { nullable: true }) nextTryOn!: string | null;
  @TimestampField('When it first failed.') firstOn!: string;
  @TimestampField('When it last failed.') lastOn!: string;
  @OneField(() => TableMap, 'The table map.') tableMap!: Related<TableMap> | null;
  @OneField(() => Actual, 'The record, where it is an actual.') actual!: Related<Actual> | null;
  @OneField(() => ProformaInvoice, 'The record, where it is a proforma.') proformaInvoice!: Related<ProformaInvoice> | null;
}

@NodeType('Run', 'A piece of long work: a sync, confirmation, import or posting. It goes on when its caller has left.')
export class Run {
  @EnumField(RunKind, 'What it does.') kind!: RunKind;
  @EnumField(RunStatus, 'Its state.') status!: RunStatus;
  @TimestampField('When it began.') startedOn!: string;
  @TimestampField('When it ended.', { nullable: true }) finishedOn!: string | null;
  @TextField('Who asked for it.') actor!: string;
  @TextField('What was done, or why it broke off.', { nullable: true }) message!: string | null;
  @ManyField(() => BulkConfirmationItem, 'The proformas of a bulk confirmation, in the order in which they were named.') bulkConfirmationItems!: unknown;
  @ManyField(() => RunMap, 'What a sync did, per table map and direction.') maps!: unknown;
}

@NodeType('RunMap', 'What a sync did in one table map and direction.')
export class RunMap {
  @TextField('The table map\'s name.') mapName!: string;
  @EnumField(SyncDirection, 'Which way.') direction!: SyncDirection;
  @IntField('Records read.') read!: number;
  @IntField('Records written on the other side.') written!: number;
  @IntField('Records left out by the map\'s filter, or there already in this version.') skipped!: number;
  @IntField('Records refused; see syncErrors.') failed!: number;
  @IntField('Records that wait for others.') waiting!: number;
  @IntField('Initial sync: how many records it has to push in this run; null on other runs.', { nullable: true }) total!: number | null;
  @IntField('Records of a skipped queue that became sync errors.') kept!: number;
  @TextField('Null but for a map whose definition does not fit its tables, so that nothing of it was carried: the code of what is wrong, such as DIPV1022.', { nullable: true }) failureCode!: string | null;
  @TextField('The same in a sentence, with what to do.', { nullable: true }) failure!: string | null;
  @IntField('Milliseconds it took.') durationMs!: number;
  @OneField(() => Run, 'The run.', { nullable: false }) run!: Related<Run>;
}
