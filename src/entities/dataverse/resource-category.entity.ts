import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** A role: developer, consultant, architect. */
@Table('bookableresourcecategory')
export class ResourceCategory extends DataverseRecord {
  @Id('bookableresourcecategoryid') id!: string;
  @Text('name', { length: 100 }) name!: string;
}
