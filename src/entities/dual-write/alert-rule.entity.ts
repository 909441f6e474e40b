import { Index } from 'typeorm';
import { Id, Integer, Option, Table, Text, Timestamp } from '../columns';
import { AlertAction, AlertErrorClass } from './enums';

/** What is to happen when a table map fails too often. */
@Table('gw_alertrule')
export class AlertRule {
  @Id('gw_id') id!: string;
  @Index({ unique: true }) @Text('gw_name', { length: 100 }) name!: string;
  /** The table map's name; null: each map by itself. */
  @Text('gw_map', { length: 200, nullable: true }) mapName!: string | null;
  /** So many failures ... */
  @Integer('gw_threshold') threshold!: number;
  /** ... within so many minutes. */
  @Integer('gw_minutes') minutes!: number;
  @Option('gw_errorclass', 'AlertErrorClass', AlertErrorClass) errorClass!: AlertErrorClass;
  @Option('gw_action', 'AlertAction', AlertAction) action!: AlertAction;
  /** Where its alerts are sent; null: nowhere. */
  @Text('gw_webhookurl', { length: 500, nullable: true }) webhookUrl!: string | null;
  /** What signs them, `whsec_` and base64. Read by the sender only: no answer and no line of the log has it. */
  @Text('gw_webhooksecret', { length: 200, nullable: true }) webhookSecret!: string | null;
  @Timestamp('gw_createdon') createdOn!: string;
  @Integer('gw_version', { default: 1 }) version!: number;
}
