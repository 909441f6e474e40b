import { tableOf, type ColumnFacts, type TableFacts } from '../../entities/columns';

/** One lookup on the way to a column: the column that holds the id, and the table that it names a record of. */
export interface LookupStep {
  readonly column: string;
  readonly to: TableFacts;
}

/** A column of a source record, or of a record that it names: `msdyn_project.msdynce_projectnumber`. */
export interface SourcePath {
  readonly path: string;
  readonly steps: readonly LookupStep[];
  readonly column: ColumnFacts;
}

/**
 * Finds the column at the end of a path. Each step but the last is a lookup of its table, or, at the start of the path, one of
 * `references`: columns that name records without a foreign key. Null when the path leads nowhere.
 */
export function resolveSourcePath(table: TableFacts, path: string, references: ReadonlyMap<string, TableFacts> = new Map()): SourcePath | null {
  const names = path.split('.');
  const last = names.pop()!;
  const steps: LookupStep[] = [];
  let current = table;
  for (const column of names) {
    const lookup = current.column(column)?.lookup;
    const to = lookup ? tableOf(lookup()) : current === table ? references.get(column) : undefined;
    if (!to) return null;
    steps.push({ column, to });
    current = to;
  }
  const column = current.column(last);
  return column ? { path, steps, column } : null;
}
