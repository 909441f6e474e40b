import { Guids, SHARED_SPACE, type GuidKind } from './guids';

/** A row in the systems' own column names. */
export type Row = Record<string, string | number | boolean | null>;
/** Takes a row of an entity set. */
export type Sink = (entitySet: string, row: Row) => void;

export type CurrencyCode = 'USD' | 'GBP' | 'EUR' | 'JPY';

/** Dataverse's currencies; the organisation's base currency is USD. */
export const CURRENCIES: readonly { code: CurrencyCode; name: string; symbol: string; decimals: number; perUsd: string }[] = [
  { code: 'USD', name: 'US Dollar', symbol: '$', decimals: 2, perUsd: '1' },
  { code: 'GBP', name: 'Pound Sterling', symbol: '£', decimals: 2, perUsd: '0.8' },
  { code: 'EUR', name: 'Euro', symbol: '€', decimals: 2, perUsd: '0.92' },
  { code: 'JPY', name: 'Japanese Yen', symbol: '¥', decimals: 0, perUsd: '150' },
];

export type LegalEntityCode = 'USPM' | 'GBPM' | 'JPPM';

export interface LegalEntityPlan {
  readonly code: LegalEntityCode;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly address: string;
  readonly unit: string;
}

export const LEGAL_ENTITIES: readonly LegalEntityPlan[] = [
  { code: 'USPM', name: 'Contoso Consulting USA', currency: 'USD', address: '123 Coffee Street, Redmond, WA 98052, USA', unit: 'Contoso Consulting USA' },
  { code: 'GBPM', name: 'Contoso Consulting UK', currency: 'GBP', address: '14 Dover Street, London W1S 4LW, United Kingdom', unit: 'Contoso Consulting UK' },
  { code: 'JPPM', name: 'Contoso Consulting Japan', currency: 'JPY', address: '2-16-3 Konan, Minato-ku, Tokyo 108-0075, Japan', unit: 'Contoso Consulting Japan' },
];

export type CategoryKind = 'Hour' | 'Cost' | 'Item' | 'Revenue';

/** Transaction categories and, under the same name, project categories of finance. `tax` is the item sales tax group. */
export const CATEGORIES = [
  { name: 'Consulting', kind: 'Hour', tax: 'FULL' },
  { name: 'Development', kind: 'Hour', tax: 'FULL' },
  { name: 'Training', kind: 'Hour', tax: 'FULL' },
  { name: 'Airfare', kind: 'Cost', tax: 'ZERO' },
  { name: 'Hotel', kind: 'Cost', tax: 'FULL' },
  { name: 'Mileage', kind: 'Cost', tax: 'ZERO' },
  { name: 'Hardware', kind: 'Item', tax: 'FULL' },
  { name: 'Licence fee', kind: 'Revenue', tax: 'FULL' },
] as const satisfies readonly { name: string; kind: CategoryKind; tax: string }[];

export type CategoryName = (typeof CATEGORIES)[number]['name'];

export const ROLES = ['Consultant', 'Developer', 'Project manager', 'Solution architect'] as const;
export const UNITS = ['Hour', 'Each', 'Mile'] as const;
export const PRODUCTS = [
  { number: 'M0001', name: 'Rugged tablet' },
  { number: 'M0002', name: 'Network switch, 24 ports' },
  { number: 'M0003', name: 'Barcode scanner' },
] as const;

const guids = new Guids(SHARED_SPACE);

function idsBy<Name extends string>(kind: GuidKind, names: readonly Name[]): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, guids.next(kind)])) as Record<Name, string>;
}

/** Ids of the records that every folder shares, by natural key. */
export const SHARED_IDS = {
  companies: idsBy('company', LEGAL_ENTITIES.map(({ code }) => code)),
  currencies: idsBy('currency', CURRENCIES.map(({ code }) => code)),
  organizationalUnits: idsBy('organizationalUnit', LEGAL_ENTITIES.map(({ code }) => code)),
  categories: idsBy('category', CATEGORIES.map(({ name }) => name)),
  roles: idsBy('role', ROLES),
  units: idsBy('unit', UNITS),
  products: idsBy('product', PRODUCTS.map(({ number }) => number)),
} as const;

export function currencyOf(code: CurrencyCode) {
  return CURRENCIES.find((currency) => currency.code === code)!;
}

export function legalEntityOf(code: LegalEntityCode): LegalEntityPlan {
  return LEGAL_ENTITIES.find((entity) => entity.code === code)!;
}

/** Dataverse's records that belong to no contract. The same in every folder, so a second folder finds them unchanged. */
export function writeSharedMasters(sink: Sink): void {
  for (const { code, name } of LEGAL_ENTITIES) sink('cdm_companies', { cdm_companyid: SHARED_IDS.companies[code], cdm_companycode: code, cdm_name: name });
  for (const { code, name, symbol, decimals, perUsd } of CURRENCIES) {
    sink('transactioncurrencies', {
      transactioncurrencyid: SHARED_IDS.currencies[code], isocurrencycode: code, currencyname: name, currencysymbol: symbol,
      currencyprecision: decimals, exchangerate: Number(perUsd),
    });
  }
  for (const { code, unit, currency } of LEGAL_ENTITIES) {
    sink('msdyn_organizationalunits', {
      msdyn_organizationalunitid: SHARED_IDS.organizationalUnits[code], msdyn_name: unit,
      _msdyn_currency_value: SHARED_IDS.currencies[currency], _msdyn_company_value: SHARED_IDS.companies[code],
    });
  }
  for (const name of ROLES) sink('bookableresourcecategories', { bookableresourcecategoryid: SHARED_IDS.roles[name], name });
  for (const { name } of CATEGORIES) sink('msdyn_transactioncategories', { msdyn_transactioncategoryid: SHARED_IDS.categories[name], msdyn_name: name });
  for (const name of UNITS) sink('uoms', { uomid: SHARED_IDS.units[name], name });
  for (const { number, name } of PRODUCTS) sink('products', { productid: SHARED_IDS.products[number], productnumber: number, name });
}
