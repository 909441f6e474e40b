import { Unique } from 'typeorm';
import { Bool, Id, Integer, Json, Lookup, Option, Table, Text } from '../columns';
import { TableMap } from './table-map.entity';
import { SyncDirection, FieldTransform } from './enums';

/**
 * One pair of columns of a table map, in the systems' own column names. Where several pairs name one target, the first in
 * sequence that has a value wins.
 */
@Table('DualWriteProjectFieldConfiguration')
@Unique(['tableMapId', 'sequence'])
export class TableMapField {
  @Id('gw_id') id!: string;
  @Lookup('gw_dualwriteprojectconfiguration', () => TableMap) tableMapId!: string;
  @Integer('gw_sequence') sequence!: number;
  @Option('gw_direction', 'SyncDirection', SyncDirection) direction!: SyncDirection;
  /** A column of the source, or a path through lookups such as `msdyn_project.msdynce_projectnumber`. Null on a default. */
  @Text('gw_source', { length: 200, nullable: true }) source!: string | null;
  @Text('gw_target', { length: 100 }) target!: string;
  @Option('gw_transform', 'FieldTransform', FieldTransform) transform!: FieldTransform;
  /** VALUE_MAP: source value to target value; `*` is every other one. */
  @Json('gw_valuemap', { nullable: true }) valueMap!: Record<string, string | number | boolean | null> | null;
  /** DEFAULT: the value itself, as text. */
  @Text('gw_default', { length: 200, nullable: true }) defaultValue!: string | null;
  /** LOOKUP: the target side's table and column that must hold the value, within the legal entity where the table has one. */
  @Json('gw_lookup', { nullable: true }) lookup!: { table: string; column: string } | null;
  /** Values of the target that stay: where it holds one of them, the map leaves the column alone. `*` sets it on insert only. */
  @Json('gw_keep', { nullable: true }) keep!: (string | number)[] | null;
  /** A record without a value here is refused by the map. */
  @Bool('gw_required', { default: false }) required!: boolean;
}
