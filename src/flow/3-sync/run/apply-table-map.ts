import { DoesNotFitError, toStored, type ColumnFacts } from '../../../entities/columns';
import { FieldTransform } from '../../../entities/dual-write';
import { Decimal } from '../../../kernel/decimal';
import type { HeldRow } from '../../../stores/dual-write/target.store';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import type { TargetRow } from '../../../stores/dual-write/apply.store';
import { filterTakes } from './odata-filter';
import type { MasterLookup, PreparedMap, PreparedPair, PreparedReference } from './prepare-table-map';
import type { SyncErrorCode } from '../errors/sync-error-codes';

/** Why a record stays where it is: its map leaves it out, the target has it, or an end that it refers to is left out. */
export type SkipReason = 'FILTERED_OUT' | 'ALREADY_THERE' | 'REFERENCE_FILTERED_OUT';

/** What becomes of one record in one table map. */
export type Decision =
  | { readonly kind: 'write'; readonly row: TargetRow }
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  | { readonly kind: 'wait'; readonly code: 'REFERENCE_NOT_ARRIVED'; readonly sentence: string; readonly column: string; readonly waitsFor: string }
  | Failure;

/** A record that cannot be carried: the code, a sentence that names the values, and the column where there is one. */
export interface Failure {
  readonly kind: 'fail';
  readonly code: SyncErrorCode;
  readonly sentence: string;
  readonly column: string | null;
}

/** What the target has, as far as a chunk of records asks. */
export interface TargetFacts {
  held(key: string): HeldRow | undefined;
  /** `legalEntityId` counts only where the master table is kept per legal entity. */
  hasMaster(lookup: MasterLookup, value: string, legalEntityId: string): boolean;
  hasArrived(reference: PreparedReference, id: string): boolean;
}

/**
 * Decides what becomes of a record: written, skipped, waiting for another record, or failed. Checks in this order: the map's
 * filter, whether the target has this version, whether the records that it refers to exist and go, the legal entity, whether
 * those records have arrived, then every field pair (domain facts 3 and 4.4). Pure: it neither reads nor writes.
 */
export function applyTableMap(map: PreparedMap, record: SourceRecord, target: TargetFacts): Decision {
  if (!filterTakes(map.filter, (column) => record.values[column])) return { kind: 'skip', reason: 'FILTERED_OUT' };
  const key = String(record.values[map.key.source]);
  const held = target.held(key);
  if (held && held.sourceVersion >= record.version) return { kind: 'skip', reason: 'ALREADY_THERE' };
  const legalEntityId = record.values[map.companyPath] as string | null;
  return referenceProblem(map, record)
    ?? companyFailure(map, legalEntityId, held, target)
    ?? (!map.inserts && !held ? targetNotFound(map, key) : null)
    ?? waitingFor(map, record, target)
    ?? applyPairs(map, record, { key, legalEntityId: legalEntityId!, target });
}

function fail(code: SyncErrorCode, sentence: string, column: string | null = null): Failure {
  return { kind: 'fail', code, sentence, column };
}

function companyFailure(map: PreparedMap, legalEntityId: string | null, held: HeldRow | undefined, target: TargetFacts): Failure | null {
  if (legalEntityId === null) return fail('COMPANY_MISSING', `The record has no legal entity: ${map.companyPath} is empty.`, map.companyPath);
  if (map.companyMaster && !target.hasMaster(map.companyMaster, legalEntityId, legalEntityId)) {
    const { table, column } = map.companyMaster;
    const sentence = `${table.table} has no row with ${column} "${legalEntityId}"; create the legal entity in finance, then retry.`;
    return fail('COMPANY_UNKNOWN', sentence, map.companyPath);
  }
  if (map.inserts && held && held.legalEntityId !== null && held.legalEntityId !== legalEntityId) {
    const sentence = `The record was carried to legal entity ${held.legalEntityId} before and now says ${legalEntityId}.`;
    return fail('COMPANY_CHANGED', sentence, map.companyPath);
  }
  return null;
}

function targetNotFound(map: PreparedMap, key: string): Failure {
  return fail('TARGET_NOT_FOUND', `${map.target.table} has no row with ${map.key.target} "${key}" that could be updated.`, map.key.target);
}

function referenceProblem(map: PreparedMap, record: SourceRecord): Decision | null {
  const named = map.references.filter((reference) => record.values[reference.column] !== null);
  for (const { column, keyPath } of named) {
    if (record.values[keyPath] !== null) continue;
    return fail('REFERENCE_MISSING', `${column} names "${String(record.values[column])}", which does not exist.`, column);
  }
  const goes = ({ column, filter }: PreparedReference) => filterTakes(filter, (inner) => record.values[`${column}.${inner}`]);
  return named.every(goes) ? null : { kind: 'skip', reason: 'REFERENCE_FILTERED_OUT' };
}

function waitingFor(map: PreparedMap, record: SourceRecord, target: TargetFacts): Decision | null {
  for (const reference of map.references) {
    const waitsFor = record.values[reference.column] as string | null;
    if (waitsFor === null || target.hasArrived(reference, waitsFor)) continue;
    const sentence = `${reference.column} names "${waitsFor}", which ${reference.map} has not carried yet.`;
    return { kind: 'wait', code: 'REFERENCE_NOT_ARRIVED', sentence, column: reference.column, waitsFor };
  }
  return null;
}

interface PairFacts {
  readonly key: string;
  readonly legalEntityId: string;
  readonly target: TargetFacts;
}

function applyPairs(map: PreparedMap, record: SourceRecord, facts: PairFacts): Decision {
  const values: Record<string, unknown> = {};
  const failures = new Map<string, Failure>();
  for (const pair of map.pairs) {
    const { column } = pair.target;
    if (failures.has(column) || (values[column] ?? null) !== null) continue;
    const result = applyPair(pair, record, facts);
    if ('kind' in result) failures.set(column, result);
    else values[column] = result.value;
  }
  for (const pair of map.pairs) {
    const { column, nullable } = pair.target;
    if (failures.has(column) || values[column] !== null || !(pair.required || !nullable)) continue;
    const path = pair.source?.path ?? column;
    failures.set(column, fail('VALUE_MISSING', `${path} is empty, but ${map.target.table}.${column} needs a value.`, path));
  }
  const first = mostUrgent([...failures.values()]);
  if (first) return first;
  return { kind: 'write', row: { key: facts.key, sourceVersion: record.version, legalEntityId: facts.legalEntityId, values } };
}

/** The order in which the codes of field pairs are reported; the pair that comes first wins among equals. */
const PAIR_CODES: readonly SyncErrorCode[] = [
  'VALUE_MISSING', 'VALUE_NOT_MAPPED', 'LOOKUP_NOT_FOUND', 'TEXT_TOO_LONG', 'AMOUNT_OUT_OF_RANGE', 'TOO_MANY_DECIMALS',
];

function mostUrgent(failures: readonly Failure[]): Failure | undefined {
  return [...failures].sort((a, b) => PAIR_CODES.indexOf(a.code) - PAIR_CODES.indexOf(b.code))[0];
}

function applyPair(pair: PreparedPair, record: SourceRecord, { legalEntityId, target }: PairFacts): { value: unknown } | Failure {
  const path = pair.source?.path ?? null;
  const given = path === null ? null : record.values[path] ?? null;
  switch (pair.transform) {
    case FieldTransform.DEFAULT: return { value: pair.defaultValue };
    case FieldTransform.VALUE_MAP: return mapValue(pair, given);
    case FieldTransform.LOOKUP: {
      if (given === null) return { value: null };
      const { table, column } = pair.lookup!;
      if (target.hasMaster(pair.lookup!, String(given), legalEntityId)) return fits(pair, given);
      const sentence = `${table.table} has no row with ${column} "${String(given)}" in legal entity ${legalEntityId}; create it there, then retry.`;
      return fail('LOOKUP_NOT_FOUND', sentence, path);
    }
    case FieldTransform.COPY: return fits(pair, given);
  }
}

function mapValue({ valueMap, source }: PreparedPair, given: unknown): { value: unknown } | Failure {
  const map = valueMap!;
  const text = String(given);
  if (given !== null && Object.hasOwn(map, text)) return { value: map[text] };
  if (Object.hasOwn(map, '*')) return { value: map['*'] };
  if (given === null) return { value: null };
  return fail('VALUE_NOT_MAPPED', `${source!.path} is ${text}, for which the map has no counterpart.`, source!.path);
}

const DATE_CHARACTERS = 10;
const TEXT_CHARACTERS_DEFAULT = 255;
const ID_CHARACTERS = 36;

/** The value as the target's column takes it, or why it does not fit in. */
function fits({ source, target }: PreparedPair, given: unknown): { value: unknown } | Failure {
  if (given === null) return { value: null };
  const value = converted(given, target);
  const path = source!.path;
  if (typeof value === 'string') {
    const longest = target.kind === 'id' ? ID_CHARACTERS : target.length ?? TEXT_CHARACTERS_DEFAULT;
    if (target.kind !== 'id' && target.kind !== 'text') return { value };
    // Characters, not UTF-16 units: what PostgreSQL counts.
    const characters = value.length <= longest ? value.length : [...value].length;
    if (characters <= longest) return { value };
    return fail('TEXT_TOO_LONG', `${path} has ${characters} characters, but ${target.column} holds ${longest}.`, path);
  }
  try {
    toStored(target, value);
    return { value };
  } catch (error) {
    if (!(error instanceof DoesNotFitError)) throw error;
    const code = error.reason === 'tooLarge' ? 'AMOUNT_OUT_OF_RANGE' : 'TOO_MANY_DECIMALS';
    return fail(code, `${path}: ${error.message} in ${target.column}.`, path);
  }
}

function converted(given: unknown, { kind }: ColumnFacts): unknown {
  switch (kind) {
    case 'text':
    case 'id': return String(given);
    case 'date': return String(given).slice(0, DATE_CHARACTERS);
    case 'money':
    case 'quantity':
    case 'rate': return given instanceof Decimal ? given : new Decimal(given as number);
    default: return given;
  }
}
