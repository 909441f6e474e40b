import { existingIds, loadedHashes } from '../../stores/load.store';
import type { UnitOfWork } from '../../stores/session';
import type { EntitySet } from './entity-set';

/**
 * Which records there are, for lookups: those of the load itself and those of the database. A set of which a part could not be
 * read counts as holding everything, so that one broken file does not make every row of the others look wrong.
 */
export class KnownKeys {
  private readonly bySet = new Map<string, Set<string>>();
  private readonly unreadable = new Set<string>();

  constructor(private readonly work: UnitOfWork) {}

  add(set: EntitySet, key: string): void {
    this.keysOf(set).add(key);
  }

  giveUp(set: EntitySet): void {
    this.unreadable.add(set.name);
  }

  /** Which of the keys name no record. */
  async missing(set: EntitySet, keys: Iterable<string>): Promise<Set<string>> {
    if (this.unreadable.has(set.name)) return new Set();
    const known = this.keysOf(set);
    const unknown = new Set([...keys].filter((key) => !known.has(key)));
    if (unknown.size === 0) return unknown;
    for (const key of await this.stored(set, [...unknown])) {
      known.add(key);
      unknown.delete(key);
    }
    return unknown;
  }

  /** Finance's set-up comes by loads only, which remember its keys; Dataverse's records are made by commands too. */
  private async stored(set: EntitySet, keys: readonly string[]): Promise<Iterable<string>> {
    if (set.side === 'finance') return (await loadedHashes(this.work, set.name, keys)).keys();
    return existingIds(this.work, set.entity, keys);
  }

  private keysOf(set: EntitySet): Set<string> {
    const keys = this.bySet.get(set.name) ?? new Set();
    this.bySet.set(set.name, keys);
    return keys;
  }
}
