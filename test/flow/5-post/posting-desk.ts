import {
  Actual,
  BillingType,
  ProformaInvoice,
  ProformaInvoiceStatus,
  TransactionClassification,
  TransactionType,
} from '../../../src/entities/dataverse';
import {
  CustomerInvoice,
  IntegrationJournal,
  IntegrationJournalLine,
  InvoiceProposal,
  InvoiceProposalLine,
  LedgerEntry,
  OnAccountTransaction,
  PostingType,
  ProjBillingType,
  ProjCdsTransType,
  ProjTransType,
  StagedActual,
} from '../../../src/entities/finance';
import { postIntegrationJournals } from '../../../src/flow/5-post/journals/post-integration-journals.command';
import {
  postInvoiceProposals,
  type PostedProposal,
  type PostInvoiceProposalsInput,
} from '../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import type { PostingResult } from '../../../src/flow/5-post/post-each';
import { decimal, type Decimal, sum } from '../../../src/kernel/decimal';
import { toAccountingCurrency } from '../../../src/kernel/money';
import type { EntityClass } from '../../../src/entities/columns';
import { insertRows, selectRows } from '../../../src/stores/bulk';
import { sql, type Sql } from '../../../src/stores/session';
import { buildWorld, decimalsOfCurrency, type World, type WorldOptions } from '../../support/builders';
import type { TestGateway } from '../../support/engines';

/** A journal line to be; hours that are sold for 1,000 unless told. */
export interface LineGiven {
  kind?: 'cost' | 'sales';
  classification?: ProjTransType;
  quantity?: string;
  amount?: string;
  currency?: string;
  rate?: string;
  accrues?: boolean;
  accountingDate?: string;
  categoryId?: string | null;
}

/** A proposal line to be; hours that are billed at 1,000, without unbilled partner, unless told. */
export interface ProposalLineGiven {
  amount?: string;
  quantity?: string;
  classification?: ProjTransType;
  billingType?: ProjBillingType;
  journalLineId?: string | null;
  onAccountTransactionId?: string | null;
  /** The customer invoice line that it credits. */
  creditedInvoiceLineId?: string;
  /** The retainer that it invoices, or deducts where the amount is negative. */
  retainerId?: string | null;
  salesTaxGroup?: string | null;
  contractLineId?: string | null;
  projectId?: string | null;
}

export interface JournalIds {
  readonly journalId: string;
  readonly lineIds: string[];
  readonly stagedIds: string[];
}

const CATEGORY: Partial<Record<ProjTransType, string>> = {
  [ProjTransType.HOUR]: 'Time',
  [ProjTransType.COST]: 'Expense',
  [ProjTransType.ITEM]: 'Material',
  [ProjTransType.REVENUE]: 'Fee',
};

let documents = 0;

/** A world with the rows that import would have made: what posting starts from. */
export class PostingDesk {
  private constructor(
    private readonly gateway: TestGateway,
    readonly world: World,
    readonly options: WorldOptions,
  ) {}

  static async open(gateway: TestGateway, options: WorldOptions = {}): Promise<PostingDesk> {
    return new PostingDesk(gateway, await buildWorld(gateway, options), options);
  }

  get legalEntityId(): string {
    return this.world.facts.legalEntityId;
  }

  /** Units of accounting currency per unit of contract currency. */
  get rate(): string {
    return this.options.fixedRate ?? this.options.exchangeRate ?? '1';
  }

  /** A draft integration journal with the given lines. */
  async journal(...lines: LineGiven[]): Promise<JournalIds> {
    const { ids } = this.gateway.context;
    const { legalEntityId, accountingCurrency, currency, contractNumber, projects } = this.world.facts;
    documents += 1;
    const journalId = ids.next();
    const staged: Partial<StagedActual>[] = [];
    const journalLines: Partial<IntegrationJournalLine>[] = [];
    const actuals: Partial<Actual>[] = [];
    lines.forEach((given, index) => {
      const {
        kind = 'sales',
        classification = ProjTransType.HOUR,
        quantity = '4',
        amount = '1000',
        accrues = kind === 'sales',
        accountingDate = '2026-06-10',
      } = given;
      const currencyCode = given.currency ?? (kind === 'cost' ? accountingCurrency : currency);
      const exchangeRate = decimal(given.rate ?? (currencyCode === accountingCurrency ? '1' : this.rate));
      const transactionType = kind === 'cost' ? ProjCdsTransType.COST : ProjCdsTransType.SALES;
      const shared = {
        legalEntityId,
        actualId: ids.next(),
        transactionType,
        classification,
        contractId: contractNumber,
        projectId: projects.timeAndMaterial.number,
        categoryId: given.categoryId === undefined ? (CATEGORY[classification] ?? null) : given.categoryId,
        description: 'Design',
        accountingDate,
        quantity: decimal(quantity),
        unitPrice: null,
        amount: decimal(amount),
        currencyCode,
      };
      const stagedId = ids.next();
      actuals.push({
        id: shared.actualId,
        transactionType: kind === 'cost' ? TransactionType.COST : TransactionType.UNBILLED_SALES,
        classification: TransactionClassification.TIME,
        billingType: BillingType.CHARGEABLE,
        quantity: shared.quantity,
        amount: shared.amount,
        currencyId: kind === 'cost' ? this.world.facts.accountingCurrencyId : this.world.facts.currencyId,
        transactionDate: accountingDate,
        documentDate: accountingDate,
        accountingDate,
        contractId: this.world.facts.contractId,
      });
      staged.push({
        ...shared,
        id: stagedId,
        billingType: ProjBillingType.CHARGEABLE,
        documentDate: accountingDate,
        isProcessed: true,
      });
      journalLines.push({
        ...shared,
        id: ids.next(),
        journalId,
        lineNumber: index + 1,
        stagedActualId: stagedId,
        transactionDate: accountingDate,
        linePropertyId: 'Charge',
        exchangeRate,
        accountingAmount: toAccountingCurrency(decimal(amount), exchangeRate, decimalsOfCurrency(accountingCurrency)),
        accruesRevenue: accrues,
      });
    });
    await this.gateway.database.write(async (work) => {
      await insertRows(work, IntegrationJournal, [
        {
          id: journalId,
          legalEntityId,
          number: `${legalEntityId}-${String(documents).padStart(6, '0')}`,
          description: 'Test',
          createdOn: '2026-06-10T00:00:00.000Z',
        },
      ]);
      await insertRows(work, Actual, actuals);
      await insertRows(work, StagedActual, staged);
      await insertRows(work, IntegrationJournalLine, journalLines);
    });
    return { journalId, lineIds: journalLines.map((line) => line.id!), stagedIds: staged.map((row) => row.id!) };
  }

  /** The on-account transaction of a milestone. */
  async milestone(amount = '5000'): Promise<string> {
    const { ids } = this.gateway.context;
    const { legalEntityId, contractNumber, currency, lines, projects } = this.world.facts;
    const id = ids.next();
    await this.gateway.database.write((work) =>
      insertRows(work, OnAccountTransaction, [
        {
          id,
          legalEntityId,
          milestoneId: ids.next(),
          contractId: contractNumber,
          contractLineId: lines.fixedPrice,
          projectId: projects.fixedPrice.number,
          date: '2026-06-15',
          description: 'Go-live',
          amount: decimal(amount),
          currencyCode: currency,
        },
      ]),
    );
    return id;
  }

  /** An open proposal with the given lines, as import leaves it. */
  async proposal(lines: ProposalLineGiven[], changes: Partial<InvoiceProposal> = {}): Promise<string> {
    const { ids } = this.gateway.context;
    const { legalEntityId, contractNumber, contractId, currency, currencyId, customers } = this.world.facts;
    documents += 1;
    const number = `PI-${String(documents).padStart(7, '0')}`;
    const proposalId = ids.next();
    const proformaInvoiceId = ids.next();
    const built = lines.map((given, index) => this.proposalLine(proposalId, number, index + 1, given));
    await this.gateway.database.write(async (work) => {
      await insertRows(work, ProformaInvoice, [
        {
          id: proformaInvoiceId,
          number,
          name: number,
          customerId: customers[0]!.accountId,
          contractId,
          currencyId,
          status: ProformaInvoiceStatus.CONFIRMED,
          createdOn: '2026-06-20T00:00:00.000Z',
        },
      ]);
      await insertRows(work, InvoiceProposal, [
        {
          id: proposalId,
          legalEntityId,
          number,
          proformaInvoiceId,
          contractId: contractNumber,
          customerAccount: customers[0]!.accountNumber,
          fundingSourceId: customers[0]!.fundingSourceId,
          currencyCode: currency,
          billedActualCount: lines.length,
          billedActualChecksum: 'unchecked',
          accountingDate: '2026-06-20',
          hasLines: lines.length > 0,
          ...changes,
        },
      ]);
      await insertRows(
        work,
        StagedActual,
        built.map((row) => row.staged),
      );
      await insertRows(
        work,
        InvoiceProposalLine,
        built.map((row) => row.line),
      );
    });
    return proposalId;
  }

  private proposalLine(proposalId: string, proposalNumber: string, lineNumber: number, given: ProposalLineGiven) {
    const { ids } = this.gateway.context;
    const { legalEntityId, contractNumber, currency, lines, projects } = this.world.facts;
    const {
      amount = '1000',
      quantity = '4',
      classification = ProjTransType.HOUR,
      billingType = ProjBillingType.CHARGEABLE,
    } = given;
    const isMilestone = classification === ProjTransType.ON_ACCOUNT;
    const shared = {
      legalEntityId,
      actualId: ids.next(),
      classification,
      billingType,
      description: 'Design',
      quantity: decimal(quantity),
      currencyCode: currency,
      projectId:
        given.projectId === undefined ? projects[isMilestone ? 'fixedPrice' : 'timeAndMaterial'].number : given.projectId,
      contractLineId:
        given.contractLineId === undefined ? lines[isMilestone ? 'fixedPrice' : 'timeAndMaterial'] : given.contractLineId,
      categoryId: CATEGORY[classification] ?? null,
    };
    const stagedId = ids.next();
    const taxRate = this.options.taxRatePercent;
    const staged: Partial<StagedActual> = {
      ...shared,
      id: stagedId,
      transactionType: ProjCdsTransType.BILLED_SALES,
      contractId: contractNumber,
      proformaNumber: proposalNumber,
      accountingDate: '2026-06-20',
      documentDate: '2026-06-10',
      amount: decimal(amount),
      retainerId: given.retainerId ?? null,
      isProcessed: true,
    };
    const line: Partial<InvoiceProposalLine> = {
      ...shared,
      id: ids.next(),
      proposalId,
      proposalNumber,
      lineNumber,
      stagedActualId: stagedId,
      journalLineId: given.journalLineId ?? null,
      onAccountTransactionId: given.onAccountTransactionId ?? null,
      creditedInvoiceLineId: given.creditedInvoiceLineId ?? null,
      linePropertyId: 'Charge',
      transactionDate: '2026-06-10',
      salesPrice: null,
      lineAmount: billingType === ProjBillingType.CHARGEABLE ? decimal(amount) : decimal(0),
      itemSalesTaxGroup: 'FULL',
      salesTaxGroup: given.salesTaxGroup === undefined ? (taxRate === undefined ? null : `VAT${taxRate}`) : given.salesTaxGroup,
    };
    return { staged, line };
  }

  /** A journal with the given lines, posted without an error. */
  async postedJournal(...lines: LineGiven[]): Promise<JournalIds> {
    const journal = await this.journal(...lines);
    const input = { journalIds: [journal.journalId] };
    const [result] = await postIntegrationJournals(this.gateway.context, input, { mutation: 'postIntegrationJournals', input });
    if (result!.outcome?.failedLineCount !== 0) throw new Error(`Journal not posted: ${JSON.stringify(result)}`);
    return journal;
  }

  post(input: PostInvoiceProposalsInput, idempotencyKey?: string): Promise<PostingResult<PostedProposal>[]> {
    return postInvoiceProposals(this.gateway.context, input, { mutation: 'postInvoiceProposals', input, idempotencyKey });
  }

  /** Posts one proposal that nothing is wrong with; gives the customer invoice and its ledger. */
  async posted(proposalId: string, input: PostInvoiceProposalsInput = {}) {
    const [result] = await this.post({ proposalIds: [proposalId], ...input });
    if (!result!.outcome) throw new Error(result!.refusals.map((refusal) => refusal.message).join(' '));
    const invoice = await this.row(CustomerInvoice, result!.outcome.customerInvoiceId);
    return { invoice, outcome: result!.outcome, ledger: await this.ledger(invoice.voucherNumber) };
  }

  /** Code and sentence of each refusal of a proposal that must not be posted. */
  async refusalsOf(input: PostInvoiceProposalsInput): Promise<[string, string][]> {
    const [result] = await this.post(input);
    if (result!.outcome) throw new Error(`Posted as ${result!.outcome.customerInvoiceNumber}`);
    return result!.refusals.map((refusal) => [refusal.code, refusal.message]);
  }

  async rows<T>(entity: EntityClass<T>, rest: Sql): Promise<T[]> {
    return selectRows(this.gateway.database.reader, entity, rest);
  }

  async row<T>(entity: EntityClass<T>, id: string): Promise<T> {
    const [found] = await this.rows(entity, sql`WHERE t."gw_id" = ${id}`);
    return found!;
  }

  /** The ledger entries of a voucher as `[account, posting type, currency, amount, accounting amount]`, in entry order. */
  async ledger(voucherNumber: string): Promise<[string, string, string, string, string][]> {
    const entries = await this.rows(
      LedgerEntry,
      sql`
      JOIN "GeneralJournalEntry" v ON v."gw_id" = t."GeneralJournalEntry"
      WHERE v."SubledgerVoucher" = ${voucherNumber} ORDER BY t."gw_linenumber"`,
    );
    return entries.map((entry) => [
      entry.mainAccountId,
      PostingType[entry.postingType]!,
      entry.currencyCode,
      entry.amount.toFixed(),
      entry.accountingAmount.toFixed(),
    ]);
  }
}

/** Whether entries add up to zero, in accounting currency and in each transaction currency. */
export function balances(entries: readonly { currencyCode: string; amount: Decimal; accountingAmount: Decimal }[]): boolean {
  const currencies = [...new Set(entries.map((entry) => entry.currencyCode))];
  return (
    sum(entries.map((entry) => entry.accountingAmount)).isZero() &&
    currencies.every((code) => sum(entries.filter((entry) => entry.currencyCode === code).map((entry) => entry.amount)).isZero())
  );
}
