import { PostingType } from '../../entities/finance/enums';
import { Actual } from '../dataverse/actual.type';
import { ManyField } from '../shared/connection';
import { DateField, DecimalField, EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { CustomerInvoice, CustomerInvoiceLine } from './customer-invoice.type';
import './enums';
import { IntegrationJournalLine } from './integration-journal.type';
import { LegalEntity } from './legal-entity.type';

@NodeType('Voucher', 'A voucher (GeneralJournalEntry): the ledger entries of one posting. They balance in transaction and in accounting currency.')
export class Voucher {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('Its number; continuous per sequence in the legal entity.') number!: string;
  @DateField('When it counts in the books.') accountingDate!: string;
  @TextField('The journal\'s or customer invoice\'s number.', { nullable: true }) documentNumber!: string | null;
  @TextField('Currency of the books.') accountingCurrencyCode!: string;
  @TimestampField('When it was posted.') createdOn!: string;
  @OneField(() => LegalEntity, 'The legal entity.') legalEntity!: Related<LegalEntity> | null;
  @ManyField(() => LedgerEntry, 'Its ledger entries.') ledgerEntries!: unknown;
  @ManyField(() => ProjectPosting, 'What each project transaction or invoice line posted under it.') projectPostings!: unknown;
  @OneField(() => IntegrationJournalLine, 'The journal line that it posted.') journalLine!: Related<IntegrationJournalLine> | null;
  @OneField(() => CustomerInvoice, 'The customer invoice that it posted.') customerInvoice!: Related<CustomerInvoice> | null;
}

@NodeType('LedgerEntry', 'A ledger entry (GeneralJournalAccountEntry). Debit is positive, credit negative.')
export class LedgerEntry {
  @TextField('The legal entity.') legalEntityId!: string;
  @IntField('Its place in the voucher.') lineNumber!: number;
  @TextField('The main account.') mainAccountId!: string;
  @EnumField(PostingType, 'Why the amount is on the account.') postingType!: PostingType;
  @TextField('Transaction currency.') currencyCode!: string;
  @DecimalField('Amount in transaction currency.') amount!: string;
  @DecimalField('Amount in accounting currency.') accountingAmount!: string;
  @TextField('Financial dimensions.', { nullable: true }) defaultDimension!: string | null;
  @TextField('Remarks.', { nullable: true }) text!: string | null;
  @TextField('Currency of the books.') accountingCurrencyCode!: string;
  @OneField(() => Voucher, 'The voucher.', { nullable: false }) voucher!: Related<Voucher>;
  @OneField(() => MainAccount, 'The main account.') mainAccount!: Related<MainAccount> | null;
}

@NodeType('MainAccount', 'A main account of the ledger.')
export class MainAccount {
  @TextField('Its number.') mainAccountId!: string;
  @TextField('Its name.') name!: string;
}

@NodeType('ProjectPosting', 'The ledger trace of the project subledger (ProjTransPosting): what each line posted, to which account.')
export class ProjectPosting {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The voucher.') voucherNumber!: string;
  @TextField('The actual\'s Dataverse id.') actualId!: string;
  @EnumField(PostingType, 'Why the amount is on the account.') postingType!: PostingType;
  @TextField('The main account.') mainAccountId!: string;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project contract\'s number.') contractId!: string;
  @TextField('Financial dimensions.', { nullable: true }) defaultDimension!: string | null;
  @DateField('When it counts in the books.') accountingDate!: string;
  @TextField('Transaction currency.') currencyCode!: string;
  @DecimalField('Amount in transaction currency.') amount!: string;
  @DecimalField('Amount in accounting currency.') accountingAmount!: string;
  @OneField(() => Voucher, 'The voucher.', { nullable: false }) voucher!: Related<Voucher>;
  @OneField(() => IntegrationJournalLine, 'The journal line that posted it.') journalLine!: Related<IntegrationJournalLine> | null;
  @OneField(() => CustomerInvoiceLine, 'The invoice line that posted it.') invoiceLine!: Related<CustomerInvoiceLine> | null;
  @OneField(() => Actual, 'The actual in Dataverse.') actual!: Related<Actual> | null;
}
