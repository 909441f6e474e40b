import type { TableMap } from '../../../entities/dual-write';

type Linked = Pick<TableMap, 'name' | 'sequence' | 'references'>;

/** Follows `next` from the named maps until nothing new turns up; the named ones themselves are left out. By sequence. */
function reached<Map extends Linked>(all: readonly Map[], from: readonly string[], next: (map: Map) => readonly string[]): Map[] {
  const found = new Set(from);
  for (const name of found) {
    const map = all.find((candidate) => candidate.name === name);
    if (map) for (const other of next(map)) found.add(other);
  }
  return all.filter((map) => found.has(map.name) && !from.includes(map.name)).sort((a, b) => a.sequence - b.sequence);
}

/** The maps whose records these maps' records refer to, directly or through others: they have to run first. */
export function dependenciesOf<Map extends Linked>(all: readonly Map[], names: readonly string[]): Map[] {
  return reached(all, names, (map) => map.references.map((reference) => reference.map));
}

/** The maps whose records refer to records of these maps, directly or through others: without these they only wait. */
export function dependentsOf<Map extends Linked>(all: readonly Map[], names: readonly string[]): Map[] {
  return reached(all, names, (map) => all.filter((other) => other.references.some((reference) => reference.map === map.name)).map((other) => other.name));
}
