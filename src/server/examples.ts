import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One example operation: a tab of GraphiQL. */
export interface Example {
  /** The name of its file without the ending, such as `01-billing-backlog`. */
  readonly name: string;
  readonly query: string;
  /** JSON text of the variables, from the file beside it. */
  readonly variables?: string;
}

/** The operations of a folder in the order of their numbers; `NAME.variables.json` beside `NAME.graphql` holds its variables. */
export function readExamples(folder: string): Example[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((file) => file.endsWith('.graphql')).map((file) => file.slice(0, -'.graphql'.length));
  return names.sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).map((name) => {
    const variables = join(folder, `${name}.variables.json`);
    return {
      name,
      query: readFileSync(join(folder, `${name}.graphql`), 'utf8'),
      ...(existsSync(variables) && { variables: readFileSync(variables, 'utf8') }),
    };
  });
}
