import { Index } from 'typeorm';
import { Id, Json, Option, Table, Text, Timestamp } from '../columns';
import { TableMapActivityKind } from './enums';

/** One line of the activity log: who did what to a table map, or what it did itself, and when. Lines are added and never changed. */
@Table('gw_activity')
@Index(['mapName', 'on'])
export class TableMapActivity {
  @Id('gw_id') id!: string;
  @Index() @Timestamp('gw_on') on!: string;
  /** Who asked; the runtime's own doings carry the actor of the run that they happened in. */
  @Text('gw_actor', { length: 100 }) actor!: string;
  /** The table map's name; null where a line is about all of them. */
  @Text('gw_map', { length: 200, nullable: true }) mapName!: string | null;
  @Option('gw_kind', 'TableMapActivityKind', TableMapActivityKind) kind!: TableMapActivityKind;
  /** For people: what happened, with its figures. */
  @Text('gw_sentence', { length: 1000 }) sentence!: string;
  /** For programs: the same figures and ids by name. */
  @Json('gw_facts') facts!: Readonly<Record<string, unknown>>;
}
