import type { ColumnFacts, OptionSet } from '../../entities/columns';
import { DoesNotFitError, toStored } from '../../entities/columns';
import { Decimal } from '../../kernel/decimal';
import { normalizeGuid } from '../../kernel/ids';
import { MONEY_SCALE, QUANTITY_SCALE } from '../../kernel/money';
import { quoted, type BadRowCode } from './bad-row';
import type { EntitySet, Side } from './entity-set';
import { ExactNumber } from './read-rows';

/** A decoded value, or why it is none. */
export type Decoded = { readonly value: unknown } | { readonly code: BadRowCode; readonly sentence: string };

const bad = (code: BadRowCode, sentence: string): Decoded => ({ code, sentence });
const good = (value: unknown): Decoded => ({ value });

/** Text columns whose legal entity finance gives in lower case and Dataverse in upper case. */
const LEGAL_ENTITY_COLUMNS = ['dataAreaId', 'LegalEntityId', 'cdm_companycode'];

/** How finance spells an empty date. */
const FINANCE_NO_DATE = '1900-01-01';

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const NUMBER_CHARACTERS_MAX = 64;
/** A floating-point number of a caller's program holds this many decimal digits exactly. */
const FLOAT_DIGITS_MAX = 15;
const MAGNITUDE_MAX = new Decimal('1e15');

/** The text of a number of the input: the JSON's own spelling, a text, or a number that came through a caller's program exactly. */
function numberText(raw: unknown): string | null {
  if (raw instanceof ExactNumber) return raw.text;
  if (typeof raw === 'string') return raw.trim();
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return null;
  return String(raw).replace(/[-.]|e.*$/g, '').replace(/^0+/, '').length <= FLOAT_DIGITS_MAX ? String(raw) : null;
}

function decodeNumber(raw: unknown): Decimal | { code: BadRowCode; sentence: string } {
  const text = numberText(raw);
  if (text === null && typeof raw === 'number') {
    return { code: 'WRONG_TYPE', sentence: `${raw} has more digits than a number keeps exactly; write it as text` };
  }
  if (text === null || !NUMBER.test(text)) return { code: 'WRONG_TYPE', sentence: `${quoted(raw)} is not a number` };
  if (text.length > NUMBER_CHARACTERS_MAX) return { code: 'TOO_MANY_DECIMALS', sentence: `${quoted(text)} has too many digits` };
  const value = new Decimal(text);
  if (value.abs().gt(MAGNITUDE_MAX)) return { code: 'OUT_OF_RANGE', sentence: `${text} is too large` };
  return value.isZero() ? new Decimal(0) : value;
}

function checkLimits(facts: ColumnFacts, set: EntitySet, value: Decimal): Decoded | null {
  const [min, max] = set.limits?.[facts.column] ?? [];
  if (min !== undefined && (value.lt(min) || value.gt(max!))) return bad('OUT_OF_RANGE', `${value.toFixed()} is not between ${min} and ${max}`);
  return null;
}

const SCALES: Partial<Record<ColumnFacts['kind'], number>> = { money: MONEY_SCALE, quantity: QUANTITY_SCALE };

function decodeDecimal(facts: ColumnFacts, set: EntitySet, raw: unknown): Decoded {
  const value = decodeNumber(raw);
  if (!(value instanceof Decimal)) return value;
  const beyond = checkLimits(facts, set, value);
  if (beyond) return beyond;
  if (facts.kind === 'rate') return value.toFixed().length <= NUMBER_CHARACTERS_MAX ? good(value) : bad('TOO_MANY_DECIMALS', `${quoted(raw)} has too many digits`);
  try {
    toStored(facts, value);
    return good(value);
  } catch (error) {
    if (!(error instanceof DoesNotFitError)) throw error;
    return error.reason === 'tooLarge'
      ? bad('OUT_OF_RANGE', `${value.toFixed()} is larger than the system can hold`)
      : bad('TOO_MANY_DECIMALS', `${value.toFixed()} has more than ${SCALES[facts.kind]} decimals`);
  }
}

function decodeInteger(facts: ColumnFacts, set: EntitySet, raw: unknown): Decoded {
  const value = decodeNumber(raw);
  if (!(value instanceof Decimal)) return value;
  if (!value.isInteger()) return bad('WRONG_TYPE', `${value.toFixed()} is not a whole number`);
  return checkLimits(facts, set, value) ?? (Number.isSafeInteger(value.toNumber()) ? good(value.toNumber()) : bad('OUT_OF_RANGE', `${value.toFixed()} is too large`));
}

const HALF_CHARACTER = /\p{Surrogate}/u;

function decodeText(facts: ColumnFacts, set: EntitySet, raw: unknown): Decoded {
  if (typeof raw !== 'string') return bad('WRONG_TYPE', `${quoted(raw)} is not text`);
  if (raw.includes('\0')) return bad('INVALID_TEXT', 'the text holds NUL');
  if (HALF_CHARACTER.test(raw)) return bad('INVALID_TEXT', 'the text holds half of a character');
  if (set.guidColumns?.includes(facts.column)) return decodeGuid(raw);
  const length = [...raw].length;
  if (facts.length !== undefined && length > facts.length) {
    return bad('TEXT_TOO_LONG', `the text has ${length} characters, and the column holds ${facts.length}`);
  }
  return good(LEGAL_ENTITY_COLUMNS.includes(facts.column) ? raw.toUpperCase() : raw);
}

function decodeGuid(raw: unknown): Decoded {
  const guid = typeof raw === 'string' ? normalizeGuid(raw) : null;
  return guid === null ? bad('INVALID_GUID', `${quoted(raw)} is not a GUID`) : good(guid);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** A calendar day: of a timestamp, the day that it spells, whatever its zone. */
function decodeDate(raw: unknown): Decoded {
  const [, day, time] = (typeof raw === 'string' ? INSTANT.exec(raw) : null) ?? [];
  if (day === undefined || !isDay(day)) return bad('INVALID_DATE', `${quoted(raw)} is not a day of the calendar (YYYY-MM-DD)`);
  if (time !== undefined && Number.isNaN(new Date(`${day}T${time}Z`).getTime())) return bad('INVALID_DATE', `${quoted(raw)} is not an instant`);
  return good(day);
}

/** An instant in UTC; one without a zone is taken as UTC. */
function decodeTimestamp(raw: unknown): Decoded {
  const [, day, time = '00:00', zone = 'Z'] = (typeof raw === 'string' ? INSTANT.exec(raw) : null) ?? [];
  const instant = day !== undefined && isDay(day) ? new Date(`${day}T${time}${zone}`) : null;
  if (!instant || Number.isNaN(instant.getTime())) return bad('INVALID_DATE', `${quoted(raw)} is not an instant (YYYY-MM-DDThh:mm:ssZ)`);
  const text = instant.toISOString();
  return text.length === 24 ? good(text) : bad('INVALID_DATE', `${quoted(raw)} lies outside the years 0 to 9999`);
}

const plain = (name: string): string => name.replaceAll('_', '').toUpperCase();

/**
 * Finance's own member names of enums whose members have plainer names here (domain facts 2.4, ProjAccountType), beside the
 * names that are the same but for case.
 */
const FINANCE_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PostingType: {
    StatusAccount: 'WIP_COST_VALUE', OnAccountAccount: 'INVOICED_REVENUE_ON_ACCOUNT', CostAccount: 'COST', OffsetAccount: 'EXPENSE_OFFSET',
    ExchRateDiff: 'EXCHANGE_RATE_DIFFERENCE', RevenueAccount: 'INVOICED_REVENUE', SalesValue: 'ACCRUED_REVENUE_SALES_VALUE',
    SalesOffsetAccount: 'WIP_SALES_VALUE', OffsetAccountItem: 'COST_ITEM', StatusAccountItem: 'WIP_COST_VALUE_ITEM',
  },
};

function memberNames(options: OptionSet): string[] {
  return Object.keys(options).filter((member) => typeof options[member] === 'number');
}

function pascal(member: string): string {
  return member.toLowerCase().replace(/(^|_)(\w)/g, (_all, _gap, letter: string) => letter.toUpperCase());
}

function decodeMember(facts: ColumnFacts, options: OptionSet, raw: string): Decoded {
  const alias = FINANCE_MEMBERS[facts.optionSetName ?? '']?.[raw] ?? raw;
  const member = memberNames(options).find((name) => plain(name) === plain(alias));
  if (member !== undefined) return good(options[member]);
  return bad('UNKNOWN_OPTION', `${quoted(raw)} is not a member of ${facts.optionSetName}: ${memberNames(options).map(pascal).join(', ')}`);
}

/** Dataverse gives the number of an option, finance its member's name; finance's number is understood too. */
function decodeOption(facts: ColumnFacts, side: Side, raw: unknown): Decoded {
  const options = facts.options!;
  if (side === 'finance' && typeof raw === 'string') return decodeMember(facts, options, raw);
  const number = raw instanceof ExactNumber ? Number(raw.text) : raw;
  if (typeof number === 'number' && memberNames(options).some((member) => options[member] === number)) return good(number);
  const known = memberNames(options).map((member) => String(options[member])).join(', ');
  return bad('UNKNOWN_OPTION', `${quoted(raw)} is not a value of ${facts.optionSetName}: ${known}`);
}

function decodeBoolean(raw: unknown): Decoded {
  return typeof raw === 'boolean' ? good(raw) : bad('WRONG_TYPE', `${quoted(raw)} is not true or false`);
}

/** Whether the input gives no value: null, and on the finance side the empty text and the date 1900-01-01. */
export function isEmpty(facts: ColumnFacts, side: Side, raw: unknown): boolean {
  if (raw === null || raw === undefined) return true;
  if (side !== 'finance' || typeof raw !== 'string') return false;
  return raw === '' || (facts.kind === 'date' && raw.startsWith(FINANCE_NO_DATE));
}

/** Turns a value of the input into the program's value of its column. */
export function decodeValue(facts: ColumnFacts, set: EntitySet, raw: unknown): Decoded {
  switch (facts.kind) {
    case 'id': return decodeGuid(raw);
    case 'text': return decodeText(facts, set, raw);
    case 'integer': return decodeInteger(facts, set, raw);
    case 'boolean': return decodeBoolean(raw);
    case 'optionSet': return decodeOption(facts, set.side, raw);
    case 'money':
    case 'quantity':
    case 'rate': return decodeDecimal(facts, set, raw);
    case 'date': return decodeDate(raw);
    case 'timestamp': return decodeTimestamp(raw);
    case 'json': return good(raw);
  }
}
