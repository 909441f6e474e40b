import { tableOf } from '../../entities/columns';
import { existingIds, GIVES_WAY, loadedHashes, rowsWithUnique } from '../../stores/load.store';
import type { UnitOfWork } from '../../stores/session';
import { quoted, type Problem } from './bad-row';
import { inputColumn, keyOf, type DecodedRow } from './decode-row';
import type { EntitySet } from './entity-set';

/** What the key of a row says about it: new, given so far by a row of the gateway's own, loaded before from the same source, or taken. */
export type KeyFinding = { readonly is: 'new' } | { readonly is: 'replacing' } | { readonly is: 'unchanged' } | { readonly is: 'bad'; readonly problem: Problem };

/** Hash and, where the set has one, further unique key of the rows of a set that this load has read so far. */
export class SeenKeys {
  readonly hashes = new Map<string, string>();
  /** The unique columns' values to the key of the record that has them. */
  readonly uniques = new Map<string, string>();
}

function keyColumns(set: EntitySet): string {
  const table = tableOf(set.entity);
  return set.key.map((column) => inputColumn(set, table.column(column)!)).join(', ');
}

function duplicate(set: EntitySet, key: string): Problem {
  return { code: 'DUPLICATE_KEY', column: keyColumns(set), sentence: `the key ${key} occurs before with another content` };
}

function uniqueKeyOf(set: EntitySet, row: DecodedRow): string | null {
  return set.unique ? keyOf(set, set.unique, row.values) : null;
}

/** The records of the database that have the unique values of the rows: unique key to record key. */
async function storedUniques(work: UnitOfWork, set: EntitySet, rows: readonly DecodedRow[]): Promise<Set<string>> {
  if (!set.unique) return new Set();
  const lastProperty = tableOf(set.entity).column(set.unique.at(-1)!)!.property;
  const lastValues = rows.map((row) => row.values[lastProperty]).filter((value) => typeof value === 'string');
  const stored = await rowsWithUnique(work, set.entity, set.unique, lastValues);
  return new Set(stored.map((values) => values.map((value) => value.replaceAll('|', '\\|')).join('|')));
}

/** Compares the keys of a chunk of rows with each other, with the rows before, with what was loaded before and with the records. */
export async function findKeys(work: UnitOfWork, set: EntitySet, seen: SeenKeys, rows: readonly DecodedRow[]): Promise<KeyFinding[]> {
  const keys = rows.map((row) => row.key).filter((key) => key !== null);
  const loaded = await loadedHashes(work, set.name, keys);
  const unloaded = keys.filter((key) => !loaded.has(key));
  const made = set.side === 'dataverse' ? await existingIds(work, set.entity, unloaded) : new Set<string>();
  const newRows = rows.filter((row) => row.key !== null && !loaded.has(row.key));
  const taken = await storedUniques(work, set, newRows);
  return rows.map((row) => findKey(set, seen, row, { loaded, made, taken }));
}

function findKey(
  set: EntitySet, seen: SeenKeys, row: DecodedRow, stored: { loaded: Map<string, string>; made: Set<string>; taken: Set<string> },
): KeyFinding {
  const { key, hash } = row;
  if (key === null) return { is: 'new' };
  const before = seen.hashes.get(key);
  if (before !== undefined) return before === hash ? { is: 'unchanged' } : { is: 'bad', problem: duplicate(set, key) };
  seen.hashes.set(key, hash);
  const loadedHash = stored.loaded.get(key);
  if (loadedHash === hash) return { is: 'unchanged' };
  if (loadedHash !== undefined && GIVES_WAY.includes(loadedHash)) return { is: 'replacing' };
  if (loadedHash !== undefined) {
    const sentence = `${key} was loaded before from another source; a load never changes a record`;
    return { is: 'bad', problem: { code: 'CHANGED_SOURCE', column: keyColumns(set), sentence } };
  }
  if (stored.made.has(key)) {
    const sentence = `the record ${key} exists already and was not loaded`;
    return { is: 'bad', problem: { code: 'DUPLICATE_KEY', column: keyColumns(set), sentence } };
  }
  return findUnique(set, seen, row, key, stored.taken);
}

function findUnique(set: EntitySet, seen: SeenKeys, row: DecodedRow, key: string, taken: Set<string>): KeyFinding {
  const unique = uniqueKeyOf(set, row);
  if (unique === null) return { is: 'new' };
  const holder = seen.uniques.get(unique) ?? (taken.has(unique) ? 'a record of the database' : undefined);
  seen.uniques.set(unique, key);
  if (holder === undefined) return { is: 'new' };
  const facts = tableOf(set.entity).column(set.unique!.at(-1)!)!;
  const sentence = `${quoted(row.values[facts.property])} belongs to another record (${holder})`;
  return { is: 'bad', problem: { code: 'DUPLICATE_KEY', column: inputColumn(set, facts), sentence } };
}
