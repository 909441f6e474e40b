import type { EntityClass } from '../../entities/columns';
import {
  BillingTypeLineProperty, CostAndRevenueProfile, CustomerPostingProfile, FinanceCurrency, FinanceProjectCategory, FinanceProjectGroup, FiscalPeriod, FiscalPeriodStatus,
  ItemSalesTaxGroup, ItemSalesTaxGroupCode, LegalEntity, LineProperty, MainAccount, NoYes, PaymentTerms, ProjectParameters,
  ProjectPostingProfile, ProjTransType, SalesTaxCode, SalesTaxCodeValue, SalesTaxGroup, SalesTaxGroupCode,
  type PostingType, type ProjBillingType,
} from '../../entities/finance';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { groupBy } from '../../kernel/group-by';
import { selectRows } from '../bulk';
import { inList, raw, sql, type Session } from '../session';

/** A legal entity with the decimals of its accounting currency. */
export interface LegalEntityFacts {
  readonly id: string;
  readonly name: string;
  readonly accountingCurrency: string;
  /** Null when finance does not list the accounting currency. */
  readonly accountingDecimals: number | null;
  readonly exchangeRateType: string;
}

/** A sales tax code that a line is taxed with. */
export interface TaxCodeAtDate {
  readonly taxCode: string;
  /** Percent of the net amount; zero when the group exempts the code; null when the code has no value at the date. */
  readonly ratePercent: Decimal | null;
  readonly payableMainAccountId: string | null;
}

/**
 * The small set-up tables of finance, read once per command: the masters that can have many rows (customers, contracts,
 * projects) come from `loadFinanceMasters` and exchange rates from `loadExchangeRates`, by the keys of a chunk.
 */
export interface FinanceSetup {
  legalEntity(legalEntityId: string): LegalEntityFacts | undefined;
  /** Decimals that amounts of a currency are rounded to; undefined when finance does not know the currency. */
  currencyDecimals(currencyCode: string): number | undefined;
  parameters(legalEntityId: string): ProjectParameters | undefined;
  category(legalEntityId: string, categoryId: string): FinanceProjectCategory | undefined;
  lineProperty(legalEntityId: string, linePropertyId: string): LineProperty | undefined;
  /** The line property that a billing type gets in a legal entity. */
  linePropertyOfBillingType(legalEntityId: string, billingType: ProjBillingType): LineProperty | undefined;
  projectGroup(legalEntityId: string, projectGroup: string): FinanceProjectGroup | undefined;
  costAndRevenueProfile(legalEntityId: string, profileId: string): CostAndRevenueProfile | undefined;
  /** The main account of a posting type: the most specific rule wins, category before transaction type. */
  mainAccount(legalEntityId: string, postingType: PostingType, transactionType: ProjTransType, categoryId: string | null): string | undefined;
  mainAccountName(mainAccountId: string): string | undefined;
  customerPostingProfile(legalEntityId: string, postingProfile: string): CustomerPostingProfile | undefined;
  paymentTerms(legalEntityId: string, name: string): PaymentTerms | undefined;
  fiscalPeriodAt(legalEntityId: string, date: string): FiscalPeriod | undefined;
  /** The first open period that begins after a date. */
  nextOpenPeriod(legalEntityId: string, date: string): FiscalPeriod | undefined;
  hasSalesTaxGroup(legalEntityId: string, salesTaxGroup: string): boolean;
  hasItemSalesTaxGroup(legalEntityId: string, itemSalesTaxGroup: string): boolean;
  /** The tax codes that both groups contain, in code order, with the value valid at the date. A missing group taxes nothing. */
  taxCodesAt(legalEntityId: string, salesTaxGroup: string | null, itemSalesTaxGroup: string | null, date: string): readonly TaxCodeAtDate[];
}

/** A key of several parts. Parts cannot contain the unit separator, because the edge refuses control characters. */
function keyOf(...parts: (string | number)[]): string {
  return parts.join('\u001f');
}

function indexBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [key(row), row]));
}

/** Reads the set-up of the given legal entities, or of all of them. */
export async function loadFinanceSetup(session: Session, legalEntityIds?: readonly string[]): Promise<FinanceSetup> {
  const own = legalEntityIds ? sql`WHERE ${inList(session, raw('t."dataAreaId"'), [...new Set(legalEntityIds)])}` : raw('');
  const entities = legalEntityIds ? sql`WHERE ${inList(session, raw('t."LegalEntityId"'), [...new Set(legalEntityIds)])}` : raw('');
  const read = <Row>(entity: EntityClass<Row>, rest = own): Promise<Row[]> => selectRows(session, entity, rest);
  const decimals = new Map((await read(FinanceCurrency, raw(''))).map((row) => [row.code, row.decimals]));
  const legalEntities = new Map((await read(LegalEntity, entities)).map((row) => [row.legalEntityId, legalEntityFacts(row, decimals)]));
  const accountNames = new Map((await read(MainAccount, raw(''))).map((row) => [row.mainAccountId, row.name]));
  const parameters = indexBy(await read(ProjectParameters), (row) => row.legalEntityId);
  const categories = indexBy(await read(FinanceProjectCategory), (row) => keyOf(row.legalEntityId, row.categoryId));
  const lineProperties = indexBy(await read(LineProperty), (row) => keyOf(row.legalEntityId, row.linePropertyId));
  const billingTypes = indexBy(await read(BillingTypeLineProperty), (row) => keyOf(row.legalEntityId, row.billingType));
  const groups = indexBy(await read(FinanceProjectGroup), (row) => keyOf(row.legalEntityId, row.projectGroup));
  const profiles = indexBy(await read(CostAndRevenueProfile), (row) => keyOf(row.legalEntityId, row.profileId));
  const accounts = indexBy(await read(ProjectPostingProfile), (row) =>
    keyOf(row.legalEntityId, row.postingType, row.projectTransactionType, row.categoryId));
  const customerProfiles = indexBy(await read(CustomerPostingProfile), (row) => keyOf(row.legalEntityId, row.postingProfile));
  const terms = indexBy(await read(PaymentTerms), (row) => keyOf(row.legalEntityId, row.name));
  const periods = groupBy(await read(FiscalPeriod, sql`${own} ORDER BY t."dataAreaId", t."StartDate"`), (row) => row.legalEntityId);
  const taxes = await loadTaxes(read);

  return Object.freeze<FinanceSetup>({
    legalEntity: (id) => legalEntities.get(id),
    currencyDecimals: (code) => decimals.get(code),
    parameters: (id) => parameters.get(id),
    category: (id, categoryId) => categories.get(keyOf(id, categoryId)),
    lineProperty: (id, linePropertyId) => lineProperties.get(keyOf(id, linePropertyId)),
    linePropertyOfBillingType: (id, billingType) => {
      const rule = billingTypes.get(keyOf(id, billingType));
      return rule && lineProperties.get(keyOf(id, rule.linePropertyId));
    },
    projectGroup: (id, projectGroup) => groups.get(keyOf(id, projectGroup)),
    costAndRevenueProfile: (id, profileId) => profiles.get(keyOf(id, profileId)),
    mainAccount: (id, postingType, transactionType, categoryId) => {
      const candidates = [
        ...(categoryId ? [[transactionType, categoryId], [ProjTransType.NONE, categoryId]] as const : []),
        [transactionType, ''], [ProjTransType.NONE, ''],
      ] as const;
      for (const [type, category] of candidates) {
        const rule = accounts.get(keyOf(id, postingType, type, category));
        if (rule) return rule.mainAccountId;
      }
      return undefined;
    },
    mainAccountName: (mainAccountId) => accountNames.get(mainAccountId),
    customerPostingProfile: (id, postingProfile) => customerProfiles.get(keyOf(id, postingProfile)),
    paymentTerms: (id, termsName) => terms.get(keyOf(id, termsName)),
    fiscalPeriodAt: (id, date) => periodAt(periods.get(id) ?? [], date),
    nextOpenPeriod: (id, date) =>
      (periods.get(id) ?? []).find((period) => period.startDate > date && period.status === FiscalPeriodStatus.OPEN),
    ...taxes,
  });
}

function legalEntityFacts(row: LegalEntity, decimals: ReadonlyMap<string, number>): LegalEntityFacts {
  const { legalEntityId, name, accountingCurrency, exchangeRateType } = row;
  return { id: legalEntityId, name, accountingCurrency, accountingDecimals: decimals.get(accountingCurrency) ?? null, exchangeRateType };
}

/** The period that contains the date; periods come in the order of their start and do not overlap. */
function periodAt(periods: readonly FiscalPeriod[], date: string): FiscalPeriod | undefined {
  let low = 0;
  let high = periods.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (periods[middle]!.startDate <= date) low = middle + 1;
    else high = middle;
  }
  const period = periods[low - 1];
  return period && date <= period.endDate ? period : undefined;
}

type Taxes = Pick<FinanceSetup, 'hasSalesTaxGroup' | 'hasItemSalesTaxGroup' | 'taxCodesAt'>;

async function loadTaxes(read: <Row>(entity: EntityClass<Row>) => Promise<Row[]>): Promise<Taxes> {
  const groups = new Set((await read(SalesTaxGroup)).map((row) => keyOf(row.legalEntityId, row.salesTaxGroup)));
  const itemGroups = new Set((await read(ItemSalesTaxGroup)).map((row) => keyOf(row.legalEntityId, row.itemSalesTaxGroup)));
  const codes = indexBy(await read(SalesTaxCode), (row) => keyOf(row.legalEntityId, row.taxCode));
  const values = groupBy(await read(SalesTaxCodeValue), (row) => keyOf(row.legalEntityId, row.taxCode));
  const ofGroup = groupBy(await read(SalesTaxGroupCode), (row) => keyOf(row.legalEntityId, row.salesTaxGroup));
  const ofItemGroup = groupBy(await read(ItemSalesTaxGroupCode), (row) => keyOf(row.legalEntityId, row.itemSalesTaxGroup));
  const taxCodesAt: FinanceSetup['taxCodesAt'] = (legalEntityId, salesTaxGroup, itemSalesTaxGroup, date) => {
    if (!salesTaxGroup || !itemSalesTaxGroup) return [];
    const inItemGroup = new Set((ofItemGroup.get(keyOf(legalEntityId, itemSalesTaxGroup)) ?? []).map((row) => row.taxCode));
    const both = (ofGroup.get(keyOf(legalEntityId, salesTaxGroup)) ?? []).filter((row) => inItemGroup.has(row.taxCode));
    both.sort((a, b) => (a.taxCode < b.taxCode ? -1 : 1));
    return both.map(({ taxCode, isExempt }) => ({
      taxCode,
      ratePercent: isExempt === NoYes.YES ? ZERO : valueAt(values.get(keyOf(legalEntityId, taxCode)) ?? [], date),
      payableMainAccountId: codes.get(keyOf(legalEntityId, taxCode))?.payableMainAccountId ?? null,
    }));
  };
  return {
    hasSalesTaxGroup: (legalEntityId, group) => groups.has(keyOf(legalEntityId, group)),
    hasItemSalesTaxGroup: (legalEntityId, group) => itemGroups.has(keyOf(legalEntityId, group)),
    taxCodesAt,
  };
}

/** The newest value whose days contain the date. */
function valueAt(values: readonly SalesTaxCodeValue[], date: string): Decimal | null {
  let newest: SalesTaxCodeValue | undefined;
  for (const value of values) {
    const isValid = value.fromDate <= date && (value.toDate === null || date <= value.toDate);
    if (isValid && (!newest || value.fromDate > newest.fromDate)) newest = value;
  }
  return newest ? newest.ratePercent : null;
}
