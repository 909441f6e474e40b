import { tableOf, type EntityClass } from '../../entities/columns';
import { inList, name, query, sql, type Session } from '../session';

/** Those of the given ids that no record of the table has. */
export async function unknownIdsOf(session: Session, entity: EntityClass, ids: readonly string[]): Promise<Set<string>> {
  const unknown = new Set(ids);
  if (unknown.size === 0) return unknown;
  const { table, key } = tableOf(entity);
  const rows = await query<{ id: string }>(session, sql`SELECT ${name(key.column)} AS "id" FROM ${name(table)}
    WHERE ${inList(session, name(key.column), [...unknown])}`);
  for (const { id } of rows) unknown.delete(id);
  return unknown;
}
