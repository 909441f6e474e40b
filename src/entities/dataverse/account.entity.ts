import { Unique } from 'typeorm';
import { Id, Integer, Lookup, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Company } from './company.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/** A customer (an account of customer type 3). Finance knows it by its account number. */
@Table('account')
@Unique(['companyId', 'accountNumber'])
export class Account extends DataverseRecord {
  @Id('accountid') id!: string;
  @Text('accountnumber', { length: 20 }) accountNumber!: string;
  @Text('name', { length: 160 }) name!: string;
  @Lookup('msdyn_company', () => Company) companyId!: string;
  /** 3 is Customer. */
  @Integer('customertypecode', { nullable: true }) customerTypeCode!: number | null;
  @Lookup('transactioncurrencyid', () => TransactionCurrency, { nullable: true }) currencyId!: string | null;
  @Text('msdyn_paymentterm', { length: 20, nullable: true }) paymentTerm!: string | null;
  @Text('msdyn_salestaxgroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('address1_line1', { length: 250, nullable: true }) addressLine1!: string | null;
  @Text('address1_city', { length: 80, nullable: true }) addressCity!: string | null;
  @Text('address1_stateorprovince', { length: 50, nullable: true }) addressStateOrProvince!: string | null;
  @Text('address1_postalcode', { length: 20, nullable: true }) addressPostalCode!: string | null;
  @Text('address1_country', { length: 80, nullable: true }) addressCountry!: string | null;
}
