import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { entitySetNamed } from '../flow/0-load/registry';
import { InternalError } from '../kernel/refusal';
import type { Row } from './shared-masters';

/** Characters that are held before they are written: a file of any size needs no more memory than this. */
const HELD_CHARACTERS = 262_144;

const CONTEXTS = {
  dataverse: 'https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#',
  finance: 'https://contoso.operations.dynamics.com/data/$metadata#',
} as const;

/** One entity set's file, as the systems' interfaces give it, written row by row. */
class EntitySetFile {
  rows = 0;
  private readonly file: number;
  private held: string;

  constructor(folder: string, side: keyof typeof CONTEXTS, name: string) {
    mkdirSync(join(folder, side), { recursive: true });
    this.file = openSync(join(folder, side, `${name}.json`), 'w');
    this.held = `{\n  "@odata.context": "${CONTEXTS[side]}${name}",\n  "value": [`;
  }

  add(row: Row): void {
    this.held += `${this.rows === 0 ? '' : ','}\n    ${JSON.stringify(row)}`;
    this.rows += 1;
    if (this.held.length >= HELD_CHARACTERS) this.flush();
  }

  close(): void {
    this.held += this.rows === 0 ? ']\n}\n' : '\n  ]\n}\n';
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    writeSync(this.file, this.held);
    this.held = '';
  }
}

/** A folder of entity sets, each of which gets its file with its first row. */
export class EntitySetFolder {
  private readonly files = new Map<string, EntitySetFile>();

  constructor(private readonly folder: string) {}

  readonly add = (name: string, row: Row): void => {
    let file = this.files.get(name);
    if (!file) {
      const set = entitySetNamed(name);
      if (!set) throw new InternalError(`${name} is not an entity set`);
      file = new EntitySetFile(this.folder, set.side, name);
      this.files.set(name, file);
    }
    file.add(row);
  };

  /** Ends every file and says how many rows each entity set has. */
  close(): Map<string, number> {
    for (const file of this.files.values()) file.close();
    const rows = new Map([...this.files].map(([name, file]) => [name, file.rows]));
    this.files.clear();
    return rows;
  }
}
