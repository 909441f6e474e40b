type Fields = Readonly<Record<string, unknown>>;

const isMissing = (value: unknown): boolean => value === null || value === undefined;

/**
 * The path of a refusal in the words of the caller. Commands know records by id; where an input names a record by number instead
 * (`proposalNumber` for `proposalId`), the path names the number. A list by numbers follows the list by ids, so it counts on from there.
 */
export function sentPath(value: unknown, path: readonly string[]): string[] {
  const [field, ...rest] = path;
  if (field === undefined) return [];
  if (typeof value !== 'object' || value === null) return [...path];
  const fields = value as Fields;
  const named = fields[field];
  const number = field.replace(/Id(s?)$/, 'Number$1');
  if (number === field || isMissing(fields[number])) return [field, ...sentPath(named, rest)];
  if (!field.endsWith('Ids')) return isMissing(named) ? [number, ...rest] : [...path];
  const idCount = Array.isArray(named) ? named.length : 0;
  const [index, ...inner] = rest;
  if (index === undefined) return isMissing(named) ? [number] : [...path];
  return Number(index) < idCount ? [...path] : [number, String(Number(index) - idCount), ...inner];
}
