import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Id, Lookup, Quantity, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';

/** A project contract customer: who pays which share. Becomes a funding source in finance, under the same name. */
@Table('msdyn_projectcontractsplitbillingrule')
export class ProjectContractCustomer extends DataverseRecord {
  @Id('msdyn_projectcontractsplitbillingruleid') id!: string;
  @Text('msdyn_name', { length: 100 }) name!: string;
  @Index() @Lookup('msdyn_projectcontract', () => ProjectContract) contractId!: string;
  @Lookup('msdyn_contractline', () => ProjectContractLine, { nullable: true }) contractLineId!: string | null;
  @Lookup('msdyn_accountcustomer', () => Account) customerId!: string;
  /** Percent of every transaction that this customer pays. */
  @Quantity('msdyn_splitpercent') splitPercent!: Decimal;
}
