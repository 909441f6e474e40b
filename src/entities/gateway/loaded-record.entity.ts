import { Id, Table, Text } from '../columns';

/** The source of a loaded record: loading the same source again changes nothing, another one under the same key is refused. */
@Table('gw_loadedrecord')
export class LoadedRecord {
  /** SHA-256, shortened to 36 characters, over entity set and key. */
  @Id('gw_id') id!: string;
  @Text('gw_entityset', { length: 100 }) entitySet!: string;
  @Text('gw_key', { length: 300 }) key!: string;
  /** SHA-256 over the canonical JSON of the source. */
  @Text('gw_hash', { length: 64 }) hash!: string;
}
