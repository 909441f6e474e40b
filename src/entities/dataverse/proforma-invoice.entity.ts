import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Id, Integer, Lookup, Money, Option, Table, Text, Timestamp } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { BulkConfirmationStatus, InvoiceState, OrderType, ProformaInvoiceStatus } from './option-sets';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractCustomer } from './project-contract-customer.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/** A proforma invoice: the project manager's draft of what a customer is to be billed. Read-only from confirmation on. */
@Table('invoice')
export class ProformaInvoice extends DataverseRecord {
  @Id('invoiceid') id!: string;
  /** Becomes the invoice proposal's number in finance. */
  @Index({ unique: true }) @Text('invoicenumber', { length: 100 }) number!: string;
  @Text('name', { length: 300 }) name!: string;
  @Text('description', { length: 2000, nullable: true }) description!: string | null;
  @Index() @Lookup('customerid', () => Account) customerId!: string;
  @Index() @Lookup('salesorderid', () => ProjectContract) contractId!: string;
  @Lookup('gw_projectcontractsplitbillingrule', () => ProjectContractCustomer, { nullable: true }) contractCustomerId!: string | null;
  @Lookup('transactioncurrencyid', () => TransactionCurrency) currencyId!: string;
  @Option('msdyn_ordertype', 'OrderType', OrderType, { default: OrderType.WORK_BASED }) orderType!: OrderType;
  @Index() @Option('msdyn_projectinvoicestatus', 'ProformaInvoiceStatus', ProformaInvoiceStatus) status!: ProformaInvoiceStatus;
  /** Of the last bulk confirmation that it was in; empty when it was in none, or was confirmed by itself. A processing column: it never bumps the version. */
  @Option('gw_bulkconfirmationstatus', 'BulkConfirmationStatus', BulkConfirmationStatus, { nullable: true }) bulkConfirmationStatus!: BulkConfirmationStatus | null;
  @Option('statecode', 'InvoiceState', InvoiceState, { default: InvoiceState.ACTIVE }) state!: InvoiceState;
  @Bool('msdyn_hascorrections', { default: false }) hasCorrections!: boolean;
  @DateOnly('msdyn_invoicedate', { nullable: true }) invoiceDate!: string | null;
  @DateOnly('duedate', { nullable: true }) dueDate!: string | null;
  @Text('billto_name', { length: 200, nullable: true }) billToName!: string | null;
  @Text('billto_line1', { length: 250, nullable: true }) billToLine1!: string | null;
  @Text('billto_line2', { length: 250, nullable: true }) billToLine2!: string | null;
  @Text('billto_line3', { length: 250, nullable: true }) billToLine3!: string | null;
  @Text('billto_city', { length: 80, nullable: true }) billToCity!: string | null;
  @Text('billto_stateorprovince', { length: 50, nullable: true }) billToStateOrProvince!: string | null;
  @Text('billto_postalcode', { length: 20, nullable: true }) billToPostalCode!: string | null;
  @Text('billto_country', { length: 80, nullable: true }) billToCountry!: string | null;
  /** Stamped on the billed actuals at confirmation; empty means the day of confirmation. */
  @DateOnly('gw_accountingdate', { nullable: true }) accountingDate!: string | null;
  @Money('totallineitemamount', { default: 0 }) chargeableAmount!: Decimal;
  @Money('totaltax', { default: 0 }) tax!: Decimal;
  @Money('totalamount', { default: 0 }) totalAmount!: Decimal;
  @Money('gw_nonchargeableamount', { default: 0 }) nonChargeableAmount!: Decimal;
  @Money('gw_complimentaryamount', { default: 0 }) complimentaryAmount!: Decimal;
  @Timestamp('createdon') createdOn!: string;
  @Timestamp('gw_confirmedon', { nullable: true }) confirmedOn!: string | null;
  /** How many billed actuals the confirmation created: finance waits until it has exactly these. */
  @Integer('gw_billedactualcount', { nullable: true }) billedActualCount!: number | null;
  /** SHA-256 over the billed actuals' ids in order. */
  @Text('gw_billedactualchecksum', { length: 64, nullable: true }) billedActualChecksum!: string | null;

  /** Written back: the customer invoice's own number in finance. */
  @Text('msdyn_invoicenumber', { length: 50, nullable: true }) customerInvoiceNumber!: string | null;
  @DateOnly('gw_customerinvoicedate', { nullable: true }) customerInvoiceDate!: string | null;
  /** Written back: sales tax of the customer invoice, in transaction currency. */
  @Money('msdyn_totaltax', { nullable: true }) customerInvoiceTax!: Decimal | null;
}
