import { Index } from 'typeorm';
import { Id, Lookup, Option, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { Company } from './company.entity';
import { OrganizationalUnit } from './organizational-unit.entity';
import { ContractState, OrderType } from './option-sets';
import { TransactionCurrency } from './transaction-currency.entity';

/** A project contract. Its owning company is the legal entity of everything below it. */
@Table('salesorder')
export class ProjectContract extends DataverseRecord {
  @Id('salesorderid') id!: string;
  /** The project contract id in finance. */
  @Index({ unique: true }) @Text('ordernumber', { length: 100 }) number!: string;
  @Text('name', { length: 300 }) name!: string;
  @Index() @Lookup('customerid', () => Account) customerId!: string;
  @Lookup('transactioncurrencyid', () => TransactionCurrency) currencyId!: string;
  @Index() @Lookup('msdyn_company', () => Company) companyId!: string;
  @Lookup('msdyn_contractorganizationalunitid', () => OrganizationalUnit, { nullable: true }) contractingUnitId!: string | null;
  @Option('msdyn_ordertype', 'OrderType', OrderType, { default: OrderType.WORK_BASED }) orderType!: OrderType;
  @Option('msdyn_psastate', 'ContractState', ContractState, { nullable: true }) contractState!: ContractState | null;
}
