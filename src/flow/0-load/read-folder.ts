import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, refuse } from '../../kernel/refusal';
import type { Side } from './entity-set';
import type { LoadSource } from './load-records.command';
import type { EntitySetSource } from './record-loader';

const SIDES: readonly Side[] = ['finance', 'dataverse'];
const EXTENSION = '.json';

/** Bytes read from a file at a time. */
const READ_BYTES = 65_536;

async function sideOf(folder: string, side: Side): Promise<EntitySetSource[] | null> {
  const entries = await readdir(join(folder, side), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  const files = entries?.filter((entry) => !entry.isDirectory() && entry.name.endsWith(EXTENSION)).map((entry) => entry.name).sort();
  return files?.map((file): EntitySetSource => ({
    name: file.slice(0, -EXTENSION.length),
    file: `${side}/${file}`,
    side,
    open: () => createReadStream(join(folder, side, file), { highWaterMark: READ_BYTES }),
  })) ?? null;
}

/**
 * The entity sets of a folder: `dataverse/<entity set>.json` and `finance/<entity set>.json`. Files are opened when they are
 * loaded, so the folder may be of any size. Other files are not read. A folder that has neither side is refused.
 */
export async function readFolder(folder: string): Promise<LoadSource> {
  const sides = await Promise.all(SIDES.map((side) => sideOf(folder, side)));
  const entitySets = sides.flatMap((found) => found ?? []);
  if (entitySets.length === 0) {
    refuse(invalid('RECORDS_REFUSED', `The folder ${folder} holds no JSON file in a folder dataverse or finance.`, [folder]));
  }
  return { entitySets };
}
