import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, Id, Integer, Lookup, Money, Option, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { BillingMethod, ProductType } from './option-sets';
import { Project } from './project.entity';
import { ProjectContract } from './project-contract.entity';

/** A contract line: what is sold, for which project, billed by time and material or at a fixed price. */
@Table('salesorderdetail')
export class ProjectContractLine extends DataverseRecord {
  @Id('salesorderdetailid') id!: string;
  @Index() @Lookup('salesorderid', () => ProjectContract) contractId!: string;
  @Integer('lineitemnumber', { default: 1 }) lineNumber!: number;
  @Text('salesorderdetailname', { length: 500, nullable: true }) name!: string | null;
  @Option('msdyn_billingmethod', 'BillingMethod', BillingMethod) billingMethod!: BillingMethod;
  @Index() @Lookup('msdyn_project', () => Project, { nullable: true }) projectId!: string | null;
  @Option('producttypecode', 'ProductType', ProductType, { default: ProductType.PROJECT_BASED_SERVICE }) productType!: ProductType;
  @Bool('msdyn_includetime', { default: true }) includesTime!: boolean;
  @Bool('msdyn_includeexpense', { default: true }) includesExpense!: boolean;
  @Bool('msdyn_includematerial', { default: true }) includesMaterial!: boolean;
  @Bool('msdyn_includefee', { default: true }) includesFee!: boolean;
  /** The contracted value of the line, in the contract's currency. */
  @Money('extendedamount', { nullable: true }) contractedAmount!: Decimal | null;
}
