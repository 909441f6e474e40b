import { IntegrationJournalLineStatus, ProjCdsTransType, type IntegrationJournalLine, type StagedActual } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { fitsMoney, toAccountingCurrency } from '../../kernel/money';
import type { ExchangeRateBook, ExchangeRateQuestion } from '../../stores/finance/exchange-rate.store';
import type { FinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import { accruesRevenue, costPostingOf, defaultsOf, type Defaults, type ImportProblem } from './defaulting.rules';
import { accountingAmountTooLarge } from './amount-range.rules';
import { exchangeRateMissing, exchangeRateOf } from './exchange-rate.rules';

/** What one chunk of staged actuals is decided with. */
export interface JournalLineFacts {
  readonly setup: FinanceSetup;
  readonly masters: FinanceMasters;
  readonly rates: ExchangeRateBook;
}

/** A journal line without its journal, line number and keys, which the command gives it. */
export type JournalLineContent = Omit<Partial<IntegrationJournalLine>, 'id' | 'journalId' | 'lineNumber'>;

export type JournalLineDecision =
  | { readonly line: JournalLineContent & Valuation; readonly problem?: undefined }
  | { readonly problem: ImportProblem | OriginalAwaited };

/** A reversal waits for what it takes back. */
export interface OriginalAwaited {
  readonly code: 'ORIGINAL_NOT_IMPORTED';
  readonly message: string;
}

/** What finance adds to a line: its place in the set-up, its rate, its amount in accounting currency and what posting does with it. */
export type Valuation = Pick<
  IntegrationJournalLine,
  | 'linePropertyId' | 'salesTaxGroup' | 'itemSalesTaxGroup' | 'defaultDimension' | 'exchangeRate' | 'accountingAmount' | 'costPosting' | 'accruesRevenue'
>;

/** The rate that a staged actual asks for: at its accounting date, into its legal entity's currency. Null without that legal entity. */
export function rateQuestionOf(staged: StagedActual, setup: FinanceSetup): ExchangeRateQuestion | null {
  const entity = setup.legalEntity(staged.legalEntityId);
  return entity ? {
    legalEntityId: staged.legalEntityId,
    contractId: staged.contractId,
    currencyCode: staged.currencyCode,
    accountingCurrency: entity.accountingCurrency,
    rateType: entity.exchangeRateType,
    date: staged.accountingDate,
  } : null;
}

/** The integration journal line of a staged cost or unbilled sales actual, or why there can be none yet. */
export function decideJournalLine(staged: StagedActual, facts: JournalLineFacts): JournalLineDecision {
  const { setup, masters, rates } = facts;
  const asked = rateQuestionOf(staged, setup);
  const decimals = setup.legalEntity(staged.legalEntityId)?.accountingDecimals;
  if (!asked) return missing(`Legal entity ${staged.legalEntityId} does not exist in finance.`);
  if (decimals === null || decimals === undefined) return missing(`Currency ${asked.accountingCurrency} does not exist in finance.`);
  const defaulted = defaultsOf(staged, setup, masters);
  if (defaulted.problem) return defaulted;
  const rate = exchangeRateOf({ ...asked, ...rates(asked) });
  if (!rate) return { problem: { code: 'EXCHANGE_RATE_MISSING', message: exchangeRateMissing(asked) } };
  const accountingAmount = toAccountingCurrency(staged.amount, rate, decimals);
  if (!fitsMoney(accountingAmount)) {
    return { problem: { code: 'AMOUNT_OUT_OF_RANGE', message: accountingAmountTooLarge({ ...asked, amount: staged.amount, rate }) } };
  }
  return { line: lineOf(staged, valuationOf(staged, defaulted.defaults, rate, accountingAmount)) };
}

/**
 * The line of a staged actual that takes another one back whole. Its rate, its amount in accounting currency and what it posts are those
 * of the original's line, whatever rates and set-up say since, so that nothing is left of both together (domain facts 7.1). It waits
 * while the original has no line, or its connection with it has not arrived.
 */
export function decideReversalLine(staged: StagedActual, originalId: string, original: Valuation | null): JournalLineDecision {
  if (original) return { line: lineOf(staged, takenBack(original)) };
  const message = `It takes actual ${originalId} back, and waits until that one is in an integration journal and their connection is staged.`;
  return { problem: { code: 'ORIGINAL_NOT_IMPORTED', message } };
}

/** The valuation of what takes a line back. */
export function takenBack(original: Valuation): Valuation {
  const { linePropertyId, salesTaxGroup, itemSalesTaxGroup, defaultDimension, exchangeRate, costPosting, accruesRevenue } = original;
  const accountingAmount = original.accountingAmount.neg();
  return { linePropertyId, salesTaxGroup, itemSalesTaxGroup, defaultDimension, exchangeRate, accountingAmount, costPosting, accruesRevenue };
}

function valuationOf(staged: StagedActual, defaults: Defaults, exchangeRate: Decimal, accountingAmount: Decimal): Valuation {
  const costPosting = costPostingOf(staged.classification, defaults.profile);
  const isSales = staged.transactionType === ProjCdsTransType.SALES;
  return {
    linePropertyId: defaults.lineProperty.linePropertyId,
    salesTaxGroup: isSales ? defaults.salesTaxGroup : null,
    itemSalesTaxGroup: isSales ? defaults.itemSalesTaxGroup : null,
    defaultDimension: defaults.defaultDimension,
    exchangeRate,
    accountingAmount,
    costPosting,
    accruesRevenue: accruesRevenue({ transactionType: staged.transactionType, costPosting, ...defaults }),
  };
}

function lineOf(staged: StagedActual, valuation: Valuation): JournalLineContent & Valuation {
  return {
    legalEntityId: staged.legalEntityId,
    stagedActualId: staged.id,
    actualId: staged.actualId,
    transactionType: staged.transactionType,
    classification: staged.classification,
    status: IntegrationJournalLineStatus.DRAFT,
    accountingDate: staged.accountingDate,
    transactionDate: staged.documentDate,
    contractId: staged.contractId,
    projectId: staged.projectId,
    categoryId: staged.categoryId,
    description: staged.description,
    quantity: staged.quantity,
    unitPrice: staged.unitPrice,
    amount: staged.amount,
    currencyCode: staged.currencyCode,
    ...valuation,
  };
}

function missing(message: string): JournalLineDecision {
  return { problem: { code: 'SETUP_MISSING', message } };
}
