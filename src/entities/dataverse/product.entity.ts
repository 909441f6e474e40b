import { Index } from 'typeorm';
import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

@Table('product')
export class Product extends DataverseRecord {
  @Id('productid') id!: string;
  @Index({ unique: true }) @Text('productnumber', { length: 100 }) number!: string;
  @Text('name', { length: 100 }) name!: string;
}
