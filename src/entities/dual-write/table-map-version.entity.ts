import { Unique } from 'typeorm';
import { Id, Integer, Json, Lookup, Table, Text, Timestamp } from '../columns';
import { TableMap } from './table-map.entity';

/** A definition that a table map has, or once had. Versions are added and never changed; the map says which one is active. */
@Table('gw_tablemapversion')
@Unique(['tableMapId', 'number'])
export class TableMapVersion {
  @Id('gw_id') id!: string;
  @Lookup('gw_dualwriteprojectconfiguration', () => TableMap) tableMapId!: string;
  /** Such as 1.0.0.23. */
  @Text('gw_version', { length: 20 }) number!: string;
  /** In the order in which they came. */
  @Integer('gw_sequence') sequence!: number;
  /** Who made the product's first one is its publisher; the others have the user who edited. */
  @Text('gw_author', { length: 100 }) author!: string;
  @Timestamp('gw_on') on!: string;
  @Text('gw_comment', { length: 1000, nullable: true }) comment!: string | null;
  /** The whole definition. */
  @Json('gw_definition') definition!: Readonly<Record<string, unknown>>;
}
