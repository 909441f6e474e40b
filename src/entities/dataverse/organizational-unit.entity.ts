import { Id, Lookup, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Company } from './company.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/** A contracting or resourcing unit. */
@Table('msdyn_organizationalunit')
export class OrganizationalUnit extends DataverseRecord {
  @Id('msdyn_organizationalunitid') id!: string;
  @Text('msdyn_name', { length: 100 }) name!: string;
  @Lookup('msdyn_currency', () => TransactionCurrency, { nullable: true }) currencyId!: string | null;
  @Lookup('msdyn_company', () => Company, { nullable: true }) companyId!: string | null;
}
