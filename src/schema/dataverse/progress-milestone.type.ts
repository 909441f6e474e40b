import { registerEnumType } from 'type-graphql';
import { ManyField } from '../shared/connection';
import { DateField, DecimalField, IntField, NodeType, OneField, TextField, type Related } from '../shared/node';
import { Milestone, ProjectContract, ProjectContractLine } from './project-contract.type';

export enum ProgressStatus {
  NOT_STARTED = 'NOT_STARTED',
  IN_PROGRESS = 'IN_PROGRESS',
  COMPLETED = 'COMPLETED',
}
registerEnumType(ProgressStatus, {
  name: 'ProgressStatus',
  description: 'How far a progress milestone has been invoiced.',
  valuesConfig: {
    NOT_STARTED: { description: 'No part is ready yet.' },
    IN_PROGRESS: { description: 'A part is ready, on a draft or invoiced.' },
    COMPLETED: { description: 'All of it is on confirmed proformas.' },
  },
});

@NodeType('ProgressMilestone', 'A progress milestone: a fixed price that is invoiced bit by bit, as work goes on. Each part that is marked ready is split off as milestones of its own, one per customer.')
export class ProgressMilestone {
  @TextField('Its name, which its milestones have too.') name!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DecimalField('The whole amount before tax, of all customers together. Its milestones always sum to it.') amount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @DateField('The day on which the next part falls due, unless its marking says otherwise.') milestoneDate!: string;
  @DecimalField('Percent of the amount that is to be invoiced next; null until somebody decides, and again after it was marked.', { nullable: true }) nextPercent!: string | null;
  @DecimalField('The same as an amount before tax.', { nullable: true }) nextAmount!: string | null;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The contract line.', { nullable: false }) contractLine!: Related<ProjectContractLine>;
  @ManyField(() => Milestone, 'The milestones into which it is split: a part that was marked has a `progressStep`, what is left has none.') milestones!: unknown;
}
