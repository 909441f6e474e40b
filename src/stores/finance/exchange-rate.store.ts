import { tableOf } from '../../entities/columns';
import { ExchangeRateEntry, FixedExchangeRateAgreement } from '../../entities/finance';
import { Decimal } from '../../kernel/decimal';
import { jsonRows, selectRows } from '../bulk';
import { inList, query, raw, sql, type Session } from '../session';

/** What one amount asks: which rate turns its currency into the accounting currency at a date. */
export interface ExchangeRateQuestion {
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly currencyCode: string;
  readonly accountingCurrency: string;
  readonly rateType: string;
  readonly date: string;
}

/** A stored rate: units of the to-currency for `conversionFactor` units of the from-currency. */
export interface StoredRate {
  readonly rate: Decimal;
  readonly conversionFactor: number;
}

/** An entry of the legal entity's table of rates. */
export interface DatedRate extends StoredRate {
  /** The day from which the rate is valid. */
  readonly startDate: string;
}

/** The stored rates that can answer one question. */
export interface ExchangeRateCandidates {
  readonly agreement: StoredRate | null;
  /** Newest entry from transaction to accounting currency that had begun at the date. */
  readonly direct: DatedRate | null;
  /** The same from accounting to transaction currency. */
  readonly inverse: DatedRate | null;
}

export type ExchangeRateBook = (question: ExchangeRateQuestion) => ExchangeRateCandidates;

interface Pair {
  readonly rateType: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
}

const keyOf = (...parts: string[]): string => parts.join('\u001f');
const pairKey = (pair: Pair): string => keyOf(pair.rateType, pair.from, pair.to, pair.date);
const directOf = (asked: ExchangeRateQuestion): Pair =>
  ({ rateType: asked.rateType, from: asked.currencyCode, to: asked.accountingCurrency, date: asked.date });
const inverseOf = (asked: ExchangeRateQuestion): Pair =>
  ({ rateType: asked.rateType, from: asked.accountingCurrency, to: asked.currencyCode, date: asked.date });

/** Reads what the questions need in two statements, whatever their number: a table of daily rates is never read whole. */
export async function loadExchangeRates(session: Session, questions: readonly ExchangeRateQuestion[]): Promise<ExchangeRateBook> {
  const foreign = questions.filter((asked) => asked.currencyCode !== asked.accountingCurrency);
  const agreements = await agreementsOf(session, foreign);
  const entries = await newestEntries(session, foreign.flatMap((asked) => [directOf(asked), inverseOf(asked)]));
  return (asked) => ({
    agreement: agreements.get(keyOf(asked.legalEntityId, asked.contractId, asked.currencyCode)) ?? null,
    direct: entries.get(pairKey(directOf(asked))) ?? null,
    inverse: entries.get(pairKey(inverseOf(asked))) ?? null,
  });
}

async function agreementsOf(session: Session, questions: readonly ExchangeRateQuestion[]): Promise<Map<string, StoredRate>> {
  if (questions.length === 0) return new Map();
  const rows = await selectRows(session, FixedExchangeRateAgreement, sql`
    WHERE ${inList(session, raw('t."dataAreaId"'), [...new Set(questions.map((asked) => asked.legalEntityId))])}
    AND ${inList(session, raw('t."ProjectContractId"'), [...new Set(questions.map((asked) => asked.contractId))])}`);
  return new Map(rows.map((row) => [keyOf(row.legalEntityId, row.projectContractId, row.currencyCode), row]));
}

async function newestEntries(session: Session, pairs: readonly Pair[]): Promise<Map<string, DatedRate>> {
  const distinct = [...new Map(pairs.map((pair) => [pairKey(pair), pair])).values()];
  if (distinct.length === 0) return new Map();
  const facts = tableOf(ExchangeRateEntry);
  const columns = [facts.property('rateType'), facts.property('fromCurrency'), facts.property('toCurrency'), facts.property('startDate')];
  const asked = jsonRows(session, columns, distinct.map((pair) => [pair.rateType, pair.from, pair.to, pair.date]));
  const rows = await query<{ type: string; from: string; to: string; date: string; start: string; rate: string; factor: number }>(session, sql`
    SELECT asked."RateTypeName" AS "type", asked."FromCurrency" AS "from", asked."ToCurrency" AS "to", asked."StartDate" AS "date",
      entry."StartDate" AS "start", entry."Rate" AS "rate", entry."ConversionFactor" AS "factor"
    FROM (${asked}) AS asked
    JOIN "ExchangeRates" entry ON entry."gw_id" = (
      SELECT newest."gw_id" FROM "ExchangeRates" newest
      WHERE newest."RateTypeName" = asked."RateTypeName" AND newest."FromCurrency" = asked."FromCurrency"
        AND newest."ToCurrency" = asked."ToCurrency" AND newest."StartDate" <= asked."StartDate"
      ORDER BY newest."StartDate" DESC LIMIT 1)`);
  return new Map(rows.map((row) => [
    pairKey({ rateType: row.type, from: row.from, to: row.to, date: row.date }),
    { rate: new Decimal(row.rate), conversionFactor: Number(row.factor), startDate: row.start },
  ]));
}
