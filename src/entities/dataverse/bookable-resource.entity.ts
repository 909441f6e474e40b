import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** A person or thing whose time is booked. */
@Table('bookableresource')
export class BookableResource extends DataverseRecord {
  @Id('bookableresourceid') id!: string;
  @Text('name', { length: 100 }) name!: string;
}
