import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { SyncDirection, TableMapStatus } from '../../entities/dual-write/enums';
import { PreviewOutcome } from '../../stores/dual-write/preview.enums';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX } from '../../stores/reading/plan';
import { PageInfo } from '../shared/connection';
import { graphEnum } from '../shared/enums';
import './sync.type';

graphEnum(PreviewOutcome, 'PreviewOutcome', 'What a run would make of a record.', {
  CREATE: 'It would be created on the other side.',
  CHANGE: 'The other side has it in a lower version, which would be overwritten.',
  SKIP: 'It would be left where it is; `code` says why.',
  WAIT: 'It would wait for another record that does not go in the same run.',
  REFUSE: 'It would become a sync error.',
});

@ObjectType('SyncPreviewField', { description: 'One column of the target: what it holds and what it would get. Decimals are exact text.' })
export class SyncPreviewField {
  @Field({ description: 'The target\'s column.' }) column!: string;
  @Field(() => [String], { description: 'The source\'s columns that the value is taken from: the first that has one. Empty for a value that stands in the map.' }) sourceColumns!: readonly string[];
  @Field(() => String, { nullable: true, description: 'What the target holds now; null where that is nothing.' }) from!: string | null;
  @Field(() => String, { nullable: true, description: 'What it would hold then.' }) to!: string | null;
  @Field({ description: 'Whether these differ.' }) changes!: boolean;
  @Field({ description: 'Whether the map leaves the target\'s value, whatever the source says.' }) kept!: boolean;
}

@ObjectType('SyncPreviewRecord', { description: 'What a run would make of one record.' })
export class SyncPreviewRecord {
  @Field({ description: 'The table map.' }) mapName!: string;
  @Field(() => SyncDirection, { description: 'Which way.' }) direction!: SyncDirection;
  @Field(() => ID, { description: 'Key of the record in its source.' }) recordId!: string;
  @Field({ description: 'Its value of the integration key, under which the other side knows it.' }) integrationKey!: string;
  @Field(() => Int, { description: 'The version that would go.' }) recordVersion!: number;
  @Field(() => PreviewOutcome, { description: 'What would become of it.' }) outcome!: PreviewOutcome;
  @Field(() => String, { nullable: true, description: 'Why it is left, waits or is refused: FILTERED_OUT, ALREADY_THERE, REFERENCE_FILTERED_OUT, or the code that the sync error would have.' }) code!: string | null;
  @Field(() => String, { nullable: true, description: 'The same in a sentence that names the values.' }) message!: string | null;
  @Field(() => String, { nullable: true, description: 'The source\'s column that it is about, where there is one.' }) column!: string | null;
  @Field(() => ID, { nullable: true, description: 'Key of the record that it waits for.' }) waitsFor!: string | null;
  @Field(() => [SyncPreviewField], { description: 'Every column that would be written; none where nothing is.' }) fields!: readonly SyncPreviewField[];
}

@ObjectType('SyncPreviewRecordEdge', { description: 'One record of a preview.' })
export class SyncPreviewRecordEdge {
  @Field(() => SyncPreviewRecord, { description: 'The record.' }) node!: SyncPreviewRecord;
  @Field({ description: 'Where it stands in the preview.' }) cursor!: string;
}

@ObjectType('SyncPreviewRecordConnection', { description: 'A page of a preview, in the order in which a run works on the records.' })
export class SyncPreviewRecordConnection {
  @Field(() => [SyncPreviewRecordEdge], { description: 'The records with their cursors.' }) edges!: SyncPreviewRecordEdge[];
  @Field(() => [SyncPreviewRecord], { description: 'The records.' }) nodes!: SyncPreviewRecord[];
  @Field(() => PageInfo, { description: 'Where the page stands. endCursor says how far was looked: with outcomes a page may be short, even empty, and have a next one.' }) pageInfo!: PageInfo;
}

@ObjectType('SyncPreviewCode', { description: 'How many records are left, wait or are refused for one reason.' })
export class SyncPreviewCode {
  @Field({ description: 'The reason, as in `code` of a record.' }) code!: string;
  @Field(() => Int, { description: 'How many.' }) count!: number;
}

@ObjectType('SyncPreviewCounts', { description: 'What a run would do with the records of one table map and direction.' })
export class SyncPreviewCounts {
  @Field(() => Int, { description: 'Created.' }) create!: number;
  @Field(() => Int, { description: 'Changed.' }) change!: number;
  @Field(() => Int, { description: 'Left.' }) skip!: number;
  @Field(() => Int, { description: 'Waiting for another record.' }) wait!: number;
  @Field(() => Int, { description: 'Refused.' }) refuse!: number;
  @Field(() => [SyncPreviewCode], { description: 'The reasons of those that are left, wait or are refused.' }) codes!: SyncPreviewCode[];
  @Field({ description: 'Whether that is all. Of a very long queue only the beginning is counted, and of a map that cannot run nothing.' }) isComplete!: boolean;
}

@ObjectType('SyncPreviewFlow', { description: 'One table map and direction of a preview.' })
export class SyncPreviewFlow {
  @Field({ description: 'The table map.' }) mapName!: string;
  @Field(() => SyncDirection, { description: 'Which way.' }) direction!: SyncDirection;
  @Field(() => TableMapStatus, { description: 'The state that the map is in.' }) status!: TableMapStatus;
  @Field(() => String, { nullable: true, description: 'Null but for a map whose definition does not fit its tables, so that a run would carry nothing of it: the code of what is wrong, such as DIPV1022. Records that refer to its records wait.' }) failureCode!: string | null;
  @Field(() => String, { nullable: true, description: 'The same in a sentence, with what to do.' }) failure!: string | null;
}

@ObjectType('SyncPreview', { description: 'What a run would do, without doing it. A value that is missing, too long or out of range is foreseen. Not foreseen is what only the database refuses as it writes (WRITE_REFUSED: a value that must be unique and that another row has), a failure of the system, and what somebody changes meanwhile.' })
export class SyncPreview {
  @Field(() => [SyncPreviewFlow], { description: 'The table maps and directions in the order in which a run carries them; behind them those that cannot run.' }) flows!: SyncPreviewFlow[];
}

@ArgsType()
export class PreviewSyncArguments {
  @Field(() => [String], { nullable: true, description: 'Names of table maps; all when left out.' }) maps?: string[] | null;
  @Field(() => [SyncDirection], { nullable: true, description: 'Only these directions.' }) directions?: SyncDirection[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Also maps that are paused or stopped, as if they resumed and caught up.' }) includePaused?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'An initial sync of the maps from the side that they take by themselves, whatever their states: every record.' }) initialSync?: boolean | null;
  @Field(() => ID, { nullable: true, description: 'Only records that belong to this proforma, queued or not, as `sync` with a proforma does.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, with the proforma named by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only the record with this key in its source, queued or not.' }) recordId?: string | null;
}

@ArgsType()
export class SyncPreviewRecordArguments {
  @Field(() => Int, { nullable: true, description: `How many records. At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} unless given.` }) first?: number | null;
  @Field(() => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after?: string | null;
  @Field(() => [PreviewOutcome], { nullable: true, description: 'Only these outcomes.' }) outcomes?: PreviewOutcome[] | null;
}
