import { writeContract, writeCustomer, type ContractIds, type CustomerIds, type LinePlan } from './contract-rows';
import type { Guids } from './guids';
import type { Random } from './random';
import { legalEntityOf, type CurrencyCode, type LegalEntityCode, type Sink } from './shared-masters';

const LEGAL_ENTITY_MIX: readonly (readonly [LegalEntityCode, number])[] = [['USPM', 55], ['GBPM', 25], ['JPPM', 20]];

/** Foreign currencies in which a legal entity sells; finance has exchange rates for all of them. */
const FOREIGN: Readonly<Record<LegalEntityCode, readonly CurrencyCode[]>> = { USPM: ['EUR', 'GBP'], GBPM: ['EUR', 'USD'], JPPM: ['USD', 'EUR'] };

/** Accounting units for 100 contract units, as fixed-rate agreements have them. */
const FIXED_RATES: Readonly<Record<string, number>> = {
  'EUR USD': 108.5, 'GBP USD': 125, 'EUR GBP': 86, 'USD GBP': 79.5, 'USD JPY': 15000, 'EUR JPY': 16200,
};

/** Percent of contracts, or of contracts in a foreign currency, that are so. */
const FOREIGN_PERCENT = 25;
const FIXED_RATE_PERCENT = 30;
const NEW_CUSTOMER_PERCENT = 60;
const SPLIT_PERCENT = 6;
const WITH_FIXED_PRICE_LINE_PERCENT = 30;
const NO_WIP_PERCENT = 25;

const FIRST_WORDS = ['Alder', 'Birch', 'Cedar', 'Delta', 'Eagle', 'Falcon', 'Granite', 'Harbour', 'Iris', 'Juniper', 'Kestrel', 'Lakeside', 'Maple', 'Northern', 'Oak'];
const SECOND_WORDS = ['Logistics', 'Foods', 'Energy', 'Bank', 'Insurance', 'Pharma', 'Retail', 'Machinery', 'Media', 'University', 'Water', 'Rail', 'Textiles', 'Clinics'];
const ENGAGEMENTS = ['ERP roll-out', 'Data platform', 'Warehouse automation', 'Customer portal', 'Finance upgrade', 'Field service', 'Application support', 'Process review'];
const TASKS = ['Analysis', 'Design', 'Build', 'Test', 'Training'];
const PLACES: Readonly<Record<LegalEntityCode, readonly [city: string, country: string]>> = {
  USPM: ['Seattle', 'USA'], GBPM: ['Manchester', 'United Kingdom'], JPPM: ['Nagoya', 'Japan'],
};
const ABROAD: readonly [city: string, country: string] = ['Vienna', 'Austria'];

/** Makes contracts one after the other, some of them for customers that have one already. */
export class ContractMaker {
  private readonly customers = new Map<string, CustomerIds[]>();
  private customerCount = 0;
  private lineCount = 0;

  constructor(private readonly sink: Sink, private readonly guids: Guids, private readonly random: Random, private readonly prefix: string) {}

  /** `isPlain`: one payer and a time and material line. */
  next(index: number, isPlain: boolean): ContractIds {
    const { random } = this;
    const legalEntity = random.weighted(LEGAL_ENTITY_MIX);
    const home = legalEntityOf(legalEntity).currency;
    const isForeign = random.chance(FOREIGN_PERCENT);
    const currency = isForeign ? random.pick(FOREIGN[legalEntity]) : home;
    const customer = this.customer(legalEntity, currency, isForeign);
    const isSplit = random.chance(SPLIT_PERCENT) && !isPlain;
    const payers = isSplit ? [{ customer, percent: 70 }, { customer: this.newCustomer(legalEntity, currency, isForeign), percent: 30 }] : [{ customer, percent: 100 }];
    const engagement = random.pick(ENGAGEMENTS);
    const hasAgreement = isForeign && random.chance(FIXED_RATE_PERCENT);
    const number = `${this.prefix}-CON-${String(index).padStart(5, '0')}`;
    return writeContract(this.sink, this.guids, {
      number, name: `${customer.name} - ${engagement}`, legalEntity, currency, profile: random.chance(NO_WIP_PERCENT) ? 'NOWIP' : 'WIP',
      payers, lines: this.lines(customer.name, engagement, isPlain || isSplit),
      ...(hasAgreement && { fixedRatePer100: FIXED_RATES[`${currency} ${home}`]! }),
    });
  }

  private lines(customerName: string, engagement: string, isPlain: boolean): LinePlan[] {
    const timeAndMaterial = this.line(engagement, customerName, 'time and material');
    if (isPlain || !this.random.chance(WITH_FIXED_PRICE_LINE_PERCENT)) return [timeAndMaterial];
    const profile = this.random.pick(['FPNOWIP', 'FPCOMPLETED']);
    return [timeAndMaterial, { ...this.line(`${engagement}, fixed scope`, customerName, 'fixed price'), profile }];
  }

  private line(name: string, customerName: string, billing: LinePlan['billing']): LinePlan {
    this.lineCount += 1;
    return {
      name, billing, projectNumber: `${this.prefix}-P${String(this.lineCount).padStart(5, '0')}`, projectName: `${customerName} ${name}`,
      contractedAmount: this.random.between(20, 400) * 1000, tasks: TASKS,
    };
  }

  private customer(legalEntity: LegalEntityCode, currency: CurrencyCode, isAbroad: boolean): CustomerIds {
    const known = this.customers.get(`${legalEntity} ${currency}`) ?? [];
    return known.length === 0 || this.random.chance(NEW_CUSTOMER_PERCENT) ? this.newCustomer(legalEntity, currency, isAbroad) : this.random.pick(known);
  }

  private newCustomer(legalEntity: LegalEntityCode, currency: CurrencyCode, isAbroad: boolean): CustomerIds {
    this.customerCount += 1;
    const [city, country] = isAbroad ? ABROAD : PLACES[legalEntity];
    const customer = writeCustomer(this.sink, this.guids, {
      accountNumber: `${this.prefix}-C${String(this.customerCount).padStart(5, '0')}`,
      name: `${this.random.pick(FIRST_WORDS)} ${this.random.pick(SECOND_WORDS)}`, legalEntity, currency, city, country,
      paymentTerms: this.random.pick(['Net14', 'Net30', 'Net45', '1M']), isAbroad,
    });
    const group = `${legalEntity} ${currency}`;
    this.customers.set(group, [...(this.customers.get(group) ?? []), customer]);
    return customer;
  }
}
