import {
  CustomerInvoice, CustomerInvoiceLine, CustomerTransaction, IntegrationJournal, InvoiceCredit, IntegrationJournalLine, InvoiceProposal, InvoiceProposalLine,
  LedgerEntry, LegalEntity, MainAccount, ManagedInvoiceFormat, OnAccountTransaction, ProjectPosting, ProjectTransaction, StagedActual, StagedConnection, TaxTransaction,
  Voucher,
} from '../../../entities/finance';
import { defineSource, many, one, type Source } from '../source';
import { actualSource, milestoneSource, proformaInvoiceSource, projectContractSource } from './dataverse';

/** The finance side of the graph: how its tables lead to each other and back to Dataverse. */

export const legalEntitySource: Source = defineSource({
  name: 'LegalEntity', entity: LegalEntity, defaultOrder: [{ property: 'legalEntityId', direction: 'ASC' }],
});
const legalEntity = one(() => legalEntitySource, { from: 'legalEntityId', on: 'legalEntityId' });
const contract = one(() => projectContractSource, { from: 'contractId', on: 'number' });
const actual = one(() => actualSource, { from: 'actualId' });

export const managedInvoiceFormatSource: Source = defineSource({
  name: 'ManagedInvoiceFormat', entity: ManagedInvoiceFormat, defaultOrder: [{ property: 'legalEntityId', direction: 'ASC' }, { property: 'formatId', direction: 'ASC' }],
});

export const mainAccountSource: Source = defineSource({
  name: 'MainAccount', entity: MainAccount, defaultOrder: [{ property: 'mainAccountId', direction: 'ASC' }],
});

export const stagedActualSource: Source = defineSource({
  name: 'StagedActual',
  entity: StagedActual,
  relations: {
    legalEntity,
    actual,
    journalLine: one(() => integrationJournalLineSource, { on: 'stagedActualId' }),
    proposalLine: one(() => invoiceProposalLineSource, { on: 'stagedActualId' }),
    invoiceProposal: one(() => invoiceProposalSource, { from: ['legalEntityId', 'proformaNumber'], on: ['legalEntityId', 'number'] }),
    connections: many(() => stagedConnectionSource, { from: 'actualId', on: 'transaction1Id' }),
    connectedFrom: many(() => stagedConnectionSource, { from: 'actualId', on: 'transaction2Id' }),
  },
  defaultOrder: [{ property: 'documentDate', direction: 'ASC' }],
});

export const stagedConnectionSource: Source = defineSource({
  name: 'StagedConnection',
  entity: StagedConnection,
  relations: {
    transaction1: one(() => stagedActualSource, { from: 'transaction1Id', on: 'actualId' }),
    transaction2: one(() => stagedActualSource, { from: 'transaction2Id', on: 'actualId' }),
  },
});

export const onAccountTransactionSource: Source = defineSource({
  name: 'OnAccountTransaction',
  entity: OnAccountTransaction,
  relations: {
    milestone: one(() => milestoneSource, { from: 'milestoneId' }),
    proposalLines: many(() => invoiceProposalLineSource, { on: 'onAccountTransactionId' }),
  },
  defaultOrder: [{ property: 'date', direction: 'ASC' }],
});

export const integrationJournalSource: Source = defineSource({
  name: 'IntegrationJournal',
  entity: IntegrationJournal,
  relations: {
    legalEntity,
    lines: many(() => integrationJournalLineSource, { on: 'journalId' }),
    originalJournal: one(() => integrationJournalSource, { from: ['legalEntityId', 'originalNumber'], on: ['legalEntityId', 'number'] }),
    errorJournals: many(() => integrationJournalSource, { from: ['legalEntityId', 'number'], on: ['legalEntityId', 'originalNumber'] }),
  },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const integrationJournalLineSource: Source = defineSource({
  name: 'IntegrationJournalLine',
  entity: IntegrationJournalLine,
  relations: {
    legalEntity,
    actual,
    journal: one(() => integrationJournalSource, { from: 'journalId' }),
    stagedActual: one(() => stagedActualSource, { from: 'stagedActualId' }),
    voucher: one(() => voucherSource, { from: 'voucherId' }),
    projectTransaction: one(() => projectTransactionSource, { on: 'journalLineId' }),
    proposalLine: one(() => invoiceProposalLineSource, { on: 'journalLineId' }),
  },
  borrowed: { accountingCurrencyCode: ['legalEntity', 'accountingCurrency'] },
  defaultOrder: [{ property: 'lineNumber', direction: 'ASC' }],
});

export const projectTransactionSource: Source = defineSource({
  name: 'ProjectTransaction',
  entity: ProjectTransaction,
  relations: {
    actual,
    journalLine: one(() => integrationJournalLineSource, { from: 'journalLineId' }),
    voucher: one(() => voucherSource, { from: 'voucherId' }),
    customerInvoice: one(() => customerInvoiceSource, { from: 'customerInvoiceId' }),
  },
  defaultOrder: [{ property: 'transactionDate', direction: 'ASC' }],
});

export const invoiceProposalSource: Source = defineSource({
  name: 'InvoiceProposal',
  entity: InvoiceProposal,
  relations: {
    legalEntity,
    contract,
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proformaInvoiceId' }),
    lines: many(() => invoiceProposalLineSource, { on: 'proposalId' }),
    stagedActuals: many(() => stagedActualSource, { from: ['legalEntityId', 'number'], on: ['legalEntityId', 'proformaNumber'] }),
    customerInvoice: one(() => customerInvoiceSource, { on: 'proposalId' }),
  },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const invoiceProposalLineSource: Source = defineSource({
  name: 'InvoiceProposalLine',
  entity: InvoiceProposalLine,
  relations: {
    actual,
    proposal: one(() => invoiceProposalSource, { from: 'proposalId' }),
    stagedActual: one(() => stagedActualSource, { from: 'stagedActualId' }),
    journalLine: one(() => integrationJournalLineSource, { from: 'journalLineId' }),
    onAccountTransaction: one(() => onAccountTransactionSource, { from: 'onAccountTransactionId' }),
    creditedInvoiceLine: one(() => customerInvoiceLineSource, { from: 'creditedInvoiceLineId' }),
    customerInvoiceLine: one(() => customerInvoiceLineSource, { on: 'proposalLineId' }),
  },
  defaultOrder: [{ property: 'proposalNumber', direction: 'ASC' }, { property: 'lineNumber', direction: 'ASC' }],
});

export const customerInvoiceSource: Source = defineSource({
  name: 'CustomerInvoice',
  entity: CustomerInvoice,
  relations: {
    legalEntity,
    contract,
    proposal: one(() => invoiceProposalSource, { from: 'proposalId' }),
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proposalNumber', on: 'number' }),
    voucher: one(() => voucherSource, { from: 'voucherId' }),
    lines: many(() => customerInvoiceLineSource, { on: 'customerInvoiceId' }),
    taxTransactions: many(() => taxTransactionSource, { on: 'customerInvoiceId' }),
    projectTransactions: many(() => projectTransactionSource, { on: 'customerInvoiceId' }),
    credits: many(() => invoiceCreditSource, { on: 'customerInvoiceId' }),
    creditedBy: many(() => invoiceCreditSource, { on: 'creditedInvoiceId' }),
    customerTransaction: one(() => customerTransactionSource, { on: 'customerInvoiceId' }),
  },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const customerInvoiceLineSource: Source = defineSource({
  name: 'CustomerInvoiceLine',
  entity: CustomerInvoiceLine,
  relations: {
    actual,
    customerInvoice: one(() => customerInvoiceSource, { from: 'customerInvoiceId' }),
    proposalLine: one(() => invoiceProposalLineSource, { from: 'proposalLineId' }),
    postings: many(() => projectPostingSource, { on: 'invoiceLineId' }),
    taxTransactions: many(() => taxTransactionSource, { on: 'invoiceLineId' }),
  },
  defaultOrder: [{ property: 'lineNumber', direction: 'ASC' }],
});

export const invoiceCreditSource: Source = defineSource({
  name: 'InvoiceCredit',
  entity: InvoiceCredit,
  relations: {
    customerInvoice: one(() => customerInvoiceSource, { from: 'customerInvoiceId' }),
    creditedInvoice: one(() => customerInvoiceSource, { from: 'creditedInvoiceId' }),
  },
});

export const taxTransactionSource: Source = defineSource({
  name: 'TaxTransaction',
  entity: TaxTransaction,
  relations: {
    customerInvoice: one(() => customerInvoiceSource, { from: 'customerInvoiceId' }),
    invoiceLine: one(() => customerInvoiceLineSource, { from: 'invoiceLineId' }),
  },
});

export const customerTransactionSource: Source = defineSource({
  name: 'CustomerTransaction',
  entity: CustomerTransaction,
  relations: { customerInvoice: one(() => customerInvoiceSource, { from: 'customerInvoiceId' }) },
  defaultOrder: [{ property: 'date', direction: 'ASC' }],
});

export const voucherSource: Source = defineSource({
  name: 'Voucher',
  entity: Voucher,
  relations: {
    legalEntity,
    ledgerEntries: many(() => ledgerEntrySource, { on: 'voucherId' }),
    projectPostings: many(() => projectPostingSource, { on: 'voucherId' }),
    journalLine: one(() => integrationJournalLineSource, { on: 'voucherId' }),
    customerInvoice: one(() => customerInvoiceSource, { on: 'voucherId' }),
  },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const ledgerEntrySource: Source = defineSource({
  name: 'LedgerEntry',
  entity: LedgerEntry,
  relations: {
    voucher: one(() => voucherSource, { from: 'voucherId' }),
    mainAccount: one(() => mainAccountSource, { from: 'mainAccountId', on: 'mainAccountId' }),
  },
  borrowed: { accountingCurrencyCode: ['voucher', 'accountingCurrencyCode'] },
  defaultOrder: [{ property: 'lineNumber', direction: 'ASC' }],
});

export const projectPostingSource: Source = defineSource({
  name: 'ProjectPosting',
  entity: ProjectPosting,
  relations: {
    actual,
    voucher: one(() => voucherSource, { from: 'voucherId' }),
    journalLine: one(() => integrationJournalLineSource, { from: 'journalLineId' }),
    invoiceLine: one(() => customerInvoiceLineSource, { from: 'invoiceLineId' }),
  },
});
