import { tableOf } from '../../entities/columns';
import type { Problem } from './bad-row';
import { inputColumn, keyPart, type DecodedRow } from './decode-row';
import type { EntitySet } from './entity-set';
import type { KnownKeys } from './known-keys';
import { entitySetNamed, entitySetOf, entitySetOfTable } from './registry';

/** That a row names a record of a set. */
export interface RowReference {
  readonly to: EntitySet;
  readonly key: string;
  /** The column as the input spells it. */
  readonly column: string;
}

interface RowReferences {
  /** To sets that are loaded before this one. */
  readonly now: RowReference[];
  /** To this set itself or to later ones: checked at the end. */
  readonly later: (RowReference & { readonly property: string; readonly isSelf: boolean })[];
}

/** The records that a row of a Dataverse set or a finance set names. */
export function referencesOf(set: EntitySet, { values }: DecodedRow): RowReferences {
  const table = tableOf(set.entity);
  const found: RowReferences = { now: [], later: [] };
  for (const facts of table.columns) {
    const key = values[facts.property];
    if (!facts.lookup || typeof key !== 'string') continue;
    const to = entitySetOf(facts.lookup());
    if (!to) continue;
    const column = inputColumn(set, facts);
    if (to === set) found.later.push({ to, key, column, property: facts.property, isSelf: true });
    else found.now.push({ to, key, column });
  }
  for (const { column, to } of set.laterReferences ?? []) {
    const facts = table.column(column)!;
    const key = values[facts.property];
    if (typeof key === 'string') found.later.push({ to: entitySetNamed(to)!, key, column: inputColumn(set, facts), property: facts.property, isSelf: false });
  }
  for (const { idColumn, typeColumn } of set.typedReferences ?? []) {
    const key = values[table.column(idColumn)!.property];
    const to = entitySetOfTable(String(values[table.column(typeColumn)!.property]));
    if (to?.side === 'dataverse' && typeof key === 'string') found.now.push({ to, key, column: idColumn });
  }
  for (const { to, by } of set.refersTo ?? []) {
    const parts = by.map((column) => table.column(column)!);
    if (parts.some(({ property }) => values[property] === null || values[property] === undefined || values[property] === '')) continue;
    found.now.push({ to: entitySetNamed(to)!, key: parts.map((part) => keyPart(part, values[part.property])).join('|'), column: by.at(-1)! });
  }
  return found;
}

export function dangling({ to, key, column }: RowReference): Problem {
  return { code: 'DANGLING_LOOKUP', column, sentence: `there is no record ${key} in ${to.name}` };
}

/** The references of each row that lead nowhere; one question to the database per set that is referred to, and only for unknown keys. */
export async function danglingReferences(known: KnownKeys, rows: readonly (readonly RowReference[])[]): Promise<Problem[][]> {
  const bySet = new Map<EntitySet, Set<string>>();
  for (const { to, key } of rows.flat()) {
    const keys = bySet.get(to) ?? new Set();
    bySet.set(to, keys.add(key));
  }
  const missing = new Map<EntitySet, Set<string>>();
  for (const [set, keys] of bySet) missing.set(set, await known.missing(set, keys));
  return rows.map((references) => references.filter(({ to, key }) => missing.get(to)!.has(key)).map(dangling));
}
