import { tableOf, toStored, type EntityClass } from '../entities/columns';
import { jsonRows } from './bulk';
import { execute, join, name, sql, type UnitOfWork } from './session';

/**
 * Compare and set: changes the one row whose properties still are as in `still` (its key among them). False when it is not
 * so any more, because somebody was first.
 */
export async function changeRow<T>(
  work: UnitOfWork, entity: EntityClass<T>, still: Partial<T>, changes: Partial<T>,
): Promise<boolean> {
  const facts = tableOf(entity);
  const columns = Object.keys(changes).map((property) => facts.property(property));
  const values = columns.map((column) => toStored(column, (changes as Record<string, unknown>)[column.property]));
  const sets = columns.map((column) => sql`${name(column.column)} = given.${name(column.column)}`);
  const conditions = Object.entries(still).map(([property, value]) => {
    const column = facts.property(property);
    return sql`${name(facts.table)}.${name(column.column)} = ${toStored(column, value)}`;
  });
  const changed = await execute(work, sql`UPDATE ${name(facts.table)} SET ${join(sets, ', ')}
    FROM (${jsonRows(work, columns, [values])}) AS given WHERE ${join(conditions, ' AND ')}`);
  return changed === 1;
}
