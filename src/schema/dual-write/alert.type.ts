import { AlertAction, AlertDelivery, AlertErrorClass } from '../../entities/dual-write/enums';
import { ManyField } from '../shared/connection';
import { graphEnum } from '../shared/enums';
import { EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { TableMap } from './sync.type';

graphEnum(AlertErrorClass, 'AlertErrorClass', 'Which failures an alert rule counts. What waits for another record is no failure.', {
  ANY: 'Both.',
  APPLICATION: 'Records whose data, or the target\'s rules, kept them from being carried.',
  SYSTEM: 'Records that a failure of the system kept from being carried, and change sets that one has put off.',
});
graphEnum(AlertAction, 'AlertAction', 'What an alert rule does, besides listing an alert and sending its notification.', {
  NOTIFY: 'Nothing more.',
  PAUSE: 'Pauses the table map and the maps that depend on it, in the middle of a run; their queues are kept.',
  STOP: 'Stops the table map, in the middle of a run; its queue is kept.',
});
graphEnum(AlertDelivery, 'AlertDelivery', 'What became of the notification of an alert.', {
  NONE: 'The rule has no webhook.',
  PENDING: 'It is to be sent, for the first time or again.',
  DELIVERED: 'The receiver has taken it.',
  FAILED: 'The receiver has refused it too often, or the rule was deleted; it is not sent any more.',
});

@NodeType('AlertRule', 'What is to happen when a table map fails too often. It fires once within its minutes and per map.')
export class AlertRule {
  @TextField('Its name.') name!: string;
  @TextField('Name of the table map that it watches; null for every map by itself.', { nullable: true }) mapName!: string | null;
  @IntField('How many failures fire it.') threshold!: number;
  @IntField('Within how many minutes.') minutes!: number;
  @EnumField(AlertErrorClass, 'Which failures count.') errorClass!: AlertErrorClass;
  @EnumField(AlertAction, 'What it does.') action!: AlertAction;
  @TextField('Where its alerts are sent; null for nowhere. The secret that signs them is never shown.', { nullable: true }) webhookUrl!: string | null;
  @TimestampField('When it was made.') createdOn!: string;
  @IntField('Grows with every change: what expectedVersion means.') version!: number;
  @OneField(() => TableMap, 'The table map that it watches.') tableMap!: Related<TableMap> | null;
  @ManyField(() => Alert, 'What it has fired, the latest first.') alerts!: unknown;
}

@NodeType('Alert', 'An alert that a rule has fired, and what became of its notification.')
export class Alert {
  @TextField('Name of the rule when it fired.') ruleName!: string;
  @TextField('The table map\'s name.') mapName!: string;
  @TimestampField('When it was fired.') firedOn!: string;
  @IntField('How many failures were counted.') failures!: number;
  @TimestampField('Since when.') since!: string;
  @EnumField(AlertAction, 'What the rule said to do.') action!: AlertAction;
  @TextField('What was counted and done, for people.') sentence!: string;
  @EnumField(AlertDelivery, 'What became of the notification.') delivery!: AlertDelivery;
  @IntField('How often it was sent.') attempts!: number;
  @TimestampField('When it is sent next.', { nullable: true }) nextTryOn!: string | null;
  @TimestampField('When the receiver took it.', { nullable: true }) deliveredOn!: string | null;
  @TextField('Why it was not taken the last time.', { nullable: true }) lastFailure!: string | null;
  @OneField(() => AlertRule, 'The rule; null when it was deleted.') rule!: Related<AlertRule> | null;
  @OneField(() => TableMap, 'The table map.') tableMap!: Related<TableMap> | null;
}
