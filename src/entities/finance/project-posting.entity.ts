import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Lookup, Money, Option, Table, Text } from '../columns';
import { CustomerInvoiceLine } from './customer-invoice-line.entity';
import { FinanceRecord } from './finance-record';
import { IntegrationJournalLine } from './integration-journal-line.entity';
import { Voucher } from './voucher.entity';
import { PostingType } from './enums';

/** The ledger trace of the project subledger (ProjTransPosting): what each line posted, to which account, under which voucher. */
@Table('ProjTransPosting')
export class ProjectPosting extends FinanceRecord {
  @Index() @Lookup('gw_generaljournalentry', () => Voucher) voucherId!: string;
  @Text('Voucher', { length: 40 }) voucherNumber!: string;
  @Index() @Lookup('gw_projadvancedjournalline', () => IntegrationJournalLine, { nullable: true }) journalLineId!: string | null;
  @Index() @Lookup('gw_projinvoicetrans', () => CustomerInvoiceLine, { nullable: true }) invoiceLineId!: string | null;
  @Text('gw_actualid', { length: 36 }) actualId!: string;
  @Option('PostingType', 'PostingType', PostingType) postingType!: PostingType;
  @Text('MainAccount', { length: 20 }) mainAccountId!: string;
  @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('gw_contractid', { length: 100 }) contractId!: string;
  @Text('gw_defaultdimension', { length: 250, nullable: true }) defaultDimension!: string | null;
  @DateOnly('LedgerTransDate') accountingDate!: string;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Money('AmountCur') amount!: Decimal;
  @Money('AmountMst') accountingAmount!: Decimal;
}
