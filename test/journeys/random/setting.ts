import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { ExchangeRateEntry, ExchangeRateConversionFactor } from '../../../src/entities/finance';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { insertRows } from '../../../src/stores/bulk';
import type { Engine } from '../../../src/stores/session';
import { Database } from '../../../src/stores/unit-of-work';
import { buildWorld, type World, type WorldOptions } from '../../support/builders';
import type { DatabaseLocation } from '../../../ormconfig';
import { logChanges } from '../../support/change-log';
import { contextOn, freshLocation, type TestGateway } from '../../support/engines';

/** Books are in US dollars, as in the documented examples. */
export const ACCOUNTING_CURRENCY = 'USD';
export const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, USD: 2, GBP: 2 };

/** The first day of a sequence; the clock goes on by operations. */
const FIRST_DAY = '2026-06-05';
/** The days from which another rate is valid. */
const RATE_DAYS = ['2020-01-01', '2026-06-12', '2026-06-25', '2026-07-10'] as const;

type Foreign = 'GBP' | 'JPY';

/** What a sequence of operations happens to: one or two contracts of a legal entity, and the rates of its table. */
export interface Setting {
  readonly contracts: readonly (WorldOptions & { readonly currency: string; readonly wip: boolean })[];
  /** Dollars per unit, one for each of the days from which another rate is valid. */
  readonly rates: Readonly<Record<Foreign, readonly string[]>>;
}

const ratesAround = (thousandths: number) =>
  fc.array(fc.integer({ min: Math.ceil(thousandths * 0.8), max: Math.floor(thousandths * 1.2) }), { minLength: RATE_DAYS.length, maxLength: RATE_DAYS.length })
    .map((units) => units.map((unit) => new Decimal(unit).div(100_000).toFixed()));

/** A pound contract has a fixed rate as often as the table's; the yen has no decimals. */
const contract = fc.record({
  currency: fc.constantFrom('USD', 'GBP', 'JPY'),
  wip: fc.boolean(),
  customers: fc.constantFrom(1, 1, 2),
  taxRatePercent: fc.constantFrom(undefined, '20', '8.875'),
  isFixed: fc.boolean(),
}).map(({ isFixed, ...facts }) => ({ ...facts, ...(isFixed && facts.currency === 'GBP' && { fixedRate: '1.25' }) }));

/** One that fails is made smaller by its contracts; other rates would be as many tries more. */
export const setting: fc.Arbitrary<Setting> = fc.record({
  contracts: fc.array(contract, { minLength: 1, maxLength: 2 }),
  rates: fc.noShrink(fc.record({ GBP: ratesAround(125_000), JPY: ratesAround(640) })),
});

/** A setting that was built, and a clock that operations move on. */
export interface Stage {
  readonly gateway: TestGateway;
  readonly setting: Setting;
  readonly worlds: readonly World[];
  today(): string;
  passDays(days: number): void;
}

async function addRates({ database, context }: TestGateway, rates: Setting['rates']): Promise<void> {
  const rows = Object.entries(rates).flatMap(([fromCurrency, values]) => values.map((rate, index) => ({
    id: context.ids.next(), rateType: 'Default', fromCurrency, toCurrency: ACCOUNTING_CURRENCY, startDate: RATE_DAYS[index]!,
    rate: new Decimal(rate), conversionFactor: ExchangeRateConversionFactor.ONE,
  })));
  await database.write((work) => insertRows(work, ExchangeRateEntry, rows));
}

async function originalOf(engine: Engine): Promise<DatabaseLocation> {
  const location = await freshLocation(engine);
  const database = await Database.open(location);
  await logChanges(database);
  await database.close();
  return location;
}

/** An empty database per engine that writes down what changes in it: made once, copied for each sequence. */
const originals = new Map<Engine, Promise<DatabaseLocation>>();
function original(engine: Engine): Promise<DatabaseLocation> {
  const made = originals.get(engine) ?? originalOf(engine);
  originals.set(engine, made);
  return made;
}

/** Builds a setting on a database of its own, so that what fails can be made smaller. */
export async function onStage<T>(engine: Engine, facts: Setting, use: (stage: Stage) => Promise<T>): Promise<T> {
  const location = await freshLocation(engine, await original(engine));
  const database = await Database.open(location);
  try {
    let now = new Date(`${FIRST_DAY}T09:00:00.000Z`);
    const context = { ...contextOn(database, now), clock: { now: () => new Date(now) } };
    const gateway = { engine, location, database, context };
    await ensureTableMaps(context);
    const worlds: World[] = [];
    for (const options of facts.contracts) worlds.push(await buildWorld(gateway, { ...options, accountingCurrency: ACCOUNTING_CURRENCY }));
    await addRates(gateway, facts.rates);
    return await use({
      gateway, setting: facts, worlds,
      today: () => now.toISOString().slice(0, 10),
      passDays: (days) => { now = new Date(now.getTime() + days * 86_400_000); },
    });
  } finally {
    await database.close();
  }
}

/** Dollars per unit of a contract's currency on a day, by the setting alone. */
export function rateOn({ rates }: Setting, { currency, fixedRate }: WorldOptions, day: string): Decimal {
  if (currency === ACCOUNTING_CURRENCY || currency === undefined) return new Decimal(1);
  if (fixedRate !== undefined) return new Decimal(fixedRate);
  const index = RATE_DAYS.findLastIndex((from) => from <= day);
  return new Decimal(rates[currency as Foreign][index]!);
}
