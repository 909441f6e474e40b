import type { CommandContext } from '../../../context';
import {
  IntegrationJournalLineStatus,
  ProjTransStatus,
  type IntegrationJournal,
  type IntegrationJournalLine,
  type LedgerEntry,
  type ProjectPosting,
  type ProjectTransaction,
  type Voucher,
} from '../../../entities/finance';
import { timestampOf } from '../../../kernel/clock';
import type { PostingSetup } from '../posting-setup';
import type { LedgerPosting } from '../voucher-balance.rules';

/** Every row that posting one journal line makes or changes. */
export interface JournalPostingRows {
  readonly voucher: Partial<Voucher>;
  readonly ledgerEntries: readonly Partial<LedgerEntry>[];
  readonly postings: readonly Partial<ProjectPosting>[];
  readonly transaction: Partial<ProjectTransaction>;
  readonly line: Partial<IntegrationJournalLine>;
}

export interface AcceptedLine {
  readonly line: IntegrationJournalLine;
  readonly entries: readonly LedgerPosting[];
  readonly voucherNumber: string;
  /** The day in whose period it is posted. */
  readonly accountingDate: string;
}

/**
 * The voucher with its ledger entries at the accounting date that posting decided, the project transaction, the ledger trace, and the line
 * itself: posted, with its voucher.
 */
export function journalPostingRows(
  { ids, clock }: Pick<CommandContext, 'ids' | 'clock'>,
  { journal, setup }: { journal: IntegrationJournal; setup: PostingSetup },
  { line, entries, voucherNumber, accountingDate }: AcceptedLine,
): JournalPostingRows {
  const { legalEntityId } = journal;
  const voucherId = ids.next();
  const {
    projectId,
    categoryId,
    actualId,
    contractId,
    transactionType,
    classification,
    transactionDate,
    quantity,
  } = line;
  const { currencyCode, amount, accountingAmount } = line;
  const { linePropertyId, salesTaxGroup, itemSalesTaxGroup, defaultDimension, exchangeRate, costPosting, accruesRevenue } = line;
  return {
    voucher: {
      id: voucherId,
      legalEntityId,
      number: voucherNumber,
      accountingDate,
      documentNumber: journal.number,
      accountingCurrencyCode: setup.accountingCurrency,
      createdOn: timestampOf(clock),
    },
    ledgerEntries: entries.map((entry, index) => ({
      ...entry,
      id: ids.next(),
      legalEntityId,
      voucherId,
      lineNumber: index + 1,
      text: line.description,
      defaultDimension: line.defaultDimension,
    })),
    postings: entries.map((entry) => ({
      ...entry,
      id: ids.next(),
      legalEntityId,
      voucherId,
      voucherNumber,
      journalLineId: line.id,
      defaultDimension: line.defaultDimension,
      invoiceLineId: null,
      actualId,
      projectId,
      contractId,
      accountingDate,
    })),
    transaction: {
      id: ids.next(),
      legalEntityId,
      journalLineId: line.id,
      actualId,
      transactionType,
      classification,
      status: ProjTransStatus.POSTED,
      projectId,
      categoryId,
      transactionDate,
      quantity,
      amount,
      currencyCode,
      accountingAmount,
      voucherId,
      voucherNumber,
      customerInvoiceId: null,
    },
    line: {
      id: line.id,
      status: IntegrationJournalLineStatus.POSTED,
      postError: null,
      accountingDate,
      linePropertyId,
      salesTaxGroup,
      itemSalesTaxGroup,
      defaultDimension,
      exchangeRate,
      accountingAmount,
      costPosting,
      accruesRevenue,
      originalAccountingDate: accountingDate === line.accountingDate ? line.originalAccountingDate : line.accountingDate,
      voucherId,
      voucherNumber,
      version: line.version + 1,
    },
  };
}
