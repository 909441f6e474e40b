import { Index } from 'typeorm';
import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** A legal entity as Dataverse sees it; its code is finance's dataAreaId. */
@Table('cdm_company')
export class Company extends DataverseRecord {
  @Id('cdm_companyid') id!: string;
  @Index({ unique: true }) @Text('cdm_companycode', { length: 4 }) code!: string;
  @Text('cdm_name', { length: 100 }) name!: string;
}
