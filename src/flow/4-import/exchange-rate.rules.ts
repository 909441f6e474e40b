import { ONE, type Decimal } from '../../kernel/decimal';
import type { ExchangeRateCandidates, StoredRate } from '../../stores/finance/exchange-rate.store';

/** Significant digits of a rate that is computed as one over another. */
const INVERTED_RATE_DIGITS = 12;

export interface ExchangeRateFacts extends ExchangeRateCandidates {
  readonly currencyCode: string;
  readonly accountingCurrency: string;
}

/**
 * Units of accounting currency per unit of transaction currency (design 7.9): one for the same currency; the fixed-rate agreement
 * of contract and currency; the legal entity's newest rate at the date, or one over the rate of the opposite pair where that is
 * newer. Null when none of these exists, which callers turn into EXCHANGE_RATE_MISSING.
 */
export function exchangeRateOf(facts: ExchangeRateFacts): Decimal | null {
  if (facts.currencyCode === facts.accountingCurrency) return ONE;
  const { agreement, direct, inverse } = facts;
  const isInverseNewer = direct !== null && inverse !== null && inverse.startDate > direct.startDate;
  const newest = isInverseNewer ? inverted(inverse) ?? perUnit(direct) : perUnit(direct) ?? inverted(inverse);
  return perUnit(agreement) ?? newest;
}

/** A stored rate that is not above zero is no rate. */
function perUnit(stored: StoredRate | null): Decimal | null {
  return stored && stored.rate.gt(0) ? stored.rate.div(stored.conversionFactor) : null;
}

function inverted(stored: StoredRate | null): Decimal | null {
  const rate = perUnit(stored);
  return rate && ONE.div(rate).toSignificantDigits(INVERTED_RATE_DIGITS);
}

/** The sentence of EXCHANGE_RATE_MISSING. */
export function exchangeRateMissing(asked: { currencyCode: string; accountingCurrency: string; rateType: string; date: string }): string {
  const { currencyCode, accountingCurrency, rateType, date } = asked;
  return `No exchange rate of type ${rateType} from ${currencyCode} to ${accountingCurrency} is valid on ${date}, `
    + 'and the contract has no fixed-rate agreement for it.';
}
