import fc from 'fast-check';
import { ExchangeRateConversionFactor, ExchangeRateEntry } from '../../../src/entities/finance';
import { exchangeRateOf, type ExchangeRateFacts } from '../../../src/flow/4-import/exchange-rate.rules';
import { decimal, ONE } from '../../../src/kernel/decimal';
import { insertRows } from '../../../src/stores/bulk';
import { loadExchangeRates, type ExchangeRateQuestion } from '../../../src/stores/finance/exchange-rate.store';
import { onBothEngines } from '../../support/engines';

const stored = (rate: string, conversionFactor = 1, startDate = '2026-01-01') => ({ rate: decimal(rate), conversionFactor, startDate });
const nothing: ExchangeRateFacts = { currencyCode: 'GBP', accountingCurrency: 'USD', agreement: null, direct: null, inverse: null };
const rateOf = (facts: Partial<ExchangeRateFacts>) => exchangeRateOf({ ...nothing, ...facts })?.toFixed() ?? null;

describe('the exchange rate', () => {
  it('IMPORT-06 is one within a currency, whatever else is stored', () => {
    expect(rateOf({ currencyCode: 'USD', agreement: stored('2'), direct: stored('3') })).toBe('1');
  });

  it('IMPORT-06 is the agreement\'s, else the direct one, else one over the opposite one', () => {
    const all = { agreement: stored('125', 100), direct: stored('1.31'), inverse: stored('0.5') };
    expect(rateOf(all)).toBe('1.25');
    expect(rateOf({ ...all, agreement: null })).toBe('1.31');
    expect(rateOf({ ...all, agreement: null, direct: null })).toBe('2');
    expect(rateOf({})).toBeNull();
  });

  it('IMPORT-06 divides by the conversion factor, and keeps twelve significant digits of an inverted rate', () => {
    expect(rateOf({ direct: stored('0.6667', 100) })).toBe('0.006667');
    expect(rateOf({ inverse: stored('150') })).toBe('0.00666666666667');
    expect(rateOf({ inverse: stored('0.7', 100) })).toBe('142.857142857');
  });

  it('IMPORT-06 an older direct entry does not beat a newer opposite one; on the same day the direct one wins', () => {
    const inverse = stored('0.5', 1, '2026-06-01');
    expect(rateOf({ direct: stored('1.31', 1, '2026-05-31'), inverse })).toBe('2');
    expect(rateOf({ direct: stored('1.31', 1, '2026-06-01'), inverse })).toBe('1.31');
    expect(rateOf({ direct: stored('1.31', 1, '2026-06-02'), inverse })).toBe('1.31');
    expect(rateOf({ direct: stored('1.31', 1, '2026-05-31'), inverse: { ...inverse, rate: decimal('0') } })).toBe('1.31');
  });

  it('IMPORT-07 takes a rate that is not above zero for none', () => {
    expect(rateOf({ direct: stored('0'), inverse: stored('-1') })).toBeNull();
  });

  it('IMPORT-06 inverts back to the rate within twelve digits', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.constantFrom(1, 10, 100, 1000, 10000), (rate, factor) => {
      const there = exchangeRateOf({ ...nothing, direct: stored(String(rate), factor) })!;
      const back = exchangeRateOf({ ...nothing, inverse: stored(String(rate), factor) })!;
      expect(there.times(back).minus(ONE).abs().lte('0.00000000001')).toBe(true);
    }));
  });
});

onBothEngines('stored exchange rates', (gateway) => {
  it('IMPORT-06 the newest rate that had begun at the date is taken, of the legal entity\'s rate type, in either direction', async () => {
    const { context, database } = gateway();
    const entry = (rateType: string, fromCurrency: string, toCurrency: string, startDate: string, rate: string) => ({
      id: context.ids.next(), rateType, fromCurrency, toCurrency, startDate, rate: decimal(rate), conversionFactor: ExchangeRateConversionFactor.ONE,
    });
    await database.write((work) => insertRows(work, ExchangeRateEntry, [
      entry('Default', 'GBP', 'USD', '2026-01-01', '1.1'), entry('Default', 'GBP', 'USD', '2026-06-10', '1.2'),
      entry('Default', 'GBP', 'USD', '2026-06-11', '1.3'), entry('Budget', 'GBP', 'USD', '2026-06-10', '9'),
      entry('Default', 'USD', 'CAD', '2026-01-01', '1.6'),
      entry('Default', 'CHF', 'USD', '2026-01-01', '1.1'), entry('Default', 'USD', 'CHF', '2026-06-01', '0.8'),
    ]));
    const asked = (currencyCode: string, date: string, rateType = 'Default'): ExchangeRateQuestion =>
      ({ legalEntityId: 'USPM', contractId: 'CON', currencyCode, accountingCurrency: 'USD', rateType, date });
    const questions = [
      asked('GBP', '2026-06-10'), asked('GBP', '2026-06-09'), asked('GBP', '2025-12-31'), asked('GBP', '2026-06-30', 'Budget'),
      asked('CAD', '2026-06-30'), asked('USD', '2026-06-30'), asked('CHF', '2026-05-31'), asked('CHF', '2026-06-01'),
    ];
    const book = await loadExchangeRates(database.reader, questions);
    expect(questions.map((question) => exchangeRateOf({ ...question, ...book(question) })?.toFixed() ?? null))
      .toEqual(['1.2', '1.1', null, '9', '0.625', '1', '1.1', '1.25']);
  });
});
