import { CompletionMethod, OnAccountPosting, PostingType, type CostAndRevenueProfile } from '../../../src/entities/finance';
import { decimal } from '../../../src/kernel/decimal';
import type { PostingSetup } from '../../../src/flow/5-post/posting-setup';

/** Tax codes of the group TAX: two, each with its own account. */
export const TAX_RATES = { STATE: '6.25', CITY: '1.375' } as const;

/** Set-up of a legal entity with USD books, where every posting type has the account named after it. */
export function stubSetup(changes: Partial<PostingSetup> = {}, decimals: Record<string, number> = {}): PostingSetup {
  const currencyDecimals: Record<string, number> = { USD: 2, GBP: 2, JPY: 0, KWD: 3, ...decimals };
  return {
    legalEntityId: 'USPM',
    accountingCurrency: 'USD',
    decimalsOf: (code) => currencyDecimals[code] ?? null,
    profileAccount: (postingType) => PostingType[postingType]!,
    hasMainAccount: () => true,
    isPeriodOpen: () => true,
    hasPeriod: () => true,
    movesToNextOpenPeriod: false,
    nextOpenDate: () => null,
    taxCodes: (salesTaxGroup) =>
      salesTaxGroup === 'TAX'
        ? Object.entries(TAX_RATES).map(([taxCode, rate]) => ({
            taxCode,
            ratePercent: decimal(rate),
            payableMainAccountId: `PAYABLE ${taxCode}`,
          }))
        : [],
    costAndRevenueProfile: () => profile({}),
    isTimeAndMaterial: () => true,
    defaultDimension: () => null,
    ...changes,
  };
}

export function profile(changes: Partial<CostAndRevenueProfile>): CostAndRevenueProfile {
  return {
    onAccountPosting: OnAccountPosting.PROFIT_AND_LOSS,
    completionMethod: CompletionMethod.NO_WIP,
    ...changes,
  } as CostAndRevenueProfile;
}
