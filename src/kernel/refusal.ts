/**
 * Expected refusals. A command that cannot do what was asked throws `Refused` inside its unit of work, which undoes
 * everything, and the API turns the refusals into the payload's `errors`. Anything else that is thrown is a bug.
 */
export type Refusal =
  | { kind: 'validation'; code: RefusalCode; message: string; path?: string[] }
  | { kind: 'notFound'; code: 'NOT_FOUND'; message: string; path?: string[]; type: string; key: string }
  | { kind: 'state'; code: RefusalCode; message: string; path?: string[]; from: string; to: string | null; allowed: string[] }
  | { kind: 'oneWay'; code: 'ONE_WAY_DIRECTION'; message: string; path?: string[]; owner: string; suggestion: string }
  | { kind: 'conflict'; code: 'CONFLICT'; message: string; path?: string[]; expectedVersion: number | null; actualVersion: number | null }
  | { kind: 'idempotency'; code: 'IDEMPOTENCY_KEY_REUSED'; message: string; path?: string[]; idempotencyKey: string };

/**
 * Every code of a refusal with its sentence, in order of precedence: where several apply, the earlier one is reported.
 * docs/api.md lists them; a test compares.
 */
export const REFUSAL_CODES = {
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used before with another input.',
  ONE_WAY_DIRECTION: 'The other system owns this; the table maps carry it one way only.',
  INVALID_INPUT: 'A value of the input is malformed or outside its limits.',
  NOT_FOUND: 'No record has this id or key.',
  CONFLICT: 'Somebody changed the record first.',
  NOT_UNBILLED_SALES: 'Only unbilled sales actuals can be marked for invoicing.',
  ADJUSTED: 'The actual was replaced by a later one and cannot be invoiced.',
  UNADJUSTABLE: 'The actual is a reversal and cannot be invoiced.',
  NOT_INCLUDED: 'The contract line does not include this kind of transaction.',
  NOT_TO_EXCEED_FAILED: 'What is to be billed exceeds a not-to-exceed limit, or failed one before.',
  NOT_TO_EXCEED_BELOW_COMMITTED: 'More than this not-to-exceed limit is billed, on drafts or ready already.',
  INVALID_STATE: 'The record is in a state that does not allow this.',
  NOT_REVISABLE: 'The line is not corrected by revising its invoice.',
  CREDITED_ALREADY: 'The detail was credited in full, so nothing of it is left to correct.',
  CORRECTION_IN_PROGRESS: 'Another draft corrects the detail already.',
  NOTHING_TO_CORRECT: 'Nothing of the proforma is left to correct.',
  CREDITED_WHOLE_ONLY: 'The line can be credited in full only.',
  TIME_INVOICED: 'The time is on a proforma or invoiced, so its approval cannot be cancelled.',
  SPLIT_NOT_WHOLE: 'The percentages of the customers who share the contract line do not sum to 100.',
  MILESTONES_EXCEED_LINE: 'The milestones would sum to more than the contracted amount of their line.',
  NOT_EDITABLE: 'This kind of line detail does not allow this field to be edited.',
  NEGATIVE_FIGURE: 'A quantity, price or tax is negative.',
  TOO_MANY_DECIMALS: 'A figure has more decimals than its currency, or than can be stored.',
  PROGRESS_EXCEEDED: 'The part is more than what is left of the progress milestone.',
  PROGRESS_MILESTONE: 'The milestone is part of a progress milestone, which is marked as a whole.',
  NO_CONTRACT_LINE: 'The transaction is on no line of the contract, so no proforma line can bill it.',
  MIXED_CURRENCIES: 'The transaction is in another currency than its contract.',
  NOTHING_READY_TO_INVOICE: 'The contract has no transaction that is ready to invoice.',
  EMPTY_PROFORMA: 'The proforma has no line details, so there is nothing to confirm.',
  DETAIL_EDITED: 'The line detail says what a correction, or a retainer, cannot be confirmed with.',
  RETAINER_EXCEEDED: 'More of a retainer than it has available cannot be applied or refunded.',
  RETAINERS_EXCEED_CHARGEABLE: 'Retainers pay for chargeable transactions only, and never for more than the proforma has of them.',
  AMOUNT_OUT_OF_RANGE: 'An amount is larger than the system can hold.',
  MAP_UNKNOWN: 'No table map has this name.',
  MAP_EXISTS: 'A table map has this name already.',
  DIPV1003: 'A table map has no usable integration key on one of its sides.',
  DIPV1004: 'The integration key of a map with both ways is not mapped both ways.',
  DIPV1007: 'The path to the legal entity is missing or leads nowhere.',
  DIPV1010: 'A column that the other side cannot do without is not mapped.',
  DIPV1011: 'A column that nobody but its own system may write is mapped.',
  DIPV1012: 'A filter is not OData.',
  DIPV1014: 'The integration key is not mapped towards finance.',
  DIPV1015: 'The integration key is not mapped back to Dataverse.',
  DIPV1018: 'Dataverse has no such table.',
  DIPV1019: 'A table keeps no row versions, so that a table map can neither read nor write it.',
  DIPV1020: 'Finance has no such table.',
  DIPV1021: 'The source has no column at this path.',
  DIPV1022: 'The target has no such column.',
  DIPV1023: 'Two field pairs are the same.',
  DIPV1024: 'The table has no such column to filter by.',
  DIPV1026: 'A field pair can never count, because one before it always has a value.',
  DIPV1027: 'A lookup names no table and column of master records.',
  DIPV1028: 'The master table of a lookup, or its key, does not exist.',
  DIPV1029: 'A value map translates one value twice.',
  DIPV1030: 'A value or a column is of a type, or outside the values, that the other side takes.',
  DIPV1031: 'A default has no value, or a value map has none.',
  NO_PROPOSAL_LINES: 'The proposal has no lines, so there is nothing to post.',
  BLOCKED: 'Something else has to happen first; the message and the blockers say what.',
  CUSTOMER_ON_HOLD: 'Finance holds the customer\'s invoices back.',
  PERIOD_CLOSED: 'The fiscal period of the accounting date is not open.',
  EXCHANGE_RATE_MISSING: 'No exchange rate is valid for the currency pair at the date.',
  SETUP_MISSING: 'A record of the set-up in finance is missing.',
  RECORDS_REFUSED: 'One or more records of the load are bad; nothing was loaded.',
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof REFUSAL_CODES;

export class Refused extends Error {
  constructor(readonly refusals: readonly [Refusal, ...Refusal[]]) {
    super(refusals.map((refusal) => refusal.message).join(' '));
    this.name = 'Refused';
  }
}

/** A bug or a broken installation, never a user's mistake: masked at the edge of the API. */
export class InternalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InternalError';
  }
}

export function refuse(first: Refusal, ...more: Refusal[]): never {
  throw new Refused([first, ...more]);
}

/** Throws all of `refusals` together when there is at least one. */
export function refuseAny(refusals: readonly Refusal[]): void {
  const [first, ...more] = refusals;
  if (first) throw new Refused([first, ...more]);
}

export function invalid(code: RefusalCode, message: string, path?: string[]): Refusal {
  return { kind: 'validation', code, message, ...(path && { path }) };
}

export function notFound(type: string, key: string, path?: string[]): Refusal {
  return { kind: 'notFound', code: 'NOT_FOUND', message: `There is no ${type} ${key}.`, type, key, ...(path && { path }) };
}

export function wrongState(
  facts: { what: string; from: string; to: string; allowed: string[]; code?: RefusalCode; path?: string[] },
): Refusal {
  const { what, from, to, allowed, code = 'INVALID_STATE', path } = facts;
  const message = `${what} is ${from}; it can become ${to} only from ${allowed.join(' or ') || 'no state'}.`;
  return { kind: 'state', code, message, from, to, allowed, ...(path && { path }) };
}

/** The same for what leads to no other state: a record that is edited or deleted, which only some states allow. */
export function wrongStateTo(facts: { done: string; what: string; from: string; allowed: string[]; message?: string; path?: string[] }): Refusal {
  const { done, what, from, allowed, path } = facts;
  const message = facts.message ?? `${what} is ${from}; it can be ${done} only while it is ${allowed.join(' or ')}.`;
  return { kind: 'state', code: 'INVALID_STATE', message, from, to: null, allowed, ...(path && { path }) };
}

export function stale(what: string, expectedVersion: number | null, actualVersion: number | null, path?: string[]): Refusal {
  const message = expectedVersion === null
    ? `${what} was changed by somebody else meanwhile; read it again and repeat.`
    : `${what} has version ${actualVersion ?? 'none'}, not ${expectedVersion}; read it again and repeat.`;
  return { kind: 'conflict', code: 'CONFLICT', message, expectedVersion, actualVersion, ...(path && { path }) };
}

/** Refuses a record that has another version than the caller has read; who names none takes any. Null is the version of a record that does not exist. */
export function refuseStale(what: string, expectedVersion: number | null, version: number | null): void {
  if (expectedVersion !== null && expectedVersion !== version) refuse(stale(what, expectedVersion, version, ['input', 'expectedVersion']));
}

export function unreachable(value: never): never {
  throw new InternalError(`Unexpected value ${JSON.stringify(value)}`);
}
