import { FiscalPeriodStatus, NoYes, type CostAndRevenueProfile, type PostingType, type ProjTransType } from '../../entities/finance';
import { InternalError } from '../../kernel/refusal';
import type { FinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup, TaxCodeAtDate } from '../../stores/finance/setup.store';
import { isTimeAndMaterial, profileIdFor } from '../4-import/defaulting.rules';

/** What posting decisions ask of the set-up of one legal entity. Null stands for "not set up". */
export interface PostingSetup {
  readonly legalEntityId: string;
  readonly accountingCurrency: string;
  /** Decimals that amounts of a currency are rounded to. */
  decimalsOf(currencyCode: string): number | null;
  /** The main account of a posting type by the project posting profile, the most specific category and transaction type first. */
  profileAccount(postingType: PostingType, classification: ProjTransType, categoryId: string | null): string | null;
  /** Whether the chart of accounts holds a main account. */
  hasMainAccount(mainAccountId: string): boolean;
  /** Whether a fiscal period covers the date and is open. */
  isPeriodOpen(date: string): boolean;
  /** Whether a fiscal period covers the date at all. */
  hasPeriod(date: string): boolean;
  /** Whether the parameters move journal lines out of periods that are not open. */
  readonly movesToNextOpenPeriod: boolean;
  /** The first day of the next open period behind a date. */
  nextOpenDate(date: string): string | null;
  /** The tax codes that both groups contain, in code order, with the rates valid at the date. */
  taxCodes(salesTaxGroup: string | null, itemSalesTaxGroup: string | null, date: string): readonly TaxCodeAtDate[];
  /** The cost and revenue profile that rules a project: its own, its group's, its contract's, else the legal entity's default. */
  costAndRevenueProfile(projectId: string | null, contractId: string): CostAndRevenueProfile | null;
  /** Whether a line is billed by time and material: its contract line says so, else its project. */
  isTimeAndMaterial(contractLineId: string | null, projectId: string | null): boolean;
  /** Financial dimensions of a line that bills no journal line: its contract line's, else its project's. */
  defaultDimension(contractLineId: string | null, projectId: string | null): string | null;
}

/** One legal entity's view of the set-up, with the masters of the rows at hand. */
export function postingSetupOf(setup: FinanceSetup, masters: FinanceMasters | null, legalEntityId: string): PostingSetup {
  const legalEntity = setup.legalEntity(legalEntityId);
  if (!legalEntity) throw new InternalError(`Legal entity ${legalEntityId} has records to post, but no set-up`);
  const projectOf = (projectId: string | null) => (projectId === null ? undefined : masters?.project(legalEntityId, projectId));
  const contractLineOf = (id: string | null) => (id === null ? undefined : masters?.contractLine(legalEntityId, id));
  return {
    legalEntityId,
    accountingCurrency: legalEntity.accountingCurrency,
    decimalsOf: (currencyCode) => setup.currencyDecimals(currencyCode) ?? null,
    profileAccount: (postingType, classification, categoryId) =>
      setup.mainAccount(legalEntityId, postingType, classification, categoryId) ?? null,
    hasMainAccount: (mainAccountId) => setup.mainAccountName(mainAccountId) !== undefined,
    isPeriodOpen: (date) => setup.fiscalPeriodAt(legalEntityId, date)?.status === FiscalPeriodStatus.OPEN,
    hasPeriod: (date) => setup.fiscalPeriodAt(legalEntityId, date) !== undefined,
    movesToNextOpenPeriod: setup.parameters(legalEntityId)?.moveToNextOpenPeriod === NoYes.YES,
    nextOpenDate: (date) => setup.nextOpenPeriod(legalEntityId, date)?.startDate ?? null,
    taxCodes: (salesTaxGroup, itemSalesTaxGroup, date) => setup.taxCodesAt(legalEntityId, salesTaxGroup, itemSalesTaxGroup, date),
    costAndRevenueProfile: (projectId, contractId) =>
      setup.costAndRevenueProfile(legalEntityId, profileIdFor({ legalEntityId, projectId, contractId }, setup, masters)) ?? null,
    isTimeAndMaterial: (contractLineId, projectId) =>
      isTimeAndMaterial(contractLineOf(contractLineId), projectOf(projectId)),
    defaultDimension: (contractLineId, projectId) =>
      contractLineOf(contractLineId)?.defaultDimension || projectOf(projectId)?.defaultDimension || null,
  };
}
