import { createHash } from 'node:crypto';
import { InternalError } from './refusal';

/**
 * The checksum that Dataverse and finance compare to know that they hold exactly the same records: SHA-256 over the ids,
 * ascending, joined by a newline. Ids are added one by one, so that 100,000 of them are never in memory together.
 */
export class IdChecksum {
  private readonly hash = createHash('sha256');
  private last: string | null = null;
  private added = 0;

  /** How many ids were added. */
  get count(): number {
    return this.added;
  }

  add(id: string): void {
    if (this.last !== null && id <= this.last) throw new InternalError(`Checksum: ${id} does not come after ${this.last}`);
    this.hash.update(this.last === null ? id : `\n${id}`);
    this.last = id;
    this.added += 1;
  }

  /** Lower-case hexadecimal, 64 characters. Ends the checksum. */
  digest(): string {
    return this.hash.digest('hex');
  }
}
