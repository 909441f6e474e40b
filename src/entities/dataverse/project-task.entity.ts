import { Index } from 'typeorm';
import { Id, Lookup, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Project } from './project.entity';

@Table('msdyn_projecttask')
export class ProjectTask extends DataverseRecord {
  @Id('msdyn_projecttaskid') id!: string;
  @Text('msdyn_subject', { length: 450 }) name!: string;
  @Index() @Lookup('msdyn_project', () => Project) projectId!: string;
  @Text('msdyn_wbsid', { length: 100, nullable: true }) wbsId!: string | null;
}
