import { TableMapActivityKind } from '../../entities/dual-write/enums';
import { graphEnum } from '../shared/enums';
import { EnumField, JsonField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { TableMap } from './sync.type';

graphEnum(TableMapActivityKind, 'TableMapActivityKind', 'What a line of the activity log tells of.', {
  ALERT_FIRED: 'It failed too often, and an alert rule fired.',
  ALERT_SENT_AGAIN: 'Somebody had the notification of an alert sent again that had failed.',
  ERRORS_RETRIED: 'Somebody had its failed records tried again, or those of several maps.',
  ERRORS_DISMISSED: 'Somebody gave its failed records up, or those of several maps.',
  RUN: 'Somebody ran it.',
  PAUSED: 'Somebody paused it, or a map that it depends on.',
  STOPPED: 'Somebody stopped it.',
  CATCHING_UP: 'Somebody resumed it, and it began to catch up with its queue.',
  CAUGHT_UP: 'The queue that stood when it was resumed has been carried.',
  SKIPPED_TO_LIVE: 'Somebody left its queue behind, kept as errors or discarded.',
  INITIAL_SYNC_BEGUN: 'It began to push every record.',
  INITIAL_SYNC_ENDED: 'It has pushed every record.',
  CANNOT_RUN: 'Its definition does not fit its tables any more, so that a run carried nothing of it. Said once for each version of the map.',
  EDITED: 'Somebody changed its definition, which made a new version.',
  VERSION_ACTIVATED: 'Somebody went to another of its versions.',
  CREATED: 'Somebody made it, by itself or by an import.',
  IMPORTED: 'Somebody imported another definition of it, which made a new version or went back to a kept one.',
  QUARANTINED: 'Staged rows that it carried have lost their source and went into quarantine.',
  RELEASED: 'Staged rows that it carried were released from quarantine: by somebody, or because their source is back.',
});

@NodeType('TableMapActivity', 'One line of the activity log of the table maps: who did what, or what a map did itself. Lines are never changed.')
export class TableMapActivity {
  @TimestampField('When.') on!: string;
  @TextField('Who asked for it.') actor!: string;
  @TextField('The table map\'s name; null where the line is about all of them.', { nullable: true }) mapName!: string | null;
  @EnumField(TableMapActivityKind, 'What it tells of.') kind!: TableMapActivityKind;
  @TextField('What happened, for people.') sentence!: string;
  @JsonField('The figures and ids of the sentence, for programs.') facts!: unknown;
  @OneField(() => TableMap, 'The table map.') tableMap!: Related<TableMap> | null;
}
