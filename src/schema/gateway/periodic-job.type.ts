import { PeriodicJobOutcome } from '../../entities/gateway/enums';
import { graphEnum } from '../shared/enums';
import { EnumField, IntField, NodeType, TextField, TimestampField } from '../shared/node';

graphEnum(PeriodicJobOutcome, 'PeriodicJobOutcome', 'How a periodic job ended the last time.', {
  DONE: 'It did something; the message says what.',
  NOTHING_TO_DO: 'It looked and found nothing to do.',
  STOPPED: 'Its process was told to end; what was done is kept, and the next worker goes on at once.',
  FAILED: 'It broke off; the message says why, and it is tried again when it is due, later each time that it fails in a row.',
});

@NodeType('PeriodicJob', 'Work that the whole deployment does once per period, by whichever worker comes first: `sync`, `importFromStaging` and others. There are none until a worker has run.')
export class PeriodicJob {
  @TextField('Its name.') name!: string;
  @IntField('Its period in milliseconds.') everyMs!: number;
  @TimestampField('When it is due. Long past: no worker runs.') nextDueOn!: string;
  @TextField('The worker that is at it now: machine, process and a random part.', { nullable: true }) heldBy!: string | null;
  @TimestampField('Until when nobody else takes it; its worker moves this on while it lives.', { nullable: true }) heldUntil!: string | null;
  @TimestampField('When a worker last began it, or noted that there was nothing to do: at least once a minute while a worker runs.', { nullable: true }) lastStartedOn!: string | null;
  @TimestampField('When it last ended.', { nullable: true }) lastEndedOn!: string | null;
  @EnumField(PeriodicJobOutcome, 'How it last ended.', { nullable: true }) lastOutcome!: PeriodicJobOutcome | null;
  @TextField('What it last did, or why it failed.', { nullable: true }) lastMessage!: string | null;
  @IntField('How often in a row it has failed; 0 when it last went well. Each failure doubles the pause before the next try, up to five minutes.') failuresInARow!: number;
}
