import { Index } from 'typeorm';
import { Id, Integer, Json, Option, Reference, Table, Text, Timestamp } from '../columns';
import { AlertAction, AlertDelivery } from './enums';

/**
 * An alert that a rule has fired, and the outbox of its notification: stored in the unit of work that fires it, and sent afterwards by
 * whichever process comes first, until the receiver has taken it.
 */
@Table('gw_alert')
@Index(['ruleId', 'mapName', 'firedOn'])
@Index(['delivery', 'nextTryOn'])
export class Alert {
  @Id('gw_id') id!: string;
  /** The rule, which may be gone by now. */
  @Reference('gw_alertrule') ruleId!: string;
  @Text('gw_rulename', { length: 100 }) ruleName!: string;
  @Text('gw_map', { length: 200 }) mapName!: string;
  @Timestamp('gw_firedon') firedOn!: string;
  /** Failures since `since`. */
  @Integer('gw_failures') failures!: number;
  @Timestamp('gw_since') since!: string;
  @Option('gw_action', 'AlertAction', AlertAction) action!: AlertAction;
  /** For people: what was counted, and what was done about it. */
  @Text('gw_sentence', { length: 1000 }) sentence!: string;
  /** The body of the notification, as it is signed and sent. */
  @Json('gw_body') body!: unknown;
  @Option('gw_delivery', 'AlertDelivery', AlertDelivery) delivery!: AlertDelivery;
  @Integer('gw_attempts', { default: 0 }) attempts!: number;
  @Timestamp('gw_nexttryon', { nullable: true }) nextTryOn!: string | null;
  @Timestamp('gw_deliveredon', { nullable: true }) deliveredOn!: string | null;
  /** Why the last attempt failed. */
  @Text('gw_lastfailure', { length: 1000, nullable: true }) lastFailure!: string | null;
  @Reference('gw_leaseowner', { nullable: true }) leaseOwner!: string | null;
  @Timestamp('gw_leaseexpires', { nullable: true }) leaseExpires!: string | null;
}
