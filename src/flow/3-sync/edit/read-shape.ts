/** Something in a document that is not as it has to be, and where. */
export interface ShapeMistake {
  readonly message: string;
  readonly path: readonly string[];
}

/** Reads a value of a JSON document strictly: notes every mistake in it, and gives undefined when there is one. */
export type Reader<T> = (value: unknown, path: readonly string[], mistakes: ShapeMistake[]) => T | undefined;

const SHOWN_CHARACTERS_MAX = 60;

const shown = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN_CHARACTERS_MAX ? `the text ${text.slice(0, SHOWN_CHARACTERS_MAX)}...` : text;
};

/** A reader of one value that has to pass a test. */
export function value<T>(wanted: string, test: (given: unknown) => given is T): Reader<T> {
  return (given, path, mistakes) => {
    if (test(given)) return given;
    mistakes.push({ message: `Here has to stand ${wanted}, not ${shown(given)}.`, path });
    return undefined;
  };
}

export const text = value('a text', (given): given is string => typeof given === 'string');
export const flag = value('true or false', (given): given is boolean => typeof given === 'boolean');

/** A whole number within limits. */
export const wholeNumber = (least: number, most: number): Reader<number> =>
  value(`a whole number from ${least} to ${most}`, (given): given is number => Number.isInteger(given) && (given as number) >= least && (given as number) <= most);

/** The name of a member of an enum. */
export function oneOf<T extends number>(members: Readonly<Record<string, string | number>>): Reader<T> {
  const names = Object.keys(members).filter((name) => typeof members[name] === 'number');
  const name = value(names.join(' or '), (given): given is string => typeof given === 'string' && names.includes(given));
  return (given, path, mistakes) => {
    const found = name(given, path, mistakes);
    return found === undefined ? undefined : (members[found] as T);
  };
}

/** A value, or null. */
export const orNull = <T>(reader: Reader<T>): Reader<T | null> => (given, path, mistakes) => (given === null ? null : reader(given, path, mistakes));

/** A list of at least and at most so many. */
export function listOf<T>(reader: Reader<T>, { least = 0, most }: { least?: number; most: number }): Reader<T[]> {
  const list = value('a list', (given): given is unknown[] => Array.isArray(given));
  return (given, path, mistakes) => {
    const items = list(given, path, mistakes);
    if (items && (items.length < least || items.length > most)) mistakes.push({ message: `Here have to stand ${least} to ${most} entries, not ${items.length}.`, path });
    if (!items || items.length < least || items.length > most) return undefined;
    const read = items.map((item, index) => reader(item, [...path, String(index)], mistakes));
    return read.some((item) => item === undefined) ? undefined : (read as T[]);
  };
}

/** An object of exactly these properties; those that have a value in `left` may be left out, and then have that one. */
export function objectOf<T extends object>(noun: string, readers: { readonly [Property in keyof T]-?: Reader<T[Property]> }, left: Partial<T> = {}): Reader<T> {
  const object = value(noun, (given): given is Record<string, unknown> => typeof given === 'object' && given !== null && !Array.isArray(given));
  const properties = Object.keys(readers) as (keyof T & string)[];
  return (given, path, mistakes) => {
    const found = object(given, path, mistakes);
    if (!found) return undefined;
    const unknown = Object.keys(found).filter((property) => !Object.hasOwn(readers, property));
    mistakes.push(...unknown.map((property) => ({ message: `${JSON.stringify(property)} is no property of ${noun}; it has ${properties.join(', ')}.`, path: [...path, property] })));
    const read = properties.map((property) => {
      const at = [...path, property];
      if (Object.hasOwn(found, property)) return [property, readers[property](found[property], at, mistakes)] as const;
      if (Object.hasOwn(left, property)) return [property, left[property]] as const;
      mistakes.push({ message: `${noun[0]!.toUpperCase()}${noun.slice(1)} needs ${property}.`, path: at });
      return [property, undefined] as const;
    });
    return unknown.length > 0 || read.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(read) as T);
  };
}
