import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

@Table('uom')
export class Unit extends DataverseRecord {
  @Id('uomid') id!: string;
  @Text('name', { length: 100 }) name!: string;
}
