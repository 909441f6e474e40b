import { Index } from 'typeorm';
import { DateOnly, Id, Integer, Lookup, Option, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { BookableResource } from './bookable-resource.entity';
import { TimeEntryStatus } from './option-sets';
import { Project } from './project.entity';
import { ProjectTask } from './project-task.entity';
import { ResourceCategory } from './resource-category.entity';

/** Hours that somebody worked on a project, as entered and approved. */
@Table('msdyn_timeentry')
export class TimeEntry extends DataverseRecord {
  @Id('msdyn_timeentryid') id!: string;
  @DateOnly('msdyn_date') date!: string;
  /** Minutes worked. */
  @Integer('msdyn_duration') durationMinutes!: number;
  @Lookup('msdyn_bookableresource', () => BookableResource) resourceId!: string;
  @Index() @Lookup('msdyn_project', () => Project) projectId!: string;
  @Lookup('msdyn_projecttask', () => ProjectTask, { nullable: true }) taskId!: string | null;
  @Lookup('msdyn_resourcecategory', () => ResourceCategory, { nullable: true }) roleId!: string | null;
  @Text('msdyn_description', { length: 2000, nullable: true }) description!: string | null;
  @Text('msdyn_externaldescription', { length: 2000, nullable: true }) externalDescription!: string | null;
  @Option('msdyn_entrystatus', 'TimeEntryStatus', TimeEntryStatus) status!: TimeEntryStatus;
}
