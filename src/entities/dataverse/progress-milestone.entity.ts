import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Id, Integer, Lookup, Money, Quantity, Table, Text } from '../columns';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';

/**
 * A progress milestone: a fixed price that is invoiced bit by bit, as work goes on. The header of the milestones into which it
 * is split; the product documents its fields and not its table (domain facts 1.8), so the table is ours.
 */
@Table('gw_progressmilestone')
export class ProgressMilestone {
  @Id('gw_id') id!: string;
  @Index() @Lookup('gw_contract', () => ProjectContract) contractId!: string;
  @Index() @Lookup('gw_contractline', () => ProjectContractLine) contractLineId!: string;
  @Text('gw_name', { length: 100 }) name!: string;
  @Text('gw_description', { length: 2000, nullable: true }) description!: string | null;
  /** Of all customers together, before tax, in the contract's currency. Its milestones always sum to it. */
  @Money('gw_amount') amount!: Decimal;
  /** The day on which the next milestone falls due, unless its marking says otherwise. */
  @DateOnly('gw_milestonedate') milestoneDate!: string;
  /** How much of the amount is to be invoiced next; empty until somebody decides. */
  @Quantity('gw_nextpercent', { nullable: true }) nextPercent!: Decimal | null;
  @Money('gw_nextamount', { nullable: true }) nextAmount!: Decimal | null;
  @Integer('gw_version', { default: 1 }) version!: number;
}
